import { REDACTED } from './secret-names.ts'

/** The shapes in which given secrets are looked for. */
type SecretForms = {
  /** The secrets with any of their characters escaped for a URL, a form, JSON or HTML. */
  readonly escaped: RegExp | null
  /** Pieces of base64 that appear wherever a secret was encoded, whatever stood before or after it. */
  readonly encoded: readonly string[]
  /** The longest text, in characters, that one secret can take. */
  readonly longest: number
}

const shortest = 4
/** A shorter piece of base64 would be met by chance. */
const shortestPiece = 6

/** Prepares the search; empty and very short secrets are left out, since masking every "ab" would spoil the text. */
export function secretForms(secrets: readonly string[]): SecretForms {
  const known = [...new Set(secrets)].filter((secret) => secret.length >= shortest)
  // The longer first: one secret may begin with another.
  known.sort((a, b) => b.length - a.length)
  const pieces = known.flatMap(base64Pieces)
  return {
    escaped: known.length > 0 ? new RegExp(known.map(anyEscaping).join('|'), 'gu') : null,
    encoded: [...new Set(pieces)],
    // Twelve characters for one: a surrogate pair as two \uXXXX.
    longest: Math.max(0, ...known.map((secret) => secret.length * 12)),
  }
}

/** Masks every secret that `forms` knows. */
export function maskSecrets(text: string, forms: SecretForms): string {
  if (!forms.escaped) return text
  const masked = text.replace(forms.escaped, REDACTED)
  return forms.encoded.reduce(maskRun, masked)
}

/** A secret inside base64 hides with its whole run of base64 letters. */
function maskRun(text: string, piece: string): string {
  let at = text.indexOf(piece)
  if (at < 0) return text
  let out = ''
  let from = 0
  while (at >= 0) {
    let start = at
    let end = at + piece.length
    while (start > from && isBase64(text.charCodeAt(start - 1))) start--
    while (end < text.length && isBase64(text.charCodeAt(end))) end++
    out += text.slice(from, start) + REDACTED
    from = end
    at = text.indexOf(piece, end)
  }
  return out + text.slice(from)
}

function isBase64(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 43 ||
    code === 47 ||
    code === 45 ||
    code === 95 ||
    code === 61
  )
}

/**
 * What of a secret's base64 is the same whatever stands around it: it can begin at the first, second or third byte of a group of three,
 * and only the groups that it fills count.
 */
function base64Pieces(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const pieces: string[] = []
  for (const before of [0, 1, 2]) {
    const skipped = (3 - before) % 3
    const whole = bytes.subarray(skipped, skipped + Math.floor((bytes.length - skipped) / 3) * 3)
    const piece = whole.toString('base64')
    if (piece.length >= shortestPiece) pieces.push(piece, piece.replaceAll('+', '-').replaceAll('/', '_'))
  }
  const alone = bytes.toString('base64').replace(/=+$/, '')
  if (alone.length >= shortestPiece) pieces.push(alone, alone.replaceAll('+', '-').replaceAll('/', '_'))
  return pieces
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** A pattern that matches the text with any of its characters escaped in any of the known ways. */
function anyEscaping(secret: string): string {
  return [...secret].map(anyForm).join('')
}

function anyForm(letter: string): string {
  const ways = [literal(letter), percent(letter), unicodeEscape(letter)]
  const point = letter.codePointAt(0) ?? 0
  ways.push(`&#0*${point};`, `&#[xX]0*${blind(point.toString(16))};`)
  const named = htmlNames[letter]
  if (named) ways.push(named)
  if (letter === ' ') ways.push('\\+')
  // JSON puts backslashes before these, and doubles them at each nesting.
  if (letter === '"' || letter === '/') ways.push(`\\\\+${literal(letter)}`)
  if (letter === '\\') ways.push('\\\\+')
  const short = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }[letter]
  if (short) ways.push(`\\\\+${short}`)
  return `(?:${ways.join('|')})`
}

function literal(letter: string): string {
  return letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
}

function percent(letter: string): string {
  return [...Buffer.from(letter, 'utf8')]
    .map((byte) => `%${blind(byte.toString(16).padStart(2, '0'))}`)
    .join('')
}

function unicodeEscape(letter: string): string {
  return Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((hex) => `\\\\+u${blind(hex)}`)
    .join('')
}

/** Hex digits in either case. */
function blind(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}
