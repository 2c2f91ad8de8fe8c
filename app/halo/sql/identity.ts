import type { Known } from '../destination.ts'
import { type Context, groupBy, rowsBy } from './context.ts'
import type { LiveTable, Row, Value } from './dialect.ts'
import { rowKey } from './rows.ts'

/** The columns that say which Commerce record a row is. */
export type Identity = { readonly id: string; readonly tenant: string; readonly url: string }

const hostOf = (url: Value): string | null =>
  typeof url === 'string' && URL.canParse(url) ? new URL(url).host : null

/** A row is ours when it carries our tenant; one without a tenant may be (Halo's own integration once had only one), unless its link leads to another instance. */
function isOurs(row: Row, identity: Identity, tenant: number, url: string | null): 'yes' | 'maybe' | 'no' {
  const owner = row[identity.tenant]
  if (owner === tenant) return 'yes'
  if (owner !== null && owner !== undefined) return 'no'
  const theirs = hostOf(row[identity.url] ?? null)
  const ours = hostOf(url)
  return theirs !== null && ours !== null && theirs !== ours ? 'no' : 'maybe'
}

/**
 * Picks a record's row from those with its Commerce id: the one known by key if it still is this record's, else the oldest of this
 * tenant, else a row without a tenant when there is exactly one.
 */
export function pickOwned(
  table: LiveTable,
  identity: Identity,
  rows: readonly Row[],
  tenant: number,
  url: string | null,
  haloId: number | null,
): Row | null {
  const candidates = rows.map((row) => ({ row, owned: isOurs(row, identity, tenant, url) }))
  const usable = candidates.filter(({ owned }) => owned !== 'no')
  const known = usable.find(({ row }) => haloId !== null && rowKey(table, row) === haloId)
  if (known) return known.row
  const own = usable.find(({ owned }) => owned === 'yes')
  if (own) return own.row
  return usable.length === 1 ? (usable[0]?.row ?? null) : null
}

/** Finds the rows of a batch by Commerce id, or by key where there is none: one row or null a record, in order. */
export async function findOwned(
  context: Context,
  table: LiveTable,
  columns: readonly string[],
  identity: Identity,
  batch: readonly Known<{ readonly commerceId: number; readonly url: string }>[],
): Promise<(Row | null)[]> {
  if (context.anew) return batch.map(() => null)
  const ids = batch.flatMap(({ record }) => (record.commerceId < 0 ? [] : record.commerceId))
  const rows = groupBy(await rowsBy(context, table, columns, identity.id, ids), identity.id)
  const keyed = await rowsByKey(context, table, columns, batch)
  return batch.map(({ record, haloId }) =>
    record.commerceId < 0
      ? (keyed.get(haloId ?? 0) ?? null)
      : pickOwned(table, identity, rows.get(record.commerceId) ?? [], context.tenant, record.url, haloId),
  )
}

/** The rows, by key, of the records that only their key tells. */
export async function rowsByKey(
  context: Context,
  table: LiveTable,
  columns: readonly string[],
  batch: readonly Known<{ readonly commerceId: number }>[],
): Promise<Map<number, Row>> {
  const keys = batch.flatMap(({ record, haloId }) => (record.commerceId < 0 ? (haloId ?? []) : []))
  const rows = await rowsBy(context, table, columns, table.spec.key, keys)
  return new Map(rows.map((row) => [rowKey(table, row), row]))
}
