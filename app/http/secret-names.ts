/** What stands where a secret was. */
export const REDACTED = '••• redacted'

/** Endings that make a name secret, letters and digits only: "client_secret", "newApiKey", "X-Api-Key", "smtp password". */
const endings = [
  'apikey',
  'accesskey',
  'privatekey',
  'secretkey',
  'subscriptionkey',
  'secret',
  'password',
  'passwd',
  'passphrase',
  'passwort',
  'pwd',
  'token',
  'credential',
  'credentials',
  'connectionstring',
  'clientassertion',
  'cookie',
]
const wholeNames = new Set([
  'authorization',
  'proxyauthorization',
  'xauth',
  'setcookie',
  'cookie2',
  'sessionid',
])
/** Short names that mean a secret in a query, and something else elsewhere. */
const queryNames = new Set([
  'key',
  'sig',
  'signature',
  'auth',
  'pass',
  'assertion',
  'session',
  'codeverifier',
])

/** Whether a header, field or parameter of this name holds a secret. Case, dashes and underscores do not matter. */
export function isSecretName(name: string, where: 'query' | 'any' = 'any'): boolean {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (wholeNames.has(bare) || endings.some((ending) => bare.endsWith(ending))) return true
  return where === 'query' && queryNames.has(bare)
}

const ending =
  'api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|secret[-_ ]?key|subscription[-_ ]?key|secret|password|passwd|passphrase|passwort|pwd|token|' +
  'credentials?|connection[-_ ]?string|client[-_]?assertion|cookie|authorization|session[-_]?id'
/** Every text that `hint` finds holds one of these, and looking for them takes half as long: most pages of records end here. */
const trace =
  /key|secret|pass|pwd|token|credential|connection|assertion|cookie|authorization|session|bearer |:\/\/[^/\s]*@|[?&](?:sig|auth)/i
const hint = new RegExp(
  `${ending}|://[^/\\s]*@|[?&](?:key|sig|signature|auth|pass|assertion|session)=|bearer `,
  'i',
)
/** A key of JSON, also of JSON inside a JSON string: the backslashes before its quotes are counted. */
const jsonKey = new RegExp(`(\\\\*)"[\\w.\\- ]{0,60}?(?:${ending})\\1"\\s*:\\s*`, 'gi')
const formPair = new RegExp(`(\\b[\\w.\\-%]{0,60}?(?:${ending})=)([^&\\s"'<>;,]+)`, 'gi')
/** XML: what stands between a secret element's tags, and a quoted attribute of such a name. */
const xmlElement = new RegExp(`(<([\\w:.-]{0,60}?(?:${ending}))(?:\\s[^<>]*)?>)([^<]+)(?=</\\2)`, 'gi')
const quotedPair = new RegExp(`(\\b[\\w:.-]{0,60}?(?:${ending})\\s?=\\s?)("[^"]*"|'[^']*')`, 'gi')
const queryPair = /([?&](?:key|sig|signature|auth|pass|assertion|session)=)([^&\s"'<>#]+)/gi
const headerLine =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api-?key)(:\s*)(?:(basic|bearer|digest|negotiate|ntlm)\s+)?([^\r\n"'<>]+)/gi
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)([^/\s?#"'<>]*)@/gi
const bearer = /\b(bearer\s+)(?=[^\s"'<>]*\d)[\w.~+/=-]{16,}/gi

/** Masks the values that a secret's name gives away: JSON fields, form and query pairs, header lines, logins in addresses. */
export function maskNamedValues(text: string): string {
  if (!trace.test(text) || !hint.test(text)) return text
  return maskMarkup(maskJsonValues(text, jsonKey, REDACTED))
    .replace(headerLine, (whole, name: string, colon: string, scheme: string | undefined, value: string) =>
      value.startsWith(REDACTED) ? whole : `${name}${colon}${scheme ? `${scheme} ` : ''}${REDACTED}`,
    )
    .replace(formPair, keepName)
    .replace(queryPair, keepName)
    .replace(userInfo, (_, scheme: string) => `${scheme}${REDACTED}@`)
    .replace(bearer, (_, scheme: string) => `${scheme}${REDACTED}`)
}

/** Looked for only where there is markup at all: most texts are JSON, and each pattern is another walk through them. */
function maskMarkup(text: string): string {
  const elements = text.includes('</')
    ? text.replace(xmlElement, (whole, tag: string, _: string, value: string) =>
        value.trim() === '' ? whole : `${tag}${REDACTED}`,
      )
    : text
  if (!/=\s?["']/.test(elements)) return elements
  return elements.replace(quotedPair, (whole, name: string, value: string) =>
    value.length === 2 ? whole : `${name}${value[0]}${REDACTED}${value[0]}`,
  )
}

/** "••• redacted" holds a space, so a second pass sees its first part as a value: it stays as it is. */
function keepName(whole: string, name: string, value: string): string {
  return value.startsWith('•••') ? whole : `${name}${REDACTED}`
}

/**
 * Puts `mask` in place of every value whose key `key` matches, in JSON, in JSON inside JSON strings, and in JSON that was cut. The pattern is global, ends where
 * the value begins, and its first group is the backslashes before the key's quote. null, true and false stay.
 */
export function maskJsonValues(text: string, key: RegExp, mask: string): string {
  let out = ''
  let from = 0
  key.lastIndex = 0
  for (let found = key.exec(text); found; found = key.exec(text)) {
    const start = key.lastIndex
    const end = endOfValue(text, start)
    const value = text.slice(start, end)
    if (!/^(null|true|false|)$/.test(value.trim())) {
      out += `${text.slice(from, start)}${found[1]}"${mask}${found[1]}"`
      from = end
    }
    key.lastIndex = Math.max(end, start)
  }
  return from === 0 ? text : out + text.slice(from)
}

/** Where the JSON value that begins at `start` ends; a value cut off by the end of the text ends there. */
function endOfValue(text: string, start: number): number {
  const opening = /^\\*/.exec(text.slice(start, start + 64))?.[0].length ?? 0
  if (text[start + opening] === '"') return endOfString(text, start + opening + 1, opening)
  if (text[start] !== '{' && text[start] !== '[') {
    const rest = /[,}\]\s]/.exec(text.slice(start, start + 4096))
    return rest ? start + rest.index : Math.min(text.length, start + 4096)
  }
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') at = endOfString(text, at + 1, slashesBefore(text, at)) - 1
    else if (letter === '{' || letter === '[') depth++
    else if (letter === '}' || letter === ']') depth--
    if (depth === 0) return at + 1
  }
  return text.length
}

/**
 * The place behind the closing quote of a string whose opening quote had `depth` backslashes before it. Each nesting of JSON in JSON turns
 * k backslashes before a quote into 2k + 1, so the closing one has `depth` of them, or as many more as whole escaped backslashes make.
 */
function endOfString(text: string, start: number, depth: number): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    const slashes = Math.min(slashesBefore(text, at), at - start)
    if (slashes >= depth && (slashes - depth) % (2 * (depth + 1)) === 0) return at + 1
  }
  return text.length
}

function slashesBefore(text: string, at: number): number {
  let count = 0
  while (text[at - 1 - count] === '\\') count++
  return count
}
