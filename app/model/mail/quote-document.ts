import type { HaloAddress, HaloBillingPeriod, HaloQuote } from '../halo.ts'
import type { LinesView, ShownLine } from '../lines-view.ts'
import { product, toNumber } from '../money.ts'
import { cleanText } from '../text.ts'
import type { Amounts } from '../totals.ts'
import { type DocumentFormat, formatOf } from './format.ts'
import { filled, type PlaceholderValues } from './placeholders.ts'
import { type ColumnName, columnNames, type DocumentWords, type Template, wordsOf } from './template.ts'

/** A quote, and whom it is for, as the store knows them. Its private note and every cost stay out: nothing here reads them. */
export type QuoteToSend = {
  readonly quote: Pick<HaloQuote, 'number' | 'title' | 'createdAt' | 'expiresAt' | 'delivery'>
  readonly lines: LinesView
  readonly client: { readonly name: string; readonly address: HaloAddress | null }
  readonly contact: { readonly name: string; readonly firstName: string; readonly email: string }
}

export type DocumentLine = {
  readonly description: string
  readonly note: string
  /** By column; '' where a line has none. */
  readonly cells: Readonly<Record<ColumnName, string>>
  /** "per month" beside the amount; '' when it is paid once. */
  readonly period: string
  /** Why it does not count; '' when it does. */
  readonly mark: string
}

export type DocumentSection = {
  readonly title: string
  readonly note: string
  readonly lines: readonly DocumentLine[]
}

/** One row of the summary. `amounts` are those of app/model/totals.ts, or sums of them. */
export type DocumentTotal = {
  readonly key: 'oneOff' | 'delivery' | 'once' | 'monthly' | 'quarterly' | 'yearly'
  readonly label: string
  readonly amounts: Pick<Amounts, 'beforeTax' | 'tax' | 'total'>
  readonly beforeTax: string
  readonly tax: string
  readonly total: string
  /** What is paid in the end, as against a part of it. */
  readonly isSum: boolean
}

/** All that stands in the PDF of a quote, in words: what draws it needs to reckon nothing. */
export type QuoteDocument = {
  readonly words: DocumentWords
  readonly locale: string
  readonly paper: Template['paper']
  readonly colour: string
  readonly company: string
  readonly companyLines: readonly string[]
  readonly number: string
  readonly title: string
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly client: readonly string[]
  readonly attention: string
  readonly deliverTo: readonly string[]
  readonly introduction: string
  readonly columns: readonly ColumnName[]
  readonly sections: readonly DocumentSection[]
  readonly totals: readonly DocumentTotal[]
  readonly terms: string
  readonly footer: string
}

const linesIn = (text: string): readonly string[] =>
  cleanText(text)
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')

const addressLines = (address: HaloAddress | null): readonly string[] =>
  address === null
    ? []
    : [
        address.line1,
        address.line2,
        [address.line3, address.postcode].filter(Boolean).join(' '),
        address.line4,
      ].filter((row) => row !== '')

/** The quote as a document by a template. Pure: the same quote and template give the same document. */
export function documentOf(source: QuoteToSend, template: Template): QuoteDocument {
  const { quote, client, contact } = source
  const words = wordsOf(template)
  const format = formatOf(template)
  const values = valuesOf(source, template)
  const sections = source.lines.sections.flatMap((section) => {
    const shown = section.lines.filter((line) => line.why === null || template.unchosen === 'show')
    if (shown.length === 0 && section.note === '' && section.title === '') return []
    if (shown.length === 0 && section.lines.length > 0) return []
    return [
      { title: section.title, note: section.note, lines: shown.map((line) => lineOf(line, words, format)) },
    ]
  })
  const facts: [string, string][] = [
    [words.number, quote.number],
    [words.date, values.date],
    [words.expires, values['expiry date']],
  ]
  return {
    words,
    ...{ locale: template.locale, paper: template.paper, colour: template.colour },
    company: template.company,
    companyLines: linesIn(template.address),
    number: quote.number,
    title: quote.title,
    facts: facts.filter(([, value]) => value !== ''),
    client: [client.name, ...addressLines(client.address)].filter((row) => row !== ''),
    attention: contact.name === client.name ? '' : contact.name,
    deliverTo: addressLines(quote.delivery.address),
    introduction: cleanText(filled(template.introduction, values)),
    columns: columnsOf(source, template),
    sections,
    totals: totalsIn(source.lines, words, format),
    terms: cleanText(filled(template.terms, values)),
    footer: cleanText(template.footer),
  }
}

