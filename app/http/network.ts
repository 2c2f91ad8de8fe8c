import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import type { NetworkSettings } from '../model/network.ts'
import { isBypassed } from './bypass.ts'

/** A proxy to go through. `secrets` are the texts that must not be shown. */
export type ProxyWay = {
  readonly url: URL
  /** Value of Proxy-Authorization; null when the proxy has no login. */
  readonly authorization: string | null
  readonly secrets: readonly string[]
}

/** How connections are made: which way, and whom to trust. */
export type Network = {
  /** The proxy for an address, or null for the direct way. Faults: proxy-failed when the system's answer is no proxy address. */
  route(url: URL): Promise<Result<ProxyWay | null>>
  /** Built once; faults: input-invalid when a PEM file cannot be read or holds no certificate. */
  trust(): Result<SecureContext>
  /** Every text of the proxy settings that must be masked. */
  readonly secrets: readonly string[]
}

export type NetworkOptions = {
  readonly settings: NetworkSettings
  /** The manual proxy's password, from the vault. */
  readonly proxyPassword?: string | null | undefined
  /** Asks the operating system, where something knows it (Electron): the proxy's address, or null for the direct way. */
  readonly resolveProxy?: ((url: string) => Promise<string | null>) | undefined
  /** Where HTTPS_PROXY and its kin are read; default process.env. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Reads the settings once; a change of settings makes a new one. */
export function createNetwork(options: NetworkOptions): Network {
  let trusted: Result<SecureContext> | null = null
  const fixed = fixedSecrets(options)
  return {
    async route(url) {
      // A proxy cannot reach this machine's own loopback, and every system leaves it out.
      if (isLoopback(url.hostname)) return ok(null)
      return findProxy(options, url)
    },
    trust() {
      trusted ??= readTrust(options.settings)
      return trusted
    },
    secrets: fixed,
  }
}

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase()
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(host) ||
    host === '[::1]'
  )
}

async function findProxy(options: NetworkOptions, url: URL): Promise<Result<ProxyWay | null>> {
  const { proxy } = options.settings
  if (proxy.mode === 'none') return ok(null)
  if (proxy.mode === 'manual') {
    if (isBypassed(url, proxy.bypass)) return ok(null)
    return readProxy(proxy.url, proxy.user, options.proxyPassword ?? '')
  }
  if (options.resolveProxy) {
    return askSystem(options.resolveProxy, url)
  }
  const env = options.env ?? process.env
  const [found, bypass] = fromEnvironment(env, url.protocol)
  return found === null || isBypassed(url, bypass) ? ok(null) : readProxy(found, '', '')
}

async function askSystem(
  resolve: NonNullable<NetworkOptions['resolveProxy']>,
  url: URL,
): Promise<Result<ProxyWay | null>> {
  try {
    const found = await resolve(url.href)
    return found ? readProxy(found, '', '') : ok(null)
  } catch (error) {
    const raw = error instanceof Error ? error.message : String(error)
    return fail(fault('proxy-failed', { facts: { reason: 'the system did not name its proxy' }, raw }))
  }
}

/** Lower-case names first, as curl does; upper-case HTTP_PROXY too, since nothing here runs behind CGI. */
function fromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  protocol: string,
): [string | null, string[]] {
  const names =
    protocol === 'https:'
      ? ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']
      : ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']
  const found = names.map((name) => env[name]).find((value) => value) ?? null
  const bypass = env.no_proxy || env.NO_PROXY || ''
  return [found, bypass.split(/[\s,]+/).filter(Boolean)]
}

function readProxy(text: string, user: string, password: string): Result<ProxyWay> {
  // "host:port" alone would be read as a scheme and a path.
  const full = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(full) ? new URL(full) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    const facts = { reason: url ? `${url.protocol} proxies are not supported` : 'the address cannot be read' }
    return fail(fault('proxy-failed', { next: 'setup', facts }))
  }
  const name = user || unescaped(url.username)
  const word = user ? password : unescaped(url.password)
  const pair = name ? Buffer.from(`${name}:${word}`, 'utf8').toString('base64') : null
  return ok({
    url: new URL(`${url.protocol}//${url.host}`),
    authorization: pair ? `Basic ${pair}` : null,
    secrets: pair ? [word, pair].filter(Boolean) : [],
  })
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A bare "%" in a login that was never encoded: taken as it stands.
    return text
  }
}

function fixedSecrets(options: NetworkOptions): readonly string[] {
  const { proxy } = options.settings
  if (proxy.mode === 'manual') {
    const read = readProxy(proxy.url, proxy.user, options.proxyPassword ?? '')
    return read.ok ? read.value.secrets : []
  }
  if (proxy.mode === 'none' || options.resolveProxy) return []
  return ['http:', 'https:'].flatMap((protocol) => {
    const found = fromEnvironment(options.env ?? process.env, protocol)[0]
    const read = found ? readProxy(found, '', '') : null
    return read?.ok ? read.value.secrets : []
  })
}

function readTrust(settings: NetworkSettings): Result<SecureContext> {
  const authorities = authoritiesOf(settings)
  return authorities.ok ? ok(createSecureContext({ ca: [...authorities.value] })) : authorities
}

/** Whom to trust, as PEM texts, for drivers that make their own TLS. Fault: input-invalid when a PEM file cannot be used. */
export function authoritiesOf(settings: NetworkSettings): Result<readonly string[]> {
  const authorities = [...getCACertificates('default')]
  if (settings.trustSystemStore) authorities.push(...getCACertificates('system'))
  for (const file of settings.extraCaFiles) {
    const found = readPem(file)
    if (!found.ok) return found
    authorities.push(...found.value)
  }
  return ok([...new Set(authorities)])
}

function readPem(file: string): Result<string[]> {
  try {
    const found = readFileSync(file, 'utf8').match(
      /-----BEGIN (TRUSTED )?CERTIFICATE-----[^-]+-----END (TRUSTED )?CERTIFICATE-----/g,
    )
    if (!found) return fail(fault('input-invalid', { facts: { file, reason: 'holds no PEM certificate' } }))
    // A secure context takes in anything that looks like PEM, and says nothing.
    for (const each of found) new X509Certificate(each)
    return ok([...found])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return fail(fault('input-invalid', { facts: { file, reason } }))
  }
}
