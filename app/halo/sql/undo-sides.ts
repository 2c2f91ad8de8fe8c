import { type Fault, fault } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import { labelOfHalo } from '../../model/halo-labels.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Known } from '../destination.ts'
import type { Made } from '../undo.ts'
import { planners } from './batch.ts'
import type { Context } from './context.ts'
import { isInsert, type Planned, type RowPlan, rowKey } from './rows.ts'
import { type Found, findStanding, type Pair, pairUp, type Standing } from './undo-pairs.ts'

/** One record as it was written beside what Halo has. `trouble`: why they cannot be the same. */
export type Side = {
  readonly standing: Standing
  readonly pairs: readonly Pair[]
  /** Contacts and sites that were made for it. */
  readonly beside: readonly Pair[]
  readonly trouble: Fault | null
}
export type Sides = { readonly records: readonly Side[]; readonly keys: ReadonlyMap<RowPlan, number> }

/** Plans a batch as it was written, and lays it beside what Halo has. */
export async function laySideBySide<E extends Entity>(
  context: Context,
  entity: E,
  batch: readonly Made<HaloRecord[E]>[],
): Promise<Sides> {
  const found = await findStanding(context, entity, batch)
  const known: Known<HaloRecord[E]>[] = batch.map(({ record }) => ({ record, haloId: null }))
  const planned = await planners[entity](context, known)
  const records = batch.map((one, at) => sideOf(context, one, found, at, planned[at]))
  const pairs = records.flatMap((side) => [...side.pairs, ...side.beside])
  const keys = new Map(pairs.map(({ plan, row }) => [plan, rowKey(plan.table, row)]))
  return { records, keys }
}

/** What a person calls it. */
export const labelOf = (record: HaloRecord[Entity]): string =>
  'number' in record ? record.number : record.name

function sideOf(
  { schema }: Context,
  made: Made<HaloRecord[Entity]>,
  found: Found,
  at: number,
  planned: Planned | undefined,
): Side {
  const standing = found.records[at] ?? null
  const side = { standing, pairs: [], beside: [], trouble: null }
  if (standing === null || !planned) return side
  if (!planned.ok) {
    const { code } = planned.fault
    return { ...side, trouble: changed(made.record, code === 'customer-missing' ? 'Customer' : '') }
  }
  const pairs: Pair[] = []
  const plans = planned.plan.rows.filter(isInsert)
  const own = plans.filter(({ table }) => standing.has(table.id))
  const unequal = pairUp(schema.tables, standing, own, pairs)
  if (unequal) return { ...side, trouble: changed(made.record, unequal) }
  return { standing, pairs, beside: pairBeside(made, found, plans), trouble: null }
}

/** The contact and the site that were made for a record, each with its row; one that is gone has none. */
function pairBeside(made: Made<unknown>, found: Found, plans: readonly RowPlan[]): Pair[] {
  const taken = new Set<RowPlan>()
  return made.beside.flatMap(({ table, id }) => {
    const there = found.beside.get(`${table}:${id}`)
    const plan = plans.find((one) => one.table === there?.table && !taken.has(one))
    if (!there || !plan) return []
    taken.add(plan)
    return [{ plan, row: there.row }]
  })
}

export const changed = (record: HaloRecord[Entity], field: string): Fault =>
  fault('undo-changed', { facts: { label: labelOf(record), field: labelOfHalo(field) ?? field } })
