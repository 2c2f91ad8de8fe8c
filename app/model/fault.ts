/**
 * Expected trouble is a returned `Fault`; a throw is a bug. The code says what happened, `next` says who moves next.
 * Words for people live in fault-words.ts: a code without words does not compile.
 */

/** What happens next: it heals by itself, a person must change something, or this record (or request) alone is given up. */
export type FaultNext = 'retry' | 'setup' | 'stop'

/** Whose side the trouble is on. */
export type FaultSide = 'commerce' | 'halo' | 'network' | 'here'

/** Every kind of expected trouble. Grouped by side; a new code fails the build until fault-words.ts has words for it. */
export const faultCodes = [
  // network
  'dns-failed',
  'connection-refused',
  'connection-lost',
  'timeout',
  'tls-untrusted',
  'tls-expired',
  'tls-wrong-host',
  'proxy-login',
  'proxy-failed',
  'redirected',
  // commerce
  'key-refused',
  'key-missing',
  'rate-limited',
  'day-limit',
  'api-down',
  'not-found',
  'bad-request',
  'forbidden',
  'not-json',
  'json-broken',
  'answer-too-big',
  'not-commerce',
  'record-invalid',
  'page-repeated',
  // halo
  'halo-unreachable',
  'halo-login',
  'halo-rights',
  'halo-schema',
  'halo-column-missing',
  'halo-locked',
  'halo-full',
  'halo-deadlock',
  'halo-value-too-long',
  'halo-value-refused',
  'halo-reference-missing',
  'halo-field-mandatory',
  'halo-damaged',
  'halo-error',
  // records
  'customer-missing',
  'product-missing',
  'status-unmapped',
  'group-missing',
  'field-unmapped',
  'value-unknown',
  'status-not-chosen',
  // here
  'folder-unwritable',
  'folder-missing',
  'folder-in-use',
  'door-closed',
  'store-newer',
  'store-damaged',
  'store-locked',
  'disk-full',
  'secret-lost',
  'no-secret-store',
  'service-refused',
  'port-in-use',
  'input-invalid',
  'url-invalid',
  'url-insecure',
  'name-taken',
  'tenant-unknown',
  'tenant-disabled',
  'already-running',
  'cancelled',
  'interrupted',
  'bug',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** Trouble that was expected. `facts` fill the blanks of the words; never a secret. `raw` is the other side's own words, cut and redacted. */
export type Fault = {
  readonly code: FaultCode
  readonly next: FaultNext
  readonly side: FaultSide
  readonly facts?: Readonly<Record<string, string | number>>
  readonly raw?: string
  /** Earliest instant (UTC ISO) at which trying again makes sense. */
  readonly retryAt?: string
  /** The recorded exchange that shows it. */
  readonly exchangeId?: number
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (fault: Fault): { ok: false; fault: Fault } => ({ ok: false, fault })

const networkCodes: readonly FaultCode[] = [
  'dns-failed',
  'connection-refused',
  'connection-lost',
  'timeout',
  'tls-untrusted',
  'tls-expired',
  'tls-wrong-host',
  'proxy-login',
  'proxy-failed',
  'redirected',
]
const commerceCodes: readonly FaultCode[] = [
  'key-refused',
  'key-missing',
  'rate-limited',
  'day-limit',
  'api-down',
  'not-found',
  'bad-request',
  'forbidden',
  'not-json',
  'json-broken',
  'answer-too-big',
  'not-commerce',
  'record-invalid',
  'page-repeated',
  'customer-missing',
  'product-missing',
  'value-unknown',
]
const healing: readonly FaultCode[] = [
  'dns-failed',
  'connection-refused',
  'connection-lost',
  'timeout',
  'proxy-failed',
  'rate-limited',
  'day-limit',
  'api-down',
  'not-json',
  'json-broken',
  'page-repeated',
  'halo-unreachable',
  'halo-locked',
  'halo-deadlock',
  'store-locked',
  'already-running',
  'interrupted',
]
const aloneCodes: readonly FaultCode[] = [
  'not-found',
  'bad-request',
  'record-invalid',
  'halo-value-too-long',
  'halo-value-refused',
  'halo-reference-missing',
  'customer-missing',
  'product-missing',
  'value-unknown',
  'cancelled',
  'bug',
]

/** Whose side a code is on. */
export function sideOf(code: FaultCode): FaultSide {
  if (networkCodes.includes(code)) return 'network'
  if (commerceCodes.includes(code)) return 'commerce'
  return code.startsWith('halo-') ? 'halo' : 'here'
}

/** Who moves next for a code. */
export function nextOf(code: FaultCode): FaultNext {
  if (healing.includes(code)) return 'retry'
  return aloneCodes.includes(code) ? 'stop' : 'setup'
}

/** Builds a fault with the code's usual side and next step; both can be overridden. */
export function fault(code: FaultCode, more: Partial<Omit<Fault, 'code'>> = {}): Fault {
  return { code, next: nextOf(code), side: sideOf(code), ...more }
}
