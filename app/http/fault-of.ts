import { type Fault, fault } from '../model/fault.ts'
import type { HttpCall } from './types.ts'

type Host = HttpCall['host']

/**
 * The fault behind an HTTP status, null below 400 (3xx is the client's own business: it never follows). Commerce answers 400 for an id that does
 * not exist and 401 for a wrong key (apis.md §1.4); what a 400 means is the reader's to say.
 */
export function faultOf(status: number, host: Host): Fault | null {
  if (status < 400) return null
  const more = { facts: { status }, side: sideOf(host) }
  if (status === 429) return fault('rate-limited', more)
  if (status === 407) return fault('proxy-login', { facts: { status } })
  if (status === 408) return fault('timeout', more)
  if (status === 404 || status === 410) return fault('not-found', more)
  if (host === 'halo') return haloFault(status)
  if (status === 401) return fault(host === 'commerce' ? 'key-refused' : 'forbidden', more)
  if (status === 403) return fault('forbidden', more)
  return status >= 500 || status === 425 ? fault('api-down', more) : fault('bad-request', more)
}

function haloFault(status: number): Fault {
  const facts = { status }
  if (status === 401) return fault('halo-login', { facts })
  if (status === 403) return fault('halo-rights', { facts })
  if (status >= 500 || status === 425) return fault('halo-unreachable', { facts })
  return fault('bad-request', { facts, side: 'halo' })
}

function sideOf(host: Host): Fault['side'] {
  return host === 'other' ? 'network' : host
}

/** Statuses after which the same request may go through: RFC 9110 §15 and RFC 6585 §4 for 429, RFC 8470 for 425. */
export function isWorthRetrying(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/** A connection that did not come about, already judged by the side that saw it. */
export class ConnectTrouble extends Error {
  readonly code = 'ERR_CONNECT_TROUBLE'
  readonly fault: Fault
  constructor(found: Fault) {
    super(found.raw ?? found.code)
    this.fault = found
  }
}

/** An attempt that the client itself ended. */
export class Stopped extends Error {
  readonly code = 'ERR_STOPPED'
  readonly fault: Fault
  constructor(found: Fault) {
    super(found.code)
    this.fault = found
  }
}

/** The fault behind an error of Node's sockets, of TLS, of undici or of zlib. `host` is the host's name; nothing of the error is redacted here. */
export function faultOfError(error: unknown, host: string): Fault {
  if (error instanceof ConnectTrouble || error instanceof Stopped) return error.fault
  const code = codeOf(error)
  const more = { facts: { host, reason: code || 'unknown' }, raw: wordsOf(error) }
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return fault('dns-failed', more)
  if (code === 'ECONNREFUSED') return fault('connection-refused', more)
  if (timeouts.has(code)) return fault('timeout', more)
  if (code === 'CERT_HAS_EXPIRED') return fault('tls-expired', more)
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return fault('tls-wrong-host', more)
  if (untrusted.has(code)) return fault('tls-untrusted', more)
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return fault('cancelled')
  if (code === 'UND_ERR_INVALID_ARG') return fault('input-invalid', more)
  return fault('connection-lost', more)
}

const timeouts = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** Verification results of OpenSSL (nodejs.org/api/tls.html, "X509 certificate error codes") that mean an issuer nobody vouches for. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
])

/** Whether an error says that the other side's certificate was refused. */
export function isCertificateError(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'CERT_HAS_EXPIRED' || code === 'ERR_TLS_CERT_ALTNAME_INVALID' || untrusted.has(code)
}

/** The code of an error, '' when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** An error's own words; when several addresses were tried (AggregateError) the first one's. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message) return error.message
  const first: unknown = error instanceof AggregateError ? error.errors[0] : null
  return first instanceof Error ? first.message : codeOf(error) || error.name
}
