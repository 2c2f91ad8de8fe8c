import { setImmediate as turn } from 'node:timers/promises'
import type { WriteOutcome } from '../halo/destination.ts'
import { type Fault, fault, ok } from '../model/fault.ts'
import type { RecordOutcome } from '../model/outcome.ts'
import type { Entity } from '../model/tenant.ts'
import type { SourceRow } from '../store/sources.ts'
import { keepAdopted, madeFor } from './adopt.ts'
import type { SyncContext } from './context.ts'
import { type Prepared, prepare, rootOf } from './prepare.ts'

/** Records in one Halo transaction, and at most so many are written again after a crash. */
const batchSize = 200

/**
 * Maps and writes every dirty record of an entity, in id order, a batch at a time: Halo commits first, then the store keeps what became
 * of the batch and forgets that it was dirty. A crash between the two repeats the batch, and Halo finds its own records again.
 * A fault ends the entity; what was written stays.
 */
export async function writeEntity(ctx: SyncContext, entity: Entity): Promise<Fault | null> {
  const { store, tenant, progress } = ctx
  const root = rootOf[entity]
  progress.phase('writing', entity)
  progress.toWrite(store.sources.dirtyCount(tenant.id, root))
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    // SQLite answers without the event loop turning: without a turn here a cancel would not be heard before the last record.
    await turn()
    if (ctx.signal.aborted) return fault('cancelled')
    const rows = store.sources.dirtyBatch(tenant.id, root, after, batchSize)
    const last = rows.at(-1)
    if (!last) return null
    after = last.id
    const trouble = await writeBatch(ctx, entity, prepare(ctx, entity, notYetTold(ctx, entity, rows)))
    if (trouble) return trouble
    progress.phase('writing', entity)
  }
}

/** In a preview, what has not been told of; else all. */
function notYetTold(ctx: SyncContext, entity: Entity, rows: readonly SourceRow[]): readonly SourceRow[] {
  if (ctx.kind !== 'preview') return rows
  const fresh = rows.filter((row) => !ctx.previewed.has(`${rootOf[entity]}:${row.id}`))
  for (const row of fresh) ctx.previewed.add(`${rootOf[entity]}:${row.id}`)
  return fresh
}

async function writeBatch<E extends Entity>(
  ctx: SyncContext,
  entity: E,
  batch: readonly Prepared<E>[],
): Promise<Fault | null> {
  const wanted = batch.flatMap(({ step, known }) =>
    step.do === 'write' ? [{ record: step.record, haloId: known?.haloId ?? null }] : [],
  )
  const madeHere = madeFor(
    ctx,
    entity,
    wanted.map(({ record }) => record),
  )
  const writes = wanted.map((known) => ({ ...known, ...madeHere(known.record) }))
  const written =
    writes.length === 0
      ? ok([])
      : await ctx.destination.write(entity, writes, {
          owner: ctx.owner,
          mode: ctx.kind === 'preview' ? 'preview' : 'write',
          defaultGroup: ctx.tenant.mapping.defaultGroup,
          createItemsFromQuotes: ctx.tenant.mapping.createItemsFromQuotes,
        })
  if (!written.ok) return written.fault
  keep(ctx, entity, batch, written.value)
  return null
}

function keep<E extends Entity>(
  ctx: SyncContext,
  entity: E,
  batch: readonly Prepared<E>[],
  written: readonly WriteOutcome[],
): void {
  const byId = new Map(written.map((outcome) => [outcome.commerceId, outcome]))
  const outcomes = batch.map((one) => outcomeOf(entity, one, byId.get(one.id)))
  ctx.store.inTransaction(() => {
    ctx.store.runs.addOutcomes(ctx.runId, outcomes)
    if (ctx.kind === 'preview') return
    ctx.store.records.putOutcomes(
      ctx.tenant.id,
      ctx.runId,
      batch.map((one, index) => recordWrite(one, outcomes[index] as RecordOutcome)),
    )
    if (entity === 'quotes') endChoices(ctx, batch, outcomes)
    keepAdopted(ctx, entity, batch, outcomes)
    keepFailures(ctx, entity, outcomes)
    ctx.store.sources.clean(
      ctx.tenant.id,
      rootOf[entity],
      batch.map((one) => one.id),
    )
  })
  for (const outcome of outcomes) {
    ctx.listed.get(entity)?.delete(outcome.commerceId)
    ctx.progress.count(entity, outcome.kind)
    if (outcome.kind === 'failed') ctx.progress.failed(outcome)
  }
}

function outcomeOf<E extends Entity>(
  entity: E,
  one: Prepared<E>,
  written: WriteOutcome | undefined,
): RecordOutcome {
  const base = { entity, commerceId: one.id, label: one.shown.label, fault: null, changes: [] }
  switch (one.step.do) {
    case 'nothing':
      return { ...base, kind: 'unchanged', haloId: one.known?.haloId ?? null, notes: one.notes }
    case 'skip':
      return { ...base, kind: 'skipped', haloId: one.known?.haloId ?? null, notes: one.notes }
    case 'fail':
      return {
        ...base,
        kind: 'failed',
        haloId: one.known?.haloId ?? null,
        notes: one.notes,
        fault: one.step.fault,
      }
    case 'write': {
      if (!written) throw new Error(`The destination gave no outcome for ${entity} ${one.id}`)
      const { kind, haloId, changes } = written
      return { ...base, kind, haloId, changes, fault: written.fault, notes: [...one.notes, ...written.notes] }
    }
  }
}

function recordWrite<E extends Entity>(one: Prepared<E>, outcome: RecordOutcome) {
  const isIn = outcome.kind !== 'failed' && outcome.kind !== 'skipped'
  return {
    ...one.shown,
    entity: outcome.entity,
    commerceId: one.id,
    haloId: outcome.haloId,
    hash: isIn && one.step.do === 'write' ? one.step.hash : null,
    modifiedAt: one.modifiedAt,
    statusSeen: isIn ? one.shown.status : null,
    notes: outcome.notes,
    kind: outcome.kind,
    fault: outcome.fault,
  }
}

/** What a person chose for a quote is over once Commerce's own change of its status is in Halo. */
function endChoices(
  ctx: SyncContext,
  batch: readonly Prepared<Entity>[],
  outcomes: readonly RecordOutcome[],
): void {
  const written = batch.flatMap(({ id, shown }, at) =>
    outcomes[at]?.kind === 'failed' ? [] : [{ id, status: shown.status ?? -1 }],
  )
  ctx.store.statusChoices.end(ctx.tenant.id, written)
}

/** A failed record is kept with its reason and tried again later; a success (or a skip) closes its failure. */
function keepFailures(ctx: SyncContext, entity: Entity, outcomes: readonly RecordOutcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed' && outcome.fault) {
      const { commerceId, label } = outcome
      ctx.store.failures.record({
        tenantId: ctx.tenant.id,
        entity,
        commerceId,
        label,
        fault: outcome.fault,
        payload: null,
      })
    }
  }
  const closed = outcomes.filter((outcome) => outcome.kind !== 'failed').map((outcome) => outcome.commerceId)
  ctx.store.failures.succeed(ctx.tenant.id, entity, closed, ctx.runId)
}
