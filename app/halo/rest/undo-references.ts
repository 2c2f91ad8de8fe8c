import { ok, type Result } from '../../model/fault.ts'
import { type Reference, referencesTo } from '../sql/references.ts'
import { wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { askReport } from './report.ts'

/**
 * From which table and column something in Halo refers to these rows, asked by reports: the API has no list for most of it. A column that this
 * Halo does not have refers to nothing; one that every Halo has must be told.
 */
export async function referredByReport(
  api: HaloApi,
  id: Parameters<typeof referencesTo>[0],
  keys: readonly number[],
): Promise<Result<ReadonlyMap<number, string>>> {
  const found = new Map<number, string>()
  for (const reference of referencesTo(id)) {
    const open = keys.filter((key) => !found.has(key))
    if (open.length === 0) break
    const told = await ask(api, reference, open)
    if (!told.ok) return told
    for (const key of told.value) found.set(key, `${reference.table}.${reference.column}`)
  }
  return ok(found)
}

async function ask(
  api: HaloApi,
  { table, column, isEverywhere }: Reference,
  keys: readonly number[],
): Promise<Result<readonly number[]>> {
  const rows = await askReport(api, { table, columns: { id: column }, where: column, keys })
  if (!rows.ok) return rows.fault.code === 'halo-refused' && !isEverywhere ? ok([]) : rows
  return ok(rows.value.flatMap((row) => wholeOf(row.id) ?? []))
}
