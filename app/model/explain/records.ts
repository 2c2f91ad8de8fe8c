import { readHaloError } from '../halo-error.ts'

/** A record that an exchange carried. */
export type CarriedRecord = {
  /** Place in the list, from 0. */
  readonly index: number
  /** Commerce's number for it, or Halo's where that is all there is; null when it has none. */
  readonly commerceId: number | null
  readonly label: string
  /** What was said about this one; null when nothing was said about it in particular. */
  readonly complaint: string | null
}

/** Longer bodies are not parsed for this: it is a help, not the body. */
const longest = 2_000_000
const most = 500
const labels = [
  'title',
  'name',
  'quoteNumber',
  'orderNumber',
  'productNumber',
  'summary',
  'idesc',
  'emailaddress',
  'email',
]
const ids = ['datto_commerce_id', 'dattocommercelineid', 'third_party_id', 'id']

/** The records in a body that is a JSON list or object: those that were sent, or those that came. Empty for anything else, and for a body that was cut. */
export function recordsIn(body: string | null, refusal: string | null = null): readonly CarriedRecord[] {
  const list = listOf(body)
  const complaints = refusal === null ? [] : readHaloError(refusal).complaints
  return list.slice(0, most).flatMap((each, index) => {
    if (typeof each !== 'object' || each === null) return []
    const record = each as Readonly<Record<string, unknown>>
    const own = complaints.filter((one) => one.index === index || (one.index === null && list.length === 1))
    return [
      {
        index,
        commerceId: numberOf(record),
        label: labelOf(record) || `Record ${index + 1}`,
        complaint: own.length > 0 ? own.map(({ text }) => text).join(' ') : null,
      },
    ]
  })
}

/** How many records a body holds. */
export const recordCount = (body: string | null): number => listOf(body).length

function listOf(body: string | null): readonly unknown[] {
  if (body === null || body.length > longest || !/^\s*[[{]/.test(body)) return []
  try {
    const json: unknown = JSON.parse(body)
    return Array.isArray(json) ? json : [json]
  } catch {
    // Cut in the middle, or not JSON: there is nothing to list.
    return []
  }
}

function numberOf(record: Readonly<Record<string, unknown>>): number | null {
  const value = ids.map((name) => record[name]).find((each) => Number.isSafeInteger(Number(each)) && each)
  return value === undefined ? null : Number(value)
}

function labelOf(record: Readonly<Record<string, unknown>>): string {
  const value = labels.map((name) => record[name]).find((each) => typeof each === 'string' && each !== '')
  return typeof value === 'string' ? value.slice(0, 120) : ''
}
