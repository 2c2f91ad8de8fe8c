import { setImmediate as turn } from 'node:timers/promises'
import type { Destination, Owner } from '../halo/destination.ts'
import type { Made, RemoveOutcome, SheetUndo } from '../halo/undo.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { HaloRecord } from '../model/halo.ts'
import type { OutcomeKind, RecordOutcome } from '../model/outcome.ts'
import type { SheetRecord } from '../model/sheet/check.ts'
import { type ImportChoices, keyFields } from '../model/sheet/choices.ts'
import { shapeRecord } from '../model/sheet/to-record.ts'
import type { Entity, Tenant } from '../model/tenant.ts'
import type { AsWritten, CreatedRecord, ImportUndone, UndoneKind } from '../store/import-undone.ts'
import type { Draft } from './draft.ts'
import { type Resolved, type ResolvedBatch, resolve } from './resolve.ts'

export type UndoWork = {
  readonly draft: Draft
  readonly undone: ImportUndone
  readonly choices: ImportChoices
  readonly tenant: Tenant
  readonly destination: Destination
  readonly owner: Owner
  /** Whether a sync keeps the record with this Commerce id up to date by now. */
  readonly isSynced: (commerceId: number) => boolean
  readonly signal: AbortSignal
  /** Told of each batch, after Halo has committed it. */
  readonly onBatch: (outcomes: readonly RecordOutcome[]) => void
}

/** Records looked up at once, and records taken back in one transaction (so many at most are met again after a crash, and found gone). */
const lookUpSize = 5000
const batchSize = 200

/**
 * What became of a record, in the words of a run: removed is 'updated', gone already 'unchanged', left alone 'skipped' (the screens say it
 * by the kind of the run, docs/decisions/127).
 */
const kinds: Readonly<Record<UndoneKind, OutcomeKind>> = {
  removed: 'updated',
  gone: 'unchanged',
  left: 'skipped',
}

/**
 * Takes back what an import created, the last first, where nothing else has touched it. It goes on where it stopped: what is taken back is
 * noted after each batch. Answers the fault that ended it early, or null.
 */
export async function undoImport(work: UndoWork): Promise<Fault | null> {
  const { undone, destination } = work
  const undo = destination.sheets?.undo
  const asWritten = undone.asWritten()
  if (!undo || !asWritten) return notPossible()
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const created = undone.open(before, lookUpSize)
    const first = created.at(-1)
    if (!first) return null
    const trouble = await undoPart(work, { undo, asWritten }, created.toReversed())
    if (trouble) return trouble
    before = first.row
  }
}

type How = { readonly undo: SheetUndo; readonly asWritten: AsWritten }

/** The last batch first: what was made for a record may be what a later one uses. */
async function undoPart(work: UndoWork, how: How, created: readonly CreatedRecord[]): Promise<Fault | null> {
  const resolved = await resolve(work.destination, work.choices, recordsOf(work, created))
  if (!resolved.ok) return resolved.fault
  for (let end = created.length; end > 0; end -= batchSize) {
    // A thread that never waits hears no cancel.
    await turn()
    if (work.signal.aborted) return fault('cancelled')
    const batch = created.slice(Math.max(0, end - batchSize), end)
    const trouble = await undoBatch(work, how, resolved.value, batch)
    if (trouble) return trouble
  }
  return null
}

/** Of an import of an older version of this program, or into a Halo that takes nothing back. */
const notPossible = (): Fault =>
  fault('input-invalid', {
    facts: { field: 'import', problem: 'What it created cannot be told from what was changed since.' },
  })

async function undoBatch(
  work: UndoWork,
  { undo, asWritten: { own, mapping } }: How,
  { records, refs }: ResolvedBatch,
  created: readonly CreatedRecord[],
): Promise<Fault | null> {
  const { choices, owner } = work
  const { entity } = choices.plan
  const byRow = new Map(records.map((one) => [one.source.row, one]))
  const isLeft = (one: CreatedRecord): boolean => {
    const source = byRow.get(one.row)?.source
    return !source || work.isSynced(commerceIdOf(source))
  }
  const mine = created.filter((one) => !isLeft(one))
  const made = mine.map((one): Made<HaloRecord[Entity]> => {
    const { source, refs: named } = byRow.get(one.row) as Resolved
    const { record } = shapeRecord(entity, source, named, { ...work.tenant, mapping })
    return { record, haloId: one.haloId, beside: one.beside }
  })
  const options = { owner, own, refs, defaultGroup: mapping.defaultGroup }
  const removed = await undo.remove(entity, made, options)
  if (!removed.ok) return removed.fault
  const outcomes = new Map(mine.map((one, at) => [one.row, removed.value[at]]))
  keep(work, byRow, created, outcomes)
  return null
}

/** The records of the sheet that begin at these rows. */
function recordsOf({ draft, choices }: UndoWork, created: readonly CreatedRecord[]): SheetRecord[] {
  const wanted = new Set(created.map(({ row }) => row))
  const [first, last] = [created[0]?.row ?? 1, created.at(-1)?.row ?? 0]
  const found: SheetRecord[] = []
  for (const record of draft.records(choices.plan, first - 1)) {
    if (record.row > last) break
    if (wanted.has(record.row)) found.push(record)
  }
  return found
}

const commerceIdOf = ({ values }: SheetRecord): number => Number(values.commerceId ?? 0)

/** Notes what became of a batch, and tells of it. */
function keep(
  { undone, choices, onBatch }: UndoWork,
  byRow: ReadonlyMap<number, Resolved>,
  created: readonly CreatedRecord[],
  outcomes: ReadonlyMap<number, RemoveOutcome | undefined>,
): void {
  const { entity } = choices.plan
  const told = created.map((one): RecordOutcome & { readonly undone: UndoneKind } => {
    const source = byRow.get(one.row)?.source
    const { number, name } = keyFields[entity]
    const label = String(source?.values[number] ?? source?.values[name] ?? `Row ${one.row}`)
    const { kind, fault: why } = outcomes.get(one.row) ?? {
      kind: 'left' as const,
      fault: fault('undo-synced', { facts: { label } }),
    }
    const commerceId = (source && commerceIdOf(source)) || -one.row
    const base = { entity, commerceId, label, haloId: one.haloId, notes: [], changes: [] }
    return { ...base, kind: kinds[kind], fault: why, undone: kind }
  })
  undone.add(told.map((one, at) => ({ row: created[at]?.row ?? 0, kind: one.undone, fault: one.fault })))
  onBatch(told.map(({ undone: _, ...outcome }) => outcome))
}
