import type { TLSSocket } from 'node:tls'
import { type Fault, fault } from '../../../model/fault.ts'
import type { CertificateRule } from '../../../model/halo-target.ts'
import type { SeenCertificate } from '../../ladder.ts'

/**
 * Judges the server at the end of a TLS handshake that was let through whatever it showed; to be asked before the password goes out. Null: it may
 * go. `seen`: what seenCertificate found; it can be read from a socket only once.
 */
export function certificateFault(
  socket: TLSSocket,
  seen: SeenCertificate | null,
  rule: CertificateRule,
  host: string,
): Fault | null {
  if (rule.kind === 'any') return null
  if (rule.kind === 'pinned') {
    if (seen?.fingerprint === rule.fingerprint) return null
    return fault('halo-certificate', {
      facts: { host, reason: 'it is not the one that was accepted', ...seenFacts(seen) },
    })
  }
  if (socket.authorized) return null
  const reason = reasons[codeOf(socket)] ?? 'its signer is not known here'
  return fault('halo-certificate', { facts: { host, reason, ...seenFacts(seen) }, raw: codeOf(socket) })
}

/** Node declares an Error and gives its code as text. */
const codeOf = (socket: TLSSocket): string => {
  const given: unknown = socket.authorizationError
  if (given instanceof Error) return 'code' in given ? String(given.code) : given.message
  return typeof given === 'string' ? given : ''
}

const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: "it is not valid yet, or this computer's clock is slow",
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was made for another name',
}

const seenFacts = (seen: SeenCertificate | null): Record<string, string> =>
  seen
    ? { issuer: seen.issuer, subject: seen.subject, fingerprint: seen.fingerprint, validTo: seen.validTo }
    : {}

/** The certificate that the server showed; null when it showed none. */
export function seenCertificate(socket: TLSSocket): SeenCertificate | null {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return null
  const named = (lines: string): string =>
    /^CN=(.+)$/m.exec(lines)?.[1] ?? /^O=(.+)$/m.exec(lines)?.[1] ?? lines.replaceAll('\n', ', ')
  return {
    subject: named(certificate.subject ?? ''),
    issuer: named(certificate.issuer ?? ''),
    fingerprint: certificate.fingerprint256,
    validTo: certificate.validToDate.toISOString(),
  }
}
