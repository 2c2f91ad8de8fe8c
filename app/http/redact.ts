import { maskSecrets, secretForms } from './secret-forms.ts'
import { isSecretName, maskNamedValues, REDACTED } from './secret-names.ts'

export { REDACTED } from './secret-names.ts'

/** Takes secrets out of everything that is recorded or shown. What holds no secret comes back unchanged. */
export type Redactor = {
  /** Any text: bodies (JSON, form, HTML), error messages, a server's own words. */
  text(text: string): string
  /** An address: login before the host, secret query values, and everything `text` masks. */
  url(url: string): string
  headers(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[]
  /** Characters that must be read past a cut so that a secret lying across it is seen whole. */
  readonly reach: number
}

/**
 * A redactor for one call. `secrets` are exact texts (keys, passwords); each is found as it is, URL-encoded, JSON- or HTML-escaped and inside
 * base64 (so also in "Basic" logins). Secrets of fewer than 4 characters are masked only where a name gives them away.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = secretForms(secrets)
  const text = (value: string): string => maskNamedValues(maskSecrets(value, forms))
  return {
    text,
    url: (url) => text(maskQuery(url)),
    headers: (pairs) => pairs.map(([name, value]) => [name, maskHeader(name, value, text)] as const),
    reach: forms.longest,
  }
}

/** Redactors by their secrets: a sync asks for the same one thousands of times, and preparing one takes as long as masking a page. */
export function redactorCache(): (secrets: readonly string[]) => Redactor {
  const known = new Map<string, Redactor>()
  return (secrets) => {
    const name = JSON.stringify(secrets)
    const found = known.get(name) ?? createRedactor(secrets)
    // Tokens change over the months; a cache that only grew would keep them all.
    if (known.size >= mostRedactors && !known.has(name)) known.clear()
    known.set(name, found)
    return found
  }
}
const mostRedactors = 50

function maskHeader(name: string, value: string, text: (value: string) => string): string {
  if (!isSecretName(name)) return text(value)
  const scheme = /^(Basic|Bearer|Digest|Negotiate|NTLM) /i.exec(value)
  return scheme ? `${scheme[1]} ${REDACTED}` : REDACTED
}

/** Query values by their decoded name: "api%4Bey=x" is a key too. */
function maskQuery(url: string): string {
  const start = url.indexOf('?')
  if (start < 0) return url
  const hash = url.indexOf('#', start)
  const end = hash < 0 ? url.length : hash
  const parts = url.slice(start + 1, end).split('&')
  const masked = parts.map((part) => {
    const equals = part.indexOf('=')
    if (equals <= 0 || equals === part.length - 1) return part
    return isSecretName(decoded(part.slice(0, equals)), 'query')
      ? `${part.slice(0, equals)}=${REDACTED}`
      : part
  })
  return `${url.slice(0, start + 1)}${masked.join('&')}${url.slice(end)}`
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    // A stray "%" is no encoding: the name is taken as it stands.
    return name
  }
}
