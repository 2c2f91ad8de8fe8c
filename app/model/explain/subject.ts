import type { Exchange } from '../exchange.ts'
import { type Fault, type FaultCode, fault, faultCodes } from '../fault.ts'
import { isWebPage } from '../halo-error.ts'

/** What an explanation looks at. Pure facts of one recorded exchange. */
export type Subject = {
  readonly host: Exchange['host']
  /** Name and port of the server. */
  readonly server: string
  readonly method: string
  readonly path: string
  /** 0: no answer came. */
  readonly status: number
  readonly code: FaultCode | null
  readonly facts: Readonly<Record<string, string | number>>
  /** What the other side (or the system) said: the answer's body when it is a refusal, else the error's words. */
  readonly words: string
  readonly isPage: boolean
  /** Of the answer, names in small letters. */
  readonly headers: ReadonlyMap<string, string>
  readonly sent: string
  readonly retryAt: string | null
  readonly proxy: string | null
}

export function subjectOf(exchange: Exchange): Subject {
  const body = exchange.responseBody?.text ?? ''
  const isPage = isWebPage(body)
  const { server, path } = addressOf(exchange.url)
  return {
    host: exchange.host,
    server,
    method: exchange.method,
    path,
    status: exchange.status,
    code: faultCodes.find((code) => code === exchange.faultCode) ?? null,
    facts: exchange.faultFacts ?? {},
    words: exchange.status >= 400 || isPage ? body || (exchange.errorText ?? '') : (exchange.errorText ?? ''),
    isPage,
    headers: new Map(exchange.responseHeaders.map(([name, value]) => [name.toLowerCase(), value])),
    sent: exchange.requestBody?.text ?? '',
    retryAt: exchange.retryAt ?? null,
    proxy: exchange.connection?.proxy ?? null,
  }
}

/** The fault as it was recorded, with what is known about it. */
export function recordedFault(subject: Subject, code: FaultCode, facts: Subject['facts'] = {}): Fault {
  const side = subject.host === 'halo' ? ({ side: 'halo' } as const) : {}
  const isTheirs = !code.startsWith('tls') && !code.startsWith('proxy') && !networkCodes.has(code)
  return fault(code, {
    ...(isTheirs ? side : {}),
    facts: { ...subject.facts, ...facts },
    ...(subject.words ? { raw: subject.words.slice(0, 2_000) } : {}),
    ...(subject.retryAt ? { retryAt: subject.retryAt } : {}),
  })
}
const networkCodes: ReadonlySet<FaultCode> = new Set([
  'dns-failed',
  'connection-refused',
  'connection-lost',
  'timeout',
  'redirected',
])

/** Written without `URL`: a redacted address need not be a valid one. */
function addressOf(url: string): { server: string; path: string } {
  const start = url.indexOf('://') + 3
  const rest = url.slice(start)
  const end = rest.search(/[/?#]/)
  const server = (end < 0 ? rest : rest.slice(0, end)).toLowerCase()
  const path = end < 0 ? '/' : rest.slice(end).replace(/[?#].*$/s, '')
  return { server, path }
}
