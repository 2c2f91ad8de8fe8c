/**
 * What Halo's REST API says when it refuses something. The documents declare no bodies for refusals; these shapes were met in public clients
 * (apis.md §2.3): a JSON string, `{message}`, a .NET exception `{ClassName, Message}`, `{resultCode, errorMessage}`, OAuth's `{error,
 * error_description}`, ASP.NET model errors keyed by place (`{"[0].id": ["..."]}`, also under `errors`), a list of texts, plain text, a web page.
 */

type HaloErrorShape =
  | 'empty'
  | 'web-page'
  | 'text'
  | 'json-text'
  | 'list'
  | 'message'
  | 'exception'
  | 'result-code'
  | 'oauth'
  | 'by-place'
  | 'other'

/** One thing that Halo complains about. */
export type HaloComplaint = {
  /** Halo's own words; for a web page its title. */
  readonly text: string
  /** Place of the record in the posted list, from 0; null when it does not say. */
  readonly index: number | null
  /** The field by the name that Halo gives it: a label ("Account manager") or a property ("lines[2].price"); null when it names none. */
  readonly field: string | null
}

export type HaloError = {
  readonly shape: HaloErrorShape
  /** OAuth's error, a result code or an exception's class; '' when there is none. */
  readonly code: string
  readonly complaints: readonly HaloComplaint[]
}

/** Reads the body of a refusal, whatever its shape; never throws. Bodies cut in the middle are read as text. */
export function readHaloError(body: string): HaloError {
  const text = body.replace(/^\uFEFF/, '').trim()
  if (text === '') return { shape: 'empty', code: '', complaints: [] }
  if (isWebPage(text)) return { shape: 'web-page', code: '', complaints: complaintsOf([pageTitle(text)]) }
  const json = parsed(text) ?? salvaged(text)
  if (json === undefined) return { shape: 'text', code: '', complaints: complaintsOf([text]) }
  if (typeof json === 'string') return nested(json)
  if (Array.isArray(json)) return { shape: 'list', code: '', complaints: complaintsOf(textsOf(json)) }
  return isRecord(json) ? readObject(json) : { shape: 'other', code: '', complaints: complaintsOf([text]) }
}

/** Whether a body is HTML, which no API of Halo's answers. */
export const isWebPage = (body: string): boolean =>
  /^(?:\s|<!--[\s\S]*?-->)*<(?:!doctype html|html|head|body|title)\b/i.test(body.slice(0, 2000))

function pageTitle(page: string): string {
  const title =
    /<title[^>]*>([^<]{1,300})<\/title>/i.exec(page)?.[1] ?? /<h1[^>]*>([^<]{1,300})<\/h1>/i.exec(page)?.[1]
  return (title ?? '').replace(/\s+/g, ' ').trim()
}

/** A JSON text may hold another refusal as JSON. */
function nested(text: string): HaloError {
  const inner = text.trim().startsWith('{') ? parsed(text) : undefined
  if (isRecord(inner)) return readObject(inner)
  return { shape: 'json-text', code: '', complaints: complaintsOf([text]) }
}

function readObject(body: Readonly<Record<string, unknown>>): HaloError {
  const named = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]))
  const text = (name: string): string => {
    const value = named.get(name)
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  }
  const said = (shape: HaloErrorShape, code: string, ...texts: string[]): HaloError => ({
    shape,
    code,
    complaints: complaintsOf(texts.slice(0, 1)),
  })
  const errors = named.get('errors')
  if (Array.isArray(errors)) return { shape: 'list', code: '', complaints: complaintsOf(textsOf(errors)) }
  const places = placesOf(isRecord(errors) ? errors : body)
  if (places.length > 0) return { shape: 'by-place', code: '', complaints: places }
  if (text('classname')) return said('exception', text('classname'), text('message') || text('classname'))
  if (text('errormessage')) return said('result-code', text('resultcode'), text('errormessage'))
  if (text('error_description')) return said('oauth', text('error'), text('error_description'))
  const inner = named.get('error')
  if (isRecord(inner)) return readObject(inner)
  if (text('message')) return said('message', text('code'), text('message'))
  if (text('error')) return said('oauth', text('error'), text('error'))
  if (text('detail') || text('title')) return said('message', '', text('detail') || text('title'))
  return { shape: 'other', code: '', complaints: complaintsOf([JSON.stringify(body)]) }
}

/** `{"[0].id": ["..."]}` or `{"$[0].lines[2].price": "..."}`: which record, which field, what about it. */
function placesOf(body: Readonly<Record<string, unknown>>): HaloComplaint[] {
  const found: HaloComplaint[] = []
  for (const [place, value] of Object.entries(body)) {
    const where = /^\$?\[(\d+)\]\.?(.*)$/.exec(place)
    const isNamed = where !== null || Array.isArray(value)
    if (!isNamed || /^(errors|type|traceid)$/i.test(place)) continue
    const field = (where ? where[2] : place.replace(/^\$\.?/, '')) || null
    const told = textsOf(Array.isArray(value) ? value : [value]).map((one) => one.replace(/\s+/g, ' ').trim())
    for (const text of told.filter((one) => one !== ''))
      found.push({ text, index: where ? Number(where[1]) : null, field: field ?? fieldIn(text) })
  }
  return found
}

const textsOf = (values: readonly unknown[]): string[] =>
  values.flatMap((value) => {
    if (typeof value === 'string') return [value]
    if (isRecord(value)) return readObject(value).complaints.map((one) => one.text)
    return []
  })

const complaintsOf = (texts: readonly string[]): HaloComplaint[] =>
  texts
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .map((text) => ({ text, index: null, field: fieldIn(text) }))

/** Sentences in which Halo (or ASP.NET) names the field that lacks a value. */
const missing = [
  /^(?:the )?(?:field )?["']?(.{1,80}?)["']?(?: field)? is (?:a )?(?:mandatory|required)\b/i,
  /^(?:an? |the )?["']?(.{1,80}?)["']? must be (?:entered|specified|selected|provided|supplied|given|chosen|set)\b/i,
  /^please (?:enter|select|specify|provide|choose) (?:an? |the )?["']?(.{1,80}?)["']?(?: for\b| before\b|[.!]|$)/i,
  /^(?:the )?["']?(.{1,80}?)["']? (?:cannot|can not|must not|may not) be (?:blank|empty|null)\b/i,
  /\bmust be associated with an? ["']?([\w ]{1,80}?)["']?(?:[.!]|$)/i,
]

/** The field that a sentence says is missing; null when it says no such thing. */
export function mandatoryField(text: string): string | null {
  for (const pattern of missing) {
    const found = pattern.exec(text.trim())?.[1]?.trim()
    if (found) return found
  }
  return null
}

const fieldIn = (text: string): string | null =>
  mandatoryField(text) ?? /\bPath:? '?\$?\[?\d*\]?\.?([\w.[\]]{1,80})/.exec(text)?.[1] ?? null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON, or cut: the caller shows it as text.
    return undefined
  }
}

const told =
  /"(classname|message|resultcode|errormessage|error|error_description)"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)/gi

/** A .NET exception carries its whole stack, and what is kept of a body may end in it: the words before the cut still tell. */
function salvaged(text: string): unknown {
  if (!text.startsWith('{')) return undefined
  const parts = [...text.matchAll(told)].map(([, name, value]) => `"${name}":${value}`)
  return parts.length === 0 ? undefined : parsed(`{${parts.join()}}`)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
