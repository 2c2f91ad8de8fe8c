import { fail, fault, ok, type Result } from '../../model/fault.ts'

/** Where Halo's API is. Both without a slash at the end. */
export type HaloPlace = {
  /** Scheme, host and port, to which everything is bound: no key leaves it. */
  readonly origin: string
  /** `https://NAME.halopsa.com/api`: hosted and on-premise alike (apis.md §2.1). */
  readonly api: string
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Reads what a person may paste: the web address of Halo, its "Resource Server" (…/api) or its "Authorisation Server" (…/auth), without a scheme,
 * too. Faults: url-invalid (also with a login in it), url-insecure (plain http to anything but this machine: secret and token would be readable).
 */
export function readAddress(text: string): Result<HaloPlace> {
  const given = text.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`
  if (given === '' || !URL.canParse(whole)) return fail(fault('url-invalid', { facts: { url: given } }))
  const url = new URL(whole)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isWeb || url.username !== '' || url.password !== '') {
    return fail(fault('url-invalid', { facts: { url: url.host } }))
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
    return fail(fault('url-insecure', { facts: { host: url.hostname } }))
  }
  const folder = url.pathname.replace(/\/+$/, '').replace(/\/(api|auth)$/i, '')
  return ok({ origin: url.origin, api: `${url.origin}${folder}/api` })
}

/** Where tokens are asked for. The secret goes there, so it must be Halo's own host, or one that a person has entered. */
export type AuthPlace = { readonly url: string; readonly host: string }

/** `base` as /api/authinfo or a person gives it (…/auth): its token address. Null when it is no address. */
export function tokenPlace(base: string): AuthPlace | null {
  if (!URL.canParse(base)) return null
  const url = new URL(base)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) return null
  if (url.username !== '' || url.password !== '') return null
  const path = url.pathname.replace(/\/+$/, '').replace(/\/token$/i, '')
  return { url: `${url.origin}${path}/token`, host: url.host }
}
