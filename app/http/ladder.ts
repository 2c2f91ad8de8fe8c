import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type Fault, fault } from '../model/fault.ts'
import {
  knownFacts,
  newOpening,
  type OpenOptions,
  openTcp,
  openThrough,
  openTls,
  type Target,
} from './connect.ts'
import { ConnectTrouble, faultOfError } from './fault-of.ts'
import { createNetwork, isLoopback, type NetworkOptions, type ProxyWay } from './network.ts'

/** One rung of the network half of a connection test. */
export type Rung = {
  readonly step: 'address' | 'dns' | 'proxy' | 'tcp' | 'tls'
  readonly isOk: boolean
  /**
   * What was found. address: host, port, scheme. dns: host, addresses. proxy: way (`direct` or host:port). tcp: remote. tls: protocol, issuer, subject,
   * validTo, fingerprint.
   */
  readonly facts: Readonly<Record<string, string | number>>
  readonly fault?: Fault
  readonly durationMs: number
}

type ClimbOptions = NetworkOptions & {
  /** For each step; default 10,000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

type Facts = Record<string, string | number>

/**
 * Tries the way to `url` step by step and stops at the first that fails; sends no request and no key. Behind a proxy it is the proxy's name that is looked
 * up, and the target is reached through its tunnel. On plain http there is no step `tls`.
 */
export async function climb(url: string, options: ClimbOptions): Promise<readonly Rung[]> {
  const rungs: Rung[] = []
  const step = async <T>(name: Rung['step'], work: () => Promise<[T, Facts]>): Promise<T> => {
    const begun = performance.now()
    const durationMs = () => Math.round(performance.now() - begun)
    try {
      const [value, facts] = await work()
      rungs.push({ step: name, isOk: true, facts, durationMs: durationMs() })
      return value
    } catch (error) {
      if (!(error instanceof ConnectTrouble)) throw error
      const found = error.fault
      rungs.push({
        step: name,
        isOk: false,
        facts: found.facts ?? {},
        fault: found,
        durationMs: durationMs(),
      })
      throw error
    }
  }
  try {
    await climbAll(url, options, step)
  } catch (error) {
    // The rung that failed has been noted; anything else is a bug.
    if (!(error instanceof ConnectTrouble)) throw error
  }
  return rungs
}

type Step = <T>(name: Rung['step'], work: () => Promise<[T, Facts]>) => Promise<T>

async function climbAll(text: string, options: ClimbOptions, step: Step): Promise<void> {
  const network = createNetwork(options)
  const signal = options.signal ?? new AbortController().signal
  const opening = newOpening()
  const asked: OpenOptions = { network, timeoutMs: options.timeoutMs ?? 10_000, signal }
  const url = await step('address', async () => checkAddress(text))
  const target: Target = {
    host: bare(url.hostname),
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    isSecure: url.protocol === 'https:',
  }
  const route = await network.route(url)
  const proxy = route.ok ? route.value : null
  await step('dns', () => resolve(proxy ? bare(proxy.url.hostname) : target.host))
  const tunnel = await step('proxy', async () => {
    if (!route.ok) throw new ConnectTrouble(route.fault)
    return enter(proxy, () => (proxy ? openThrough(proxy, target, asked, opening) : Promise.resolve(null)))
  })
  const tcp = await step('tcp', async () => {
    const socket = tunnel ?? (await openTcp(target.host, target.port, asked, opening))
    return [socket, { remote: opening.connection?.remote ?? '' }]
  })
  try {
    if (target.isSecure) {
      await step('tls', async () => {
        const socket = await openTls(tcp, target.host, asked, opening)
        socket.destroy()
        return [null, knownFacts(opening.connection?.tls ?? {})]
      })
    }
  } finally {
    tcp.destroy()
  }
}

async function checkAddress(text: string): Promise<[URL, Facts]> {
  if (!URL.canParse(text)) throw new ConnectTrouble(fault('url-invalid'))
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol)) throw new ConnectTrouble(fault('url-invalid'))
  const scheme = url.protocol.slice(0, -1)
  const facts = { host: url.hostname, port: Number(url.port) || (scheme === 'https' ? 443 : 80), scheme }
  // A key would travel readable for everyone on the way.
  if (scheme === 'http' && !isLoopback(url.hostname))
    throw new ConnectTrouble(fault('url-insecure', { facts }))
  return [url, facts]
}

async function resolve(host: string): Promise<[null, Facts]> {
  if (isIP(host) > 0) return [null, { host, addresses: host }]
  try {
    const found = await lookup(host, { all: true })
    return [null, { host, addresses: found.map((each) => each.address).join(', ') }]
  } catch (error) {
    throw new ConnectTrouble(faultOfError(error, host))
  }
}

async function enter<T>(proxy: ProxyWay | null, work: () => Promise<T>): Promise<[T, Facts]> {
  return [await work(), { way: proxy ? proxy.url.host : 'direct' }]
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')
