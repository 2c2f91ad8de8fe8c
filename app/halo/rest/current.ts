import { ok, type Result } from '../../model/fault.ts'
import { type HaloObject, idOf, readOne } from './answers.ts'
import type { Context } from './context.ts'
import { type MappedColumns, readByReport } from './details.ts'
import type { Owned, OwnedKind } from './find.ts'
import { besideEachOther, ownedRow, placeOf } from './find-lists.ts'
import { pickOwned } from './whose.ts'

type Wanted = {
  readonly record: { readonly commerceId: number; readonly url?: string }
  readonly haloId: number | null
}

/** From this many on, a few report questions are cheaper than a GET for each record. */
const worthReport = 4

/** What Halo has of each record of a batch, with all details; null for one that is not there. `mapped`: columns of clients beyond the usual ones. */
export async function currentOf(
  context: Context,
  kind: OwnedKind,
  batch: readonly Wanted[],
  mapped: MappedColumns = {},
): Promise<Result<(HaloObject | null)[]>> {
  if (context.isAnew) return ok(batch.map(() => null))
  // Where only lists can tell, a record whose key is known is asked for by it: that may save a walk through all of them.
  const known =
    context.finder.way === 'lists' ? await readKnown(context, kind, batch) : ok(batch.map(() => null))
  if (!known.ok) return known
  const open = batch.filter(({ record }, at) => record.commerceId > 0 && !known.value[at])
  const rows = await context.finder.owned(
    kind,
    open.map(({ record }) => record.commerceId),
  )
  if (!rows.ok) return rows
  const byId = Map.groupBy(rows.value, (row) => row.commerceId)
  const keys = batch.map((wanted, at) => {
    if (known.value[at]) return null
    // A record that Commerce does not know is told by Halo's key alone.
    if (wanted.record.commerceId < 0) return wanted.haloId
    return pick(context, kind, byId.get(wanted.record.commerceId) ?? [], wanted)?.haloId ?? null
  })
  const read = await readAll(
    context,
    kind,
    keys.filter((key) => key !== null),
    mapped,
  )
  if (!read.ok) return read
  return ok(keys.map((key, at) => (key === null ? (known.value[at] ?? null) : (read.value.get(key) ?? null))))
}

/** A product is its tenant's or nobody's: the number alone may be another integration's. */
function pick(
  { tenant }: Context,
  kind: OwnedKind,
  rows: readonly Owned[],
  { record, haloId }: Wanted,
): Owned | null {
  const own = kind === 'products' ? rows.filter((row) => row.tenant === tenant) : rows
  return pickOwned(own, { tenant, url: record.url ?? '', haloId })
}

async function readKnown(
  context: Context,
  kind: OwnedKind,
  batch: readonly Wanted[],
): Promise<Result<(HaloObject | null)[]>> {
  return besideEachOther(batch, async (wanted) => {
    if (wanted.haloId === null) return ok(null)
    const row = await readSingle(context, kind, wanted.haloId)
    if (!row.ok || row.value === null || wanted.record.commerceId < 0) return row
    const owned = ownedRow(kind, row.value).filter((one) => one.commerceId === wanted.record.commerceId)
    return ok(pick(context, kind, owned, wanted) ? row.value : null)
  })
}

async function readSingle(
  context: Context,
  kind: OwnedKind,
  haloId: number,
): Promise<Result<HaloObject | null>> {
  const answer = await context.api.get(`${placeOf(kind).path}/${haloId}`, { includedetails: true })
  return answer.ok ? ok(readOne(answer.value)) : answer
}

async function readAll(
  context: Context,
  kind: OwnedKind,
  keys: readonly number[],
  mapped: MappedColumns,
): Promise<Result<ReadonlyMap<number, HaloObject>>> {
  const { finder, memory } = context
  if (finder.way === 'reports' && memory.readsByReport && keys.length >= worthReport) {
    const told = await readByReport(context.api, kind, keys, mapped)
    if (told.ok) return told
    // A Halo of another version may lack a column; a GET tells what there is.
    if (told.fault.code !== 'halo-refused') return told
    memory.readsByReport = false
  }
  const rows = await besideEachOther(keys, (key) => readSingle(context, kind, key))
  if (!rows.ok) return rows
  return ok(new Map(rows.value.flatMap((row) => (row ? [[idOf(row) ?? 0, row] as const] : []))))
}
