/**
 * What makes two failed exchanges the same trouble: host, method, the path's shape, the status or the program's name of the trouble, and the shape of
 * the server's words. Numbers, ids and quoted values are taken out, so that 37 quotes with one mistake are one group.
 */
type CauseParts = {
  readonly host: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly faultCode: string | null
  readonly errorText: string | null
}

/** A short name for the cause; null for an exchange that did not fail. Equal parts give equal names on every machine. */
export function causeName(parts: CauseParts): string | null {
  if (parts.faultCode === null) return null
  const { host, method, path, status, faultCode, errorText } = parts
  const shape = [host, method, pathShape(path), status, faultCode, messageShape(errorText ?? '')]
  return hash(JSON.stringify(shape))
}

/** The path with `*` for numbers and ids. */
export function pathShape(path: string): string {
  return path
    .split('/')
    .map((part) => (/^(\d+|[0-9a-f]{8}-[0-9a-f-]{27,}|[0-9a-f]{16,})$/i.test(part) ? '*' : part))
    .join('/')
}

const longest = 400

/** The server's words without what differs from record to record. */
export function messageShape(words: string): string {
  return words
    .slice(0, longest)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Two runs of FNV-1a with different beginnings: 64 bits, enough to tell some thousand causes apart. */
function hash(text: string): string {
  return [0x811c9dc5, 0x01000193].map((start) => fnv(text, start).toString(36)).join('')
}

function fnv(text: string, start: number): number {
  let value = start
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  return value >>> 0
}
