import type { CapturedBody, Exchange } from '../model/exchange.ts'
import { maskJsonValues } from './secret-names.ts'

/** What stands where a person's data was. */
export const BLURRED = '••• blurred'

/** Endings of the names of fields that hold what leads to a person or a company; letters and digits only, in any case. */
const endings =
  'name|firstname|lastname|surname|contact|company|organi[sz]ation|email|emailaddress|e-mail|phone|phonenumber|mobile|fax|address|address_?line_?\\d|line\\d|street|city|state|postcode|postalcode|zip|country|taxnumber|tax_number|vat|iban|accountnumber|ipaddress|deliveryinstruction|privatenote|notes?|uemail|uusername|aareadesc|sdesc'
const field = new RegExp(`(\\\\*)"[\\w.\\- ]{0,40}?(?:${endings})\\1"\\s*:\\s*`, 'gi')
const pair = new RegExp(`([?&]|\\b)([\\w.]{0,40}?(?:${endings}))=([^&\\s"'<>]+)`, 'gi')
const address = /[\p{L}\d._%+-]+(?:@|%40)[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu

/** Any text with e-mail addresses and the values of personal fields (JSON, forms, queries) replaced. Numbers, ids and prices stay. */
export function blurText(text: string): string {
  return maskJsonValues(text, field, BLURRED)
    .replace(pair, (_, before: string, name: string) => `${before}${name}=${encodeURIComponent(BLURRED)}`)
    .replace(address, BLURRED)
}

/** The exchange without personal data: bodies, address, errors. Times, statuses and names of fields stay, so that it still tells its story. */
export function blurExchange(exchange: Exchange): Exchange {
  const body = (one: CapturedBody | null): CapturedBody | null =>
    one?.text ? { ...one, text: blurText(one.text) } : one
  const headers = (pairs: Exchange['requestHeaders']) =>
    pairs.map(([name, value]) => [name, blurText(value)] as const)
  return {
    ...exchange,
    url: blurText(exchange.url),
    requestHeaders: headers(exchange.requestHeaders),
    responseHeaders: headers(exchange.responseHeaders),
    requestBody: body(exchange.requestBody),
    responseBody: body(exchange.responseBody),
    errorText: exchange.errorText === null ? null : blurText(exchange.errorText),
    ...(exchange.faultFacts ? { faultFacts: blurFacts(exchange.faultFacts) } : {}),
  }
}

function blurFacts(facts: NonNullable<Exchange['faultFacts']>): NonNullable<Exchange['faultFacts']> {
  const personal = new Set(['label', 'name', 'value', 'user'])
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : personal.has(name) ? BLURRED : blurText(value),
    ]),
  )
}
