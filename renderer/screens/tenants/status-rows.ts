import { statusesOf } from '../../words.ts'
import type { StatusCount } from './mapping-asks.ts'

/** A Commerce status in the mapping table. Key -1 stands for "Commerce sent none" (app/model/map/status.ts). */
export type StatusRow = { readonly key: string; readonly records: number; readonly isUnmapped: boolean }

/** All statuses that Commerce has, are in use or are mapped: those in use without an entry first, most records on top. */
export function statusRows(
  entity: 'quotes' | 'salesOrders',
  counts: readonly StatusCount[],
  map: Readonly<Record<string, number | null>>,
): StatusRow[] {
  const used = new Map(counts.map(({ status, count }) => [String(status ?? -1), count]))
  const keys = new Set([
    ...statusesOf(entity).map(([status]) => String(status)),
    ...used.keys(),
    ...Object.keys(map),
  ])
  const rows = [...keys].map((key) => {
    const records = used.get(key) ?? 0
    return { key, records, isUnmapped: records > 0 && !Object.hasOwn(map, key) }
  })
  return rows.sort(
    (a, b) =>
      Number(b.isUnmapped) - Number(a.isUnmapped) ||
      (a.isUnmapped ? b.records - a.records : 0) ||
      Number(a.key) - Number(b.key),
  )
}

/** The map with one status set: an id of Halo, null for "leave alone", undefined for not mapped. */
export function withStatus(
  map: Readonly<Record<string, number | null>>,
  key: string,
  to: number | null | undefined,
): Record<string, number | null> {
  const others = Object.entries(map).filter(([status]) => status !== key)
  return Object.fromEntries(to === undefined ? others : [...others, [key, to]])
}
