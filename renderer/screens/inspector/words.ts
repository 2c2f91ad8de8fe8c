import type { Exchange } from '../../../app/model/exchange.ts'
import type { Remedy } from '../../../app/model/explain/cause.ts'
import type { DetailTab } from './address.ts'

export const hostWords: Record<Exchange['host'], string> = {
  commerce: 'Commerce',
  halo: 'Halo',
  other: 'Other',
}

export const tabWords: Record<DetailTab, string> = {
  explanation: 'Explanation',
  request: 'Request',
  response: 'Response',
  timing: 'Timing',
  attempts: 'Attempts',
  related: 'Related',
  compare: 'Compare',
}

/** Where each remedy is; null: the screen itself does it, or there is no tenant to go to. */
export function remedyOf(
  remedy: Remedy,
  tenantId: number | null,
): { readonly name: string; readonly to: string } | null {
  if (remedy === 'network') return { name: 'Open network settings', to: '/settings/network' }
  if (remedy === 'attention' || remedy === 'record') return { name: 'Open failed records', to: '/attention' }
  if (remedy === 'report' || tenantId === null) return null
  const [name, tab] = ofTenant[remedy]
  return { name, to: `/tenants/${tenantId}/${tab}` }
}

const ofTenant: Record<
  Exclude<Remedy, 'network' | 'attention' | 'record' | 'report'>,
  readonly [name: string, tab: string]
> = {
  connection: ['Open the tenant’s connection', 'details'],
  halo: ['Open the tenant’s Halo', 'details'],
  quotes: ['Open the mapping of quotes', 'quotes'],
  orders: ['Open the mapping of sales orders', 'orders'],
  fields: ['Open the mapping of customer fields', 'customers'],
  limits: ['Open schedule and limits', 'integrator'],
}

/** What a header is for, of those that tell something. */
export const headerWords: Readonly<Record<string, string>> = {
  accept: 'What kinds of answer are understood',
  'accept-encoding': 'How the answer may be packed',
  apikey: 'The key of Datto Commerce',
  authorization: 'The login or token',
  'cache-control': 'How long the answer may be kept by others',
  'content-encoding': 'How the body is packed',
  'content-length': 'Bytes of the body',
  'content-type': 'What the body is',
  date: 'The server’s clock',
  host: 'The server that was asked',
  location: 'Where the answer is instead',
  'retry-after': 'How long to wait before the next try',
  server: 'The program that answered',
  'set-cookie': 'What the server wants to be told again',
  'transfer-encoding': 'How the body is sent in pieces',
  'user-agent': 'This program and its version',
  via: 'Proxies on the way',
  'www-authenticate': 'How the server wants to be signed in to',
  'proxy-authenticate': 'How the proxy wants to be signed in to',
  'x-ratelimit-limit': 'Requests allowed',
  'x-ratelimit-remaining': 'Requests left',
  'x-ratelimit-reset': 'When the limit begins anew',
  'x-cache': 'Whether a cache answered',
  'x-powered-by': 'What the server is made with',
  'cf-ray': 'Number of this request at Cloudflare',
}
