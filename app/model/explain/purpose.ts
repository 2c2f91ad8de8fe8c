import type { Exchange } from '../exchange.ts'
import { recordCount } from './records.ts'

const lists: Readonly<Record<string, string>> = {
  brand: 'brands',
  category: 'categories',
  contact: 'contacts',
  customer: 'customers',
  customeraddress: 'customer addresses',
  employee: 'employees',
  product: 'products',
  productimage: 'product pictures',
  productsupplier: 'suppliers of products',
  quote: 'quotes',
  quoteline: 'quote lines',
  quotesection: 'quote sections',
  salesorder: 'sales orders',
  salesorderline: 'sales order lines',
  supplier: 'suppliers',
}
const haloThings: Readonly<Record<string, string>> = {
  client: 'clients',
  site: 'sites',
  users: 'contacts',
  item: 'items',
  quotation: 'quotations',
  salesorder: 'sales orders',
  assetgroup: 'product groups',
  fieldinfo: 'field descriptions',
  lookup: 'lookup values',
  tickets: 'tickets',
  token: 'a token to sign in',
  authinfo: 'where to sign in',
}
const purposes: Readonly<Record<Exchange['purpose'], string>> = {
  sync: 'for a sync',
  retry: 'for a retry',
  reconcile: 'to see what is gone',
  test: 'by a person, to test the connection',
  import: 'for an import, by a person',
  replay: 'sent again, by a person',
}

/** What a request was for, in words: "Reads page 3 of quotes changed since ...". */
export function purposeOf({ method, url, host, purpose, requestBody }: Asked): string {
  const [address, query = ''] = url.split('?', 2)
  const parts = (address ?? '')
    .replace(/^\w+:\/\/[^/]*/, '')
    .split('/')
    .filter((part) => part !== '')
  const known = host === 'commerce' ? lists : host === 'halo' ? haloThings : {}
  const place = parts.findLastIndex((part) => known[part.toLowerCase()] !== undefined)
  const thing = known[(parts[place] ?? '').toLowerCase()]
  const why = purposes[purpose]
  if (method === 'SQL') return `Talks to Halo’s database ${why}.`
  if (!thing)
    return `Sends ${method} to ${host === 'other' ? 'another server' : parts.join('/') || 'the server'} ${why}.`
  if (method !== 'GET') {
    const count = recordCount(requestBody?.text ?? null)
    return place >= 0 && thing.startsWith('a token')
      ? `Asks for ${thing} ${why}.`
      : `Writes ${count > 0 ? `${count} of the ` : ''}${thing} ${why}.`
  }
  const id = parts[place + 1]
  if (id) return `Reads one of the ${thing}, number ${id}, ${why}.`
  return `Reads ${pageIn(query)}${thing}${filterIn(query)} ${why}.`
}
type Asked = Pick<Exchange, 'method' | 'url' | 'host' | 'purpose' | 'requestBody'>

function pageIn(query: string): string {
  const page = /(?:^|&)page(?:_no)?=(\d+)/i.exec(query)?.[1]
  return page ? `page ${page} of the ` : ''
}

function filterIn(query: string): string {
  const since = /(?:^|&)modifiedAfter=([^&]+)/i.exec(query)?.[1]
  const parent = /(?:^|&)(quote|quoteSection|salesOrder|customer|product)ID=(\d+)/i.exec(query)
  return [
    since ? ` changed since ${since.replaceAll('%3A', ':')}` : '',
    parent ? ` of ${parent[1]?.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${parent[2]}` : '',
  ].join('')
}
