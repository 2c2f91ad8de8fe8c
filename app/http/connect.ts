import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { connect as connectTls, type PeerCertificate } from 'node:tls'
import type { ExchangeConnection } from '../model/exchange.ts'
import { fault } from '../model/fault.ts'
import { ConnectTrouble, faultOfError, isCertificateError, wordsOf } from './fault-of.ts'
import type { Network, ProxyWay } from './network.ts'
import { openTunnel } from './tunnel.ts'

/** Milliseconds each part of opening a connection took; null where there was none. */
export type ConnectTimes = { dnsMs: number | null; connectMs: number | null; tlsMs: number | null }

/** What is known of an opening so far. */
export type Opening = {
  readonly times: ConnectTimes
  /** null until something answered. */
  connection: ExchangeConnection | null
}
export const newOpening = (): Opening => ({
  times: { dnsMs: null, connectMs: null, tlsMs: null },
  connection: null,
})

export type Target = { readonly host: string; readonly port: number; readonly isSecure: boolean }
export type OpenOptions = {
  readonly network: Network
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** What is spoken inside TLS (ALPN). Default: HTTP/1.1. Empty: nothing is said of it; mail servers hang up on a name that is not theirs. */
  readonly protocols?: readonly string[]
}

/**
 * Opens a connection to the target: directly or through the proxy of the network settings, with TLS where asked. `opening` is filled as it
 * goes, so that a failed one tells its story too. Rejects with ConnectTrouble only.
 */
export async function openConnection(
  target: Target,
  options: OpenOptions,
  opening: Opening,
): Promise<Socket> {
  const scheme = target.isSecure ? 'https:' : 'http:'
  const name = isIP(target.host) === 6 ? `[${target.host}]` : target.host
  const route = await options.network.route(new URL(`${scheme}//${name}:${target.port}`))
  if (!route.ok) throw new ConnectTrouble(route.fault)
  const proxy = route.value
  const plain = proxy
    ? await openThrough(proxy, target, options, opening)
    : await openTcp(target.host, target.port, options, opening)
  return target.isSecure ? openTls(plain, target.host, options, opening) : plain
}

/** A tunnel to the target through the proxy; every trouble on the way there is the proxy's: proxy-login or proxy-failed. */
export async function openThrough(
  proxy: ProxyWay,
  target: Target,
  options: OpenOptions,
  opening: Opening,
): Promise<Socket> {
  const host = proxy.url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = proxy.url.protocol === 'https:'
  try {
    const port = Number(proxy.url.port) || (isSecure ? 443 : 80)
    const tcp = await openTcp(host, port, options, opening)
    if (opening.connection) opening.connection = { ...opening.connection, proxy: proxy.url.host }
    // TLS with the proxy is not the target's: its time and certificate are not told as such.
    const line = isSecure ? await openTls(tcp, host, options, newOpening()) : tcp
    return await openTunnel(line, proxy, target, options)
  } catch (error) {
    if (!(error instanceof ConnectTrouble) || error.fault.side !== 'network') throw error
    if (error.fault.code === 'proxy-login' || error.fault.code === 'proxy-failed') throw error
    // What the proxy's own address, socket or certificate does wrong is the proxy's trouble, not the target's.
    const { facts, raw } = error.fault
    throw new ConnectTrouble(
      fault('proxy-failed', {
        next: error.fault.next,
        facts: { ...facts, proxy: proxy.url.host, reason: facts?.reason ?? error.fault.code },
        ...(raw ? { raw } : {}),
      }),
    )
  }
}

/** A TCP connection; of several addresses of a name the first that answers. */
export function openTcp(host: string, port: number, options: OpenOptions, opening: Opening): Promise<Socket> {
  const begun = performance.now()
  let resolved = begun
  const socket = connectTcp({ host, port, noDelay: true, keepAlive: true, autoSelectFamily: true })
  socket.on('error', hearLateError)
  socket.once('lookup', (error: Error | null) => {
    resolved = performance.now()
    if (!error && isIP(host) === 0) opening.times.dnsMs = resolved - begun
  })
  return settled(socket, 'connect', { ...options, host, port }).then((open) => {
    opening.times.connectMs = performance.now() - resolved
    const remote = open.remoteAddress ? `${open.remoteAddress} ${open.remotePort}` : null
    opening.connection = { remote, proxy: null, tls: null }
    return open
  })
}