/** What the placeholders of a template stand for with this quote. */
export function valuesOf(
  { quote, lines, client, contact }: QuoteToSend,
  template: Template,
): PlaceholderValues {
  const words = wordsOf(template)
  const format = formatOf(template)
  return {
    'quote number': quote.number,
    'quote title': quote.title,
    client: client.name,
    'contact name': contact.name,
    'contact first name': contact.firstName || firstNameIn(contact.name),
    total: totalInWords(lines, words, format),
    date: quote.createdAt === null ? '' : format.date(quote.createdAt),
    'expiry date': quote.expiresAt === null ? '' : format.date(quote.expiresAt),
    company: template.company,
  }
}

/** The first word of a name; all of one that begins with a particle, which is a last name alone: "van der Berg". */
function firstNameIn(name: string): string {
  const [first = ''] = name.trim().split(/\s+/)
  return /^\p{Ll}/u.test(first) ? name.trim() : first
}

/** The discount has a column only where there is any. */
function columnsOf({ lines }: QuoteToSend, template: Template): readonly ColumnName[] {
  const all = lines.sections.flatMap((section) => section.lines)
  const isWanted = (name: ColumnName): boolean =>
    template.columns.includes(name) && (name !== 'discount' || all.some((line) => line.discount !== 0))
  return columnNames.filter(isWanted)
}

const periodWord = (period: HaloBillingPeriod, words: DocumentWords): string =>
  ({ 0: '', 2: words.perMonth, 4: words.perQuarter, 3: words.perYear })[period]

function lineOf(line: ShownLine, words: DocumentWords, format: DocumentFormat): DocumentLine {
  const discount = toNumber(product(line.discount, line.quantity))
  return {
    description: line.description,
    note: line.note,
    cells: {
      code: line.productCode,
      quantity: format.quantity(line.quantity),
      price: format.price(line.price),
      discount: discount === 0 ? '' : format.money(-discount),
      taxRate: format.percent(line.taxRate),
      tax: format.money(line.tax),
      amount: format.money(line.amount),
    },
    period: periodWord(line.billingPeriod, words),
    mark: line.why === null ? '' : line.why === 'choice' ? words.alternative : words.optional,
  }
}

function totalsIn(
  { totals }: LinesView,
  words: DocumentWords,
  format: DocumentFormat,
): readonly DocumentTotal[] {
  const row = (
    key: DocumentTotal['key'],
    amounts: DocumentTotal['amounts'],
    isSum: boolean,
  ): DocumentTotal => ({
    key,
    label: words[key],
    amounts,
    beforeTax: format.money(amounts.beforeTax),
    tax: format.money(amounts.tax),
    total: format.money(amounts.total),
    isSum,
  })
  const isAny = ({ gross, beforeTax, tax }: Amounts): boolean => gross !== 0 || beforeTax !== 0 || tax !== 0
  const { once, delivery, monthly, quarterly, yearly } = totals
  const recurring = [
    ...(isAny(monthly) ? [row('monthly', monthly, true)] : []),
    ...(isAny(quarterly) ? [row('quarterly', quarterly, true)] : []),
    ...(isAny(yearly) ? [row('yearly', yearly, true)] : []),
  ]
  const paidOnce = isAny(delivery)
    ? [row('oneOff', once, false), row('delivery', delivery, false), row('once', sumOf(once, delivery), true)]
    : isAny(once) || recurring.length === 0
      ? [row('once', once, true)]
      : []
  return [...paidOnce, ...recurring]
}

/** To the cent again: two doubles with two decimals rarely add up to one. */
const sumOf = (a: Amounts, b: Amounts): DocumentTotal['amounts'] => {
  const plus = (x: number, y: number): number => toNumber(product(x, 1) + product(y, 1))
  return {
    beforeTax: plus(a.beforeTax, b.beforeTax),
    tax: plus(a.tax, b.tax),
    total: plus(a.total, b.total),
  }
}

/** "£1,200.00 and £30.00 per month": never added up with each other. */
function totalInWords(lines: LinesView, words: DocumentWords, format: DocumentFormat): string {
  const said: Partial<Record<DocumentTotal['key'], string>> = {
    monthly: words.perMonth,
    quarterly: words.perQuarter,
    yearly: words.perYear,
  }
  const parts = totalsIn(lines, words, format)
    .filter(({ isSum }) => isSum)
    .map(({ key, total }) => `${total} ${said[key] ?? ''}`.trim())
  const last = parts.pop() ?? ''
  return parts.length === 0 ? last : `${parts.join(', ')} ${words.and} ${last}`
}
