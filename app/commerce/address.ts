import { fail, fault, ok, type Result } from '../model/fault.ts'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** What may be shown of something typed: nothing after a question mark and no login, either of which can hold a key. */
const shown = (text: string): string =>
  text
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/]*@/, '//')
    .slice(0, 200)

function readUrl(text: string): Result<URL> {
  const trimmed = text.trim()
  const facts = { url: shown(trimmed) }
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  const url = URL.parse(whole)
  const isUsable = url && /^https?:$/.test(url.protocol) && url.hostname !== ''
  // A login in the address would travel to whoever is shown it; the API knows none.
  if (!isUsable || url.username !== '' || url.password !== '') return fail(fault('url-invalid', { facts }))
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return fail(fault('url-insecure', { facts }))
  return ok(url)
}

/**
 * The web portal's origin, `https://NAME.mydattocommerce.com`, out of what a person typed or pasted: any page of it, with or without
 * `https://`. Faults: url-invalid, url-insecure (plain http anywhere but on this computer).
 */
export function instanceOrigin(text: string): Result<string> {
  const url = readUrl(text)
  return url.ok ? ok(url.value.origin) : url
}

/** The API's base, without query, trailing slash or `/v1`. Faults: url-invalid, url-insecure. */
export function apiBase(text: string): Result<string> {
  const url = readUrl(text)
  if (!url.ok) return url
  const path = url.value.pathname.replace(/\/+$/, '').replace(/\/v1$/i, '')
  return ok(url.value.origin + path.replace(/\/+$/, ''))
}

type KeyPlace = {
  /** Vendor documents disagree (apis.md §1.1): one or the other, never both. */
  readonly keyIn: 'header' | 'query'
  readonly key: string
}

/** Where a request goes and what carries the key. `base` comes from `apiBase`, so the key never leaves for another host. */
export function addressed(
  base: string,
  path: string,
  params: Readonly<Record<string, string>>,
  { keyIn, key }: KeyPlace,
): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const search = new URLSearchParams(keyIn === 'query' ? { ...params, apiKey: key } : params)
  const query = search.size > 0 ? `?${search}` : ''
  return {
    url: `${base}${path}${query}`,
    headers: { accept: 'application/json', ...(keyIn === 'header' ? { apiKey: key } : {}) },
  }
}

/** An instant as the vendor's examples write it: to the second and without a zone, rounded down so that nothing falls in between. */
export const asModifiedAfter = (iso: string): string => new Date(iso).toISOString().slice(0, 19)