/** TLS over an open socket. The certificate is always checked; when it is refused, the fault names the issuer that was seen. */
export async function openTls(
  plain: Socket,
  name: string,
  options: OpenOptions,
  opening: Opening,
): Promise<Socket> {
  const trust = options.network.trust()
  if (!trust.ok) {
    plain.destroy()
    throw new ConnectTrouble(trust.fault)
  }
  const begun = performance.now()
  const protocols = options.protocols ?? ['http/1.1']
  const socket = connectTls({
    socket: plain,
    secureContext: trust.value,
    ...(protocols.length > 0 ? { ALPNProtocols: [...protocols] } : {}),
    host: name,
    // SNI carries names only (RFC 6066 §3).
    ...(isIP(name) === 0 ? { servername: name } : {}),
  })
  socket.on('error', hearLateError)
  let seen: PeerCertificate | null = null
  // A refused certificate is gone by the time the error arrives; it is read when the handshake ends, before the verdict.
  socket.prependOnceListener('secure', () => {
    seen = socket.getPeerCertificate()
  })
  try {
    const open = await settled(socket, 'secureConnect', { ...options, host: name, port: null })
    opening.times.tlsMs = performance.now() - begun
    const tls = seen ? { protocol: socket.getProtocol() ?? '', ...certificateFacts(seen) } : null
    if (opening.connection) opening.connection = { ...opening.connection, tls }
    return open
  } catch (error) {
    plain.destroy()
    if (!(error instanceof ConnectTrouble) || !seen || !isCertificateError(error.cause)) throw error
    const facts = { ...error.fault.facts, ...knownFacts(certificateFacts(seen)) }
    throw new ConnectTrouble({ ...error.fault, facts })
  }
}

/** Facts without those that are not known. */
export function knownFacts(facts: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).filter((pair): pair is [string, string] => pair[1] !== null),
  )
}

type CertificateFacts = Pick<
  NonNullable<ExchangeConnection['tls']>,
  'issuer' | 'subject' | 'validTo' | 'fingerprint'
>

/** Issuer, subject, end (UTC ISO) and SHA-256 fingerprint, for a person to compare. */
function certificateFacts(seen: PeerCertificate): CertificateFacts {
  const name = (part: PeerCertificate['issuer'] | undefined): string =>
    [part?.O, part?.CN].flat().filter(Boolean).join(', ') || 'unnamed'
  const until = new Date(seen.valid_to)
  return {
    issuer: name(seen.issuer),
    subject: name(seen.subject),
    validTo: Number.isNaN(until.getTime()) ? null : until.toISOString(),
    fingerprint: seen.fingerprint256 ?? null,
  }
}

type Watch = OpenOptions & { readonly host: string; readonly port: number | null }

/** Resolves with the socket when the event comes; rejects on its error, after the time-out, or when the signal fires, and then the socket is gone. */
function settled<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', watch: Watch): Promise<S> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer)
      watch.signal.removeEventListener('abort', abort)
      socket.off(event, done).off('error', failed).off('close', closed)
      act()
    }
    const giveUp = (trouble: ConnectTrouble) =>
      finish(() => {
        socket.destroy()
        reject(trouble)
      })
    const done = () => finish(() => resolve(socket))
    const failed = (error: Error) => giveUp(troubleOf(error, watch))
    const closed = () => giveUp(new ConnectTrouble(fault('connection-lost', { facts: { host: watch.host } })))
    const abort = () => giveUp(new ConnectTrouble(fault('cancelled')))
    const seconds = watch.timeoutMs / 1000
    const late = () => giveUp(new ConnectTrouble(fault('timeout', { facts: { host: watch.host, seconds } })))
    const timer = setTimeout(late, watch.timeoutMs)
    watch.signal.addEventListener('abort', abort)
    socket.once(event, done).once('error', failed).once('close', closed)
    if (watch.signal.aborted) abort()
  })
}

/** A socket's error that comes when nobody waits for it: closing is all it needs, but unheard it would end the process. */
function hearLateError(this: Socket): void {
  this.destroy()
}

function troubleOf(error: Error, watch: Watch): ConnectTrouble {
  const found = faultOfError(error, watch.host)
  const facts = { ...found.facts, ...(watch.port === null ? {} : { port: watch.port }) }
  const trouble = new ConnectTrouble({ ...found, facts, raw: wordsOf(error) })
  trouble.cause = error
  return trouble
}
