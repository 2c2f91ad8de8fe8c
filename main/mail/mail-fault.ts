import { codeOf, faultOfError, wordsOf } from '../../app/http/fault-of.ts'
import { type Fault, type FaultCode, fault } from '../../app/model/fault.ts'
import type { MailServer } from '../../app/model/mail/server.ts'

/** What a mail library adds to its errors. */
type SmtpError = Error & {
  readonly responseCode?: number
  readonly response?: string
  readonly command?: string
  readonly rejected?: readonly string[]
  readonly rejectedErrors?: readonly SmtpError[]
  readonly originalCode?: string
}

type Place = Pick<MailServer, 'host' | 'port' | 'user' | 'fromAddress'>

/** The fault behind a line that did not come about or broke, or behind a server's refusal (RFC 5321 §4.2.2, RFC 4954 §6, RFC 3463). */
export function mailFaultOf(error: unknown, place: Place): Fault {
  const asked = error instanceof Error ? (error as SmtpError) : null
  const answer = asked?.response ?? ''
  const code = asked?.responseCode ?? 0
  if (asked && code > 0) return refusal(asked, code, answer, place)
  if (asked && isTooLarge(asked.message)) return told('mail-too-large', place, asked.message)
  return ofLine(error, place)
}

function refusal(error: SmtpError, code: number, answer: string, place: Place): Fault {
  const step = error.command ?? ''
  // Too large (552, 5.3.4) and "sign in first" (530) mean the same at every step.
  if (code === 552 || /\b5\.3\.4\b/.test(answer)) return told('mail-too-large', place, answer)
  if (code === 530) return told('mail-login-wanted', place, answer)
  if (step.startsWith('AUTH') && code >= 500) return told('mail-login', place, answer, { user: place.user })
  if (code < 500) return told('mail-later', place, answer)
  if (step === 'MAIL FROM') return told('mail-sender', place, answer, { address: place.fromAddress })
  if (step === 'RCPT TO') {
    const address = (error.rejected ?? []).join(', ')
    return told('mail-recipient', place, answer, address === '' ? {} : { address })
  }
  return told('mail-refused', place, answer)
}

const isTooLarge = (message: string): boolean => message.startsWith('Message size larger than allowed')

/** Mail has words of its own for a line that failed: nothing is tried again by itself. */
const ofMail: Partial<Record<FaultCode, FaultCode>> = {
  'dns-failed': 'mail-host-unknown',
  'connection-refused': 'mail-unreachable',
  'connection-lost': 'mail-unreachable',
  timeout: 'mail-timeout',
}

function ofLine(error: unknown, place: Place): Fault {
  const found = faultOfError(error, place.host)
  const reason = codeOf(error) || String(found.facts?.reason ?? '')
  const raw = found.raw ?? wordsOf(error)
  // TLS that meets plain words, or plain words that meet TLS.
  if (/ERR_SSL|EPROTO/.test(reason) || /wrong version number|packet length too long/i.test(raw))
    return told('mail-not-smtp', place, raw)
  if (reason === 'EAUTH') return told('mail-login', place, raw, { user: place.user })
  if (reason === 'ETIMEDOUT') return told('mail-timeout', place, raw)
  const code = ofMail[found.code]
  return code ? told(code, place, raw, found.facts) : found
}

function told(code: FaultCode, place: Place, raw: string, more: Fault['facts'] = {}): Fault {
  const { host, port } = place
  return fault(code, { facts: { ...more, host, port }, ...(raw === '' ? {} : { raw: raw.slice(0, 2_000) }) })
}
