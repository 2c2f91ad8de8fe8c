import { faultCodes } from '../fault.ts'

/**
 * The inspector's filter: `status:4xx,5xx host:halo -status:404 text:"mandatory field"`. All terms must hold, a comma within one means any of these, a minus
 * in front means none of them. Values are kept in their one canonical spelling, so that a filter can lie in an address and be compared as text.
 */
export type Term = { readonly key: FilterKey; readonly isNot: boolean; readonly values: readonly string[] }

export const filterKeys = [
  'status',
  'method',
  'host',
  'path',
  'kind',
  'fault',
  'text',
  'run',
  'tenant',
  'slower',
  'faster',
  'larger',
  'smaller',
  'since',
  'until',
  'cause',
  'call',
] as const
export type FilterKey = (typeof filterKeys)[number]

/** What `kind:` knows; the words after `people` are the purposes of a request. */
export const filterKinds = [
  'failures',
  'throttled',
  'retried',
  'no-answer',
  'cut',
  'people',
  'sync',
  'retry',
  'reconcile',
  'test',
  'import',
  'replay',
] as const

/** What a key asks for, in words for a person, with examples of its values. */
type KeyMeaning = {
  readonly means: string
  readonly examples: readonly string[]
  /** The canonical spelling of a value, null for one that makes no sense. */
  readonly read: (value: string) => string | null
  /** More than one value would be a contradiction. */
  readonly isSingle?: true
}

const text = (value: string): string | null => (value.trim() === '' ? null : value)
const oneWord = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value.toLowerCase() : null)
const id = (value: string): string | null =>
  /^\d{1,15}$/.test(value) && Number(value) > 0 ? String(Number(value)) : null

export const keyMeanings: Readonly<Record<FilterKey, KeyMeaning>> = {
  status: {
    means: 'how it was answered: a number, a class, a span, or none',
    examples: ['4xx', '5xx', '404', '500-503', 'none'],
    read: (value) => {
      const lower = value.toLowerCase()
      return statusSpan(lower) ? lower : null
    },
  },
  method: {
    means: 'GET, POST and so on',
    examples: ['GET', 'POST'],
    read: (value) => (/^[a-z]{2,12}$/i.test(value) ? value.toUpperCase() : null),
  },
  host: {
    means: 'whom it was sent to: commerce, halo, other, or part of the server’s name',
    examples: ['commerce', 'halo', 'other'],
    read: oneWord(/^[\w.:[\]-]{1,253}$/),
  },
  path: { means: 'part of the path', examples: ['/v1/quote', '/quotation'], read: text },
  kind: {
    means: 'failures, throttled, retried, no-answer, cut, by people, or what it was for',
    examples: filterKinds,
    read: (value) => filterKinds.find((kind) => kind === value.toLowerCase()) ?? null,
  },
  fault: {
    means: 'the program’s own name of the trouble',
    examples: ['key-refused', 'timeout', 'halo-field-mandatory'],
    read: (value) => faultCodes.find((code) => code === value.toLowerCase()) ?? null,
  },
  text: {
    means: 'words in the address, the error or a body',
    examples: ['mandatory', 'expired'],
    read: text,
  },
  run: { means: 'the number of a run', examples: ['1'], read: id },
  tenant: { means: 'the number of a tenant', examples: ['1'], read: id },
  slower: {
    means: 'took at least this long',
    examples: ['500ms', '2s', '10s'],
    read: readDuration,
    isSingle: true,
  },
  faster: { means: 'took less than this', examples: ['100ms', '1s'], read: readDuration, isSingle: true },
  larger: {
    means: 'one of its bodies has at least this size',
    examples: ['100kB', '1MB'],
    read: readSize,
    isSingle: true,
  },
  smaller: { means: 'both bodies are below this size', examples: ['1kB'], read: readSize, isSingle: true },
  since: {
    means: 'sent no longer ago than this, or since this day or moment',
    examples: ['15m', '1h', 'today', '7d'],
    read: readMoment,
    isSingle: true,
  },
  until: {
    means: 'sent before this',
    examples: ['1h', 'today', '2026-05-10'],
    read: readMoment,
    isSingle: true,
  },
  cause: { means: 'one group of equal failures', examples: [], read: oneWord(/^[0-9a-z]{1,20}$/i) },
  call: {
    means: 'all attempts of one request',
    examples: [],
    read: (value) => (/^[\w-]{1,64}$/.test(value) ? value : null),
  },
}

/** The statuses that a value of `status:` means, both ends included; null for none of its spellings. 0: no answer came. */
export function statusSpan(value: string): { readonly from: number; readonly to: number } | null {
  if (value === 'none') return { from: 0, to: 0 }
  if (/^[1-5]xx$/.test(value)) {
    const from = Number(value[0]) * 100
    return { from, to: from + 99 }
  }
  const found = /^([1-9]\d\d)(?:-([1-9]\d\d))?$/.exec(value)
  if (!found) return null
  const from = Number(found[1])
  const to = Number(found[2] ?? found[1])
  return from <= to ? { from, to } : null
}

const durations: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const sizes: Readonly<Record<string, number>> = { B: 1, kB: 1_000, MB: 1_000_000 }

/** Milliseconds of `500ms`, `2s`, `1.5m`, `1h`, `7d`; null for anything else. */
export function durationMs(value: string): number | null {
  const found = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(value)
  return found ? Math.round(Number(found[1]) * (durations[found[2] ?? ''] ?? 0)) : null
}

/** Bytes of `100kB`, `1.5MB`, `12B`; null for anything else. */
export function sizeBytes(value: string): number | null {
  const found = /^(\d{1,9}(?:\.\d{1,3})?)(B|kB|MB)$/.exec(value)
  return found ? Math.round(Number(found[1]) * (sizes[found[2] ?? ''] ?? 0)) : null
}

/** The instant that `since:` or `until:` means: `midnightMs` is today's beginning for the person who asks. null for none of the spellings. */
export function momentMs(value: string, nowMs: number, midnightMs: number): number | null {
  if (value === 'today') return midnightMs
  const ago = durationMs(value)
  if (ago !== null) return nowMs - ago
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}

function readDuration(value: string): string | null {
  const lower = value.toLowerCase()
  return durationMs(lower) === null ? null : lower
}

function readSize(value: string): string | null {
  const unit = /[a-z]+$/i.exec(value)?.[0].toLowerCase() ?? ''
  const known = Object.keys(sizes).find((name) => name.toLowerCase() === unit)
  const canonical = known ? value.slice(0, -unit.length) + known : ''
  return sizeBytes(canonical) === null ? null : canonical
}

/** A date is that day's beginning in UTC; a date with a time needs its zone, so that an address means the same everywhere. */
function readMoment(value: string): string | null {
  const lower = value.toLowerCase()
  if (lower === 'today' || (durationMs(lower) !== null && !lower.endsWith('ms'))) return lower
  const upper = value.toUpperCase()
  const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(upper)
  return isDate && !Number.isNaN(Date.parse(upper)) ? upper : null
}
