/**
 * Expected trouble is a returned `Fault`; a throw is a bug. The code says what happened, `next` says who moves next.
 * Words for people live in fault-words.ts: a code without words does not compile.
 */

/** What happens next: it heals by itself, a person must change something, or this record (or request) alone is given up. */
type FaultNext = 'retry' | 'setup' | 'stop'

/** Whose side the trouble is on. */
export type FaultSide = 'commerce' | 'halo' | 'network' | 'mail' | 'here'

/** Every kind of expected trouble: whose side it is on, and who moves next. A new code fails the build until fault-words.ts has words for it. */
const codes = {
  'dns-failed': ['network', 'retry'],
  'connection-refused': ['network', 'retry'],
  'connection-lost': ['network', 'retry'],
  timeout: ['network', 'retry'],
  'tls-untrusted': ['network', 'setup'],
  'tls-expired': ['network', 'setup'],
  'tls-wrong-host': ['network', 'setup'],
  'proxy-login': ['network', 'setup'],
  'proxy-failed': ['network', 'retry'],
  redirected: ['network', 'setup'],
  'key-refused': ['commerce', 'setup'],
  'key-missing': ['commerce', 'setup'],
  'rate-limited': ['commerce', 'retry'],
  'day-limit': ['commerce', 'retry'],
  'api-down': ['commerce', 'retry'],
  'not-found': ['commerce', 'stop'],
  'bad-request': ['commerce', 'stop'],
  forbidden: ['commerce', 'setup'],
  'not-json': ['commerce', 'retry'],
  'json-broken': ['commerce', 'retry'],
  'answer-too-big': ['commerce', 'setup'],
  'not-commerce': ['commerce', 'setup'],
  'record-invalid': ['commerce', 'stop'],
  'page-repeated': ['commerce', 'retry'],
  'customer-missing': ['commerce', 'stop'],
  'product-missing': ['commerce', 'stop'],
  'value-unknown': ['commerce', 'stop'],
  'halo-unreachable': ['halo', 'retry'],
  'halo-login': ['halo', 'setup'],
  'halo-secret-missing': ['halo', 'setup'],
  'halo-instance': ['halo', 'setup'],
  'halo-certificate': ['halo', 'setup'],
  'halo-database-missing': ['halo', 'setup'],
  'halo-busy': ['halo', 'retry'],
  'halo-rights': ['halo', 'setup'],
  'halo-schema': ['halo', 'setup'],
  'halo-column-missing': ['halo', 'setup'],
  'halo-locked': ['halo', 'retry'],
  'halo-full': ['halo', 'setup'],
  'halo-log-full': ['halo', 'setup'],
  'halo-deadlock': ['halo', 'retry'],
  'halo-value-too-long': ['halo', 'stop'],
  'halo-value-refused': ['halo', 'stop'],
  'halo-reference-missing': ['halo', 'stop'],
  'halo-field-mandatory': ['halo', 'setup'],
  'halo-damaged': ['halo', 'setup'],
  'halo-not-api': ['halo', 'setup'],
  'halo-auth-elsewhere': ['halo', 'setup'],
  'halo-clock': ['halo', 'setup'],
  'halo-too-big': ['halo', 'stop'],
  'halo-refused': ['halo', 'stop'],
  'halo-error': ['halo', 'setup'],
  'quote-gone': ['halo', 'stop'],
  'ticket-gone': ['halo', 'stop'],
  'status-gone': ['halo', 'stop'],
  'changed-meanwhile': ['halo', 'stop'],
  'status-chosen': ['here', 'stop'],
  'status-unmapped': ['here', 'setup'],
  'group-missing': ['here', 'setup'],
  'link-taken': ['here', 'setup'],
  'supplier-missing': ['here', 'setup'],
  'field-unmapped': ['here', 'setup'],
  'status-not-chosen': ['here', 'setup'],
  'order-there': ['halo', 'stop'],
  'order-adopted': ['here', 'stop'],
  'quote-changed': ['halo', 'stop'],
  'folder-unwritable': ['here', 'setup'],
  'folder-missing': ['here', 'setup'],
  'folder-in-use': ['here', 'setup'],
  'door-closed': ['here', 'setup'],
  'store-newer': ['here', 'setup'],
  'store-damaged': ['here', 'setup'],
  'store-locked': ['here', 'retry'],
  'disk-full': ['here', 'setup'],
  'secret-lost': ['here', 'setup'],
  'no-secret-store': ['here', 'setup'],
  'service-refused': ['here', 'setup'],
  'port-in-use': ['here', 'setup'],
  'input-invalid': ['here', 'setup'],
  'url-invalid': ['here', 'setup'],
  'url-insecure': ['here', 'setup'],
  'name-taken': ['here', 'setup'],
  'tenant-unknown': ['here', 'setup'],
  'tenant-disabled': ['here', 'setup'],
  'already-running': ['here', 'retry'],
  'row-invalid': ['here', 'setup'],
  'sheet-missing': ['here', 'setup'],
  'sheet-unknown': ['here', 'setup'],
  'sheet-locked': ['here', 'setup'],
  'sheet-macros': ['here', 'setup'],
  'sheet-damaged': ['here', 'setup'],
  'sheet-too-large': ['here', 'setup'],
  'sheet-unsafe': ['here', 'setup'],
  'sheet-empty': ['here', 'setup'],
  'sheet-slow': ['here', 'setup'],
  'sheet-not-all-good': ['here', 'setup'],
  'undo-changed': ['here', 'stop'],
  'undo-related': ['here', 'stop'],
  'undo-synced': ['here', 'stop'],
  'undo-blind': ['halo', 'setup'],
  'mail-no-server': ['here', 'setup'],
  'mail-host-unknown': ['network', 'setup'],
  'mail-unreachable': ['network', 'setup'],
  'mail-timeout': ['network', 'setup'],
  'mail-not-smtp': ['mail', 'setup'],
  'mail-no-starttls': ['mail', 'setup'],
  'mail-login': ['mail', 'setup'],
  'mail-login-wanted': ['mail', 'setup'],
  'mail-login-not-offered': ['mail', 'setup'],
  'mail-sender': ['mail', 'setup'],
  'mail-recipient': ['mail', 'stop'],
  'mail-too-large': ['mail', 'setup'],
  'mail-later': ['mail', 'stop'],
  'mail-refused': ['mail', 'stop'],
  'mail-unknown': ['mail', 'stop'],
  'mail-changed': ['here', 'stop'],
  'mail-sent-once': ['here', 'stop'],
  cancelled: ['here', 'stop'],
  interrupted: ['here', 'retry'],
  bug: ['here', 'stop'],
} as const satisfies Record<string, readonly [FaultSide, FaultNext]>
export type FaultCode = keyof typeof codes
export const faultCodes = Object.keys(codes) as readonly FaultCode[]

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

/** Whose side a code is on. */
export const sideOf = (code: FaultCode): FaultSide => codes[code][0]

/** Who moves next for a code. */
export const nextOf = (code: FaultCode): FaultNext => codes[code][1]

/** Builds a fault with the code's usual side and next step; both can be overridden. */
export function fault(code: FaultCode, more: Partial<Omit<Fault, 'code'>> = {}): Fault {
  return { code, next: nextOf(code), side: sideOf(code), ...more }
}
