import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Known, WriteOutcome } from '../destination.ts'
import type { MadeRow } from '../undo.ts'
import { applyPlans } from './apply.ts'
import type { Context, Planner } from './context.ts'
import { planCustomers } from './customers.ts'
import { planOrders } from './orders.ts'
import { planProducts } from './products.ts'
import { planQuotes } from './quotes.ts'
import { changesOf, isInsert, kindOf, type Planned, type RecordPlan } from './rows.ts'

/** Exported for the undoing of an import, which plans what was written once more. */
export const planners: { readonly [E in Entity]: Planner<E> } = {
  customers: planCustomers,
  products: planProducts,
  quotes: planQuotes,
  salesOrders: planOrders,
}

/** A batch in one transaction's session. A fault of the answer is the whole batch's; each record's own trouble is in its outcome. */
export async function writeBatch<E extends Entity>(
  context: Context,
  entity: E,
  batch: readonly Known<HaloRecord[E]>[],
): Promise<Result<WriteOutcome[]>> {
  const outcomes: WriteOutcome[] = []
  for (const part of withoutRepeats(batch)) {
    const written = await writePart(context, planners[entity], part)
    if (!written.ok) return written
    outcomes.push(...written.value)
  }
  return ok(outcomes)
}

/**
 * A batch in one transaction; and when the database has ended that transaction for the sake of one record (SQL Server does so for some
 * refusals, savepoint or not), each record in one of its own.
 */
export async function togetherOrApart<R extends { readonly commerceId: number }>(
  batch: readonly Known<R>[],
  write: (part: readonly Known<R>[]) => Promise<Result<WriteOutcome[]>>,
): Promise<Result<WriteOutcome[]>> {
  const together = await write(batch)
  if (together.ok || together.fault.side !== 'halo' || !isOneRecords(together.fault)) return together
  const outcomes: WriteOutcome[] = []
  for (const known of batch) {
    const alone = batch.length === 1 ? together : await write([known])
    if (alone.ok) outcomes.push(...alone.value)
    else if (isOneRecords(alone.fault)) outcomes.push(failed(known.record.commerceId, alone.fault))
    else return alone
  }
  return ok(outcomes)
}

/**
 * When the database finds a text too long that fitted into its column as this program knows it, the column was shortened meanwhile, and the database may not
 * say which: its dictionary is read again (`readAgain`) and these records are written once more. Now the text is cut, where it may be, or its fault names
 * column, length and limit.
 */
export async function withFreshLengths<R>(
  batch: readonly Known<R>[],
  write: (part: readonly Known<R>[]) => Promise<Result<WriteOutcome[]>>,
  readAgain: () => Promise<Result<unknown>>,
): Promise<Result<WriteOutcome[]>> {
  const written = await write(batch)
  if (!written.ok) return written
  const places = written.value.flatMap(({ fault: trouble }, at) => (isDatabases(trouble) ? [at] : []))
  if (places.length === 0) return written
  const read = await readAgain()
  if (!read.ok) return read
  const again = await write(places.flatMap((at) => batch[at] ?? []))
  if (!again.ok) return again
  const anew = new Map(places.map((at, nth) => [at, again.value[nth]]))
  return ok(written.value.map((outcome, at) => anew.get(at) ?? outcome))
}

/** Said by the database, which adds its own code, and not by this program before. */
const isDatabases = (trouble: Fault | null): boolean =>
  trouble?.code === 'halo-value-too-long' && trouble.facts?.code !== undefined

/** Parts in which each Commerce id occurs once: a record that comes twice must find what its first coming made. */
function withoutRepeats<R extends { readonly commerceId: number }>(batch: readonly Known<R>[]): Known<R>[][] {
  const parts: Known<R>[][] = []
  let part: Known<R>[] = []
  let seen = new Set<number>()
  for (const known of batch) {
    if (seen.has(known.record.commerceId)) {
      parts.push(part)
      part = []
      seen = new Set()
    }
    seen.add(known.record.commerceId)
    part.push(known)
  }
  return part.length === 0 ? parts : [...parts, part]
}

async function writePart<E extends Entity>(
  context: Context,
  planner: Planner<E>,
  part: readonly Known<HaloRecord[E]>[],
): Promise<Result<WriteOutcome[]>> {
  const planned = await planner(context, part)
  const isPreview = context.overlay !== null
  if (!isPreview) {
    const applied = await applyAll(context, planned)
    if (!applied.ok) return isOneRecords(applied.fault) ? writeOneByOne(context, planner, part) : applied
  }
  return ok(planned.map((one, at) => outcomeOf(part[at]?.record.commerceId ?? 0, one, isPreview)))
}

const plansOf = (planned: readonly Planned[]): RecordPlan[] =>
  planned.flatMap((one) => (one.ok ? one.plan : []))

function applyAll(context: Context, planned: readonly Planned[]): Promise<Result<null>> {
  const plans = plansOf(planned)
  const isIdle = plans.every((plan) => kindOf(plan) === 'unchanged')
  if (isIdle) return Promise.resolve(ok(null))
  return context.session.attempt(() => applyPlans(context.session, context.schema, plans))
}

/** Trouble of one record (a value that the database refuses) and not of the database as a whole. */
const isOneRecords = (trouble: Fault): boolean => trouble.next === 'stop'

/** The slow way, after the database has refused something: each record planned anew and written in a savepoint of its own. */
async function writeOneByOne<E extends Entity>(
  context: Context,
  planner: Planner<E>,
  part: readonly Known<HaloRecord[E]>[],
): Promise<Result<WriteOutcome[]>> {
  const outcomes: WriteOutcome[] = []
  for (const known of part) {
    const { commerceId } = known.record
    const [planned] = await planner(context, [known])
    if (!planned) return fail(fault('bug', { raw: 'A record was not planned.' }))
    const applied = await applyAll(context, [planned])
    if (!applied.ok && !isOneRecords(applied.fault)) return applied
    outcomes.push(applied.ok ? outcomeOf(commerceId, planned, false) : failed(commerceId, applied.fault))
  }
  return ok(outcomes)
}

const failed = (commerceId: number, trouble: Fault): WriteOutcome => ({
  commerceId,
  kind: 'failed',
  haloId: null,
  fault: trouble,
  notes: [],
  changes: [],
})

function outcomeOf(commerceId: number, planned: Planned, isPreview: boolean): WriteOutcome {
  if (!planned.ok) return failed(commerceId, planned.fault)
  const { plan } = planned
  const kind = kindOf(plan)
  const beside = kind === 'created' && !isPreview ? besideOf(plan) : []
  return {
    commerceId,
    kind,
    haloId: plan.main.key,
    fault: null,
    notes: plan.notes,
    ...(beside.length > 0 && { beside }),
    changes: kind === 'updated' || (kind === 'created' && isPreview) ? changesOf(plan) : [],
  }
}

/** Contacts and sites that a quote or an order had made; a customer's own are part of it. */
function besideOf({ main, rows }: RecordPlan): MadeRow[] {
  if (main.table.id !== 'quote' && main.table.id !== 'order') return []
  const made: MadeRow[] = []
  for (const row of rows) {
    const isBeside = row.table.id === 'user' || row.table.id === 'site'
    if (isBeside && isInsert(row)) made.push({ table: row.table.spec.name, id: row.key ?? 0 })
  }
  return made
}
