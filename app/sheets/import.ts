import { setImmediate as turn } from 'node:timers/promises'
import type { Destination, ExistingRule, Owner, WriteOptions, WriteOutcome } from '../halo/destination.ts'
import { type Fault, fault, ok, type Result } from '../model/fault.ts'
import type { HaloRecord } from '../model/halo.ts'
import type { OutcomeKind, RecordOutcome } from '../model/outcome.ts'
import type { SheetRecord } from '../model/sheet/check.ts'
import { type ExistingChoice, type ImportChoices, keyFields } from '../model/sheet/choices.ts'
import { sheetField } from '../model/sheet/fields.ts'
import { problemWords } from '../model/sheet/problems.ts'
import { shapeRecord } from '../model/sheet/to-record.ts'
import type { Entity, Tenant } from '../model/tenant.ts'
import type { ImportDone } from '../store/import-done.ts'
import type { ImportUndone } from '../store/import-undone.ts'
import { noteAsWritten } from './as-written.ts'
import type { Draft } from './draft.ts'
import { type Resolved, type ResolvedBatch, resolve } from './resolve.ts'

export type ImportWork = {
  readonly draft: Draft
  readonly done: ImportDone
  readonly choices: ImportChoices
  readonly tenant: Tenant
  readonly destination: Destination
  readonly owner: Owner
  /** A preview writes nothing, neither to Halo nor to `done`. */
  readonly mode: 'write' | 'preview'
  readonly signal: AbortSignal
  /** Where what an undo needs is noted; left out: this import cannot be undone. */
  readonly undone?: ImportUndone
  /** Told of each batch, after Halo has committed it. */
  readonly onBatch: (outcomes: readonly RecordOutcome[]) => void
}

/** Records looked up at once, and records in one Halo transaction (so many at most are met again after a crash). */
const lookUpSize = 5000
const batchSize = 200

/**
 * Imports the records of a draft, or previews it. It goes on after the last record that is done, so one that was cut off is simply called
 * again: a batch that Halo had committed and `done` had not is met again, found in Halo by its key, and written as what it is.
 * Answers the fault that ended it early, or null.
 */
export async function importDraft(work: ImportWork): Promise<Fault | null> {
  const after = work.mode === 'write' ? work.done.lastRow() : 0
  let records: SheetRecord[] = []
  for (const record of work.draft.records(work.choices.plan, after)) {
    records.push(record)
    if (records.length < lookUpSize) continue
    const trouble = await importPart(work, records)
    if (trouble) return trouble
    records = []
  }
  return records.length === 0 ? null : importPart(work, records)
}

async function importPart(work: ImportWork, records: readonly SheetRecord[]): Promise<Fault | null> {
  const resolved = await resolve(work.destination, work.choices, records)
  if (!resolved.ok) return resolved.fault
  for (let at = 0; at < records.length; at += batchSize) {
    // A thread that never waits hears no cancel.
    await turn()
    if (work.signal.aborted) return fault('cancelled')
    const trouble = await importBatch(work, resolved.value, at)
    if (trouble) return trouble
  }
  return null
}

async function importBatch(
  work: ImportWork,
  { records, refs }: ResolvedBatch,
  at: number,
): Promise<Fault | null> {
  const { entity } = work.choices.plan
  const batch = records.slice(at, at + batchSize)
  const twice = new Set(
    work.draft.problems
      .ofRows(batch.map(({ source }) => source.row))
      .flatMap((one) => (one.code === 'twice-in-file' ? one.row : [])),
  )
  const good = batch.filter((one) => !hasError(one) && !twice.has(one.source.row))
  const written = await writeAll(work, entity, good, refs)
  if (!written.ok) return written.fault
  const byRow = new Map(good.map((one, index) => [one.source.row, written.value[index]]))
  const outcomes = batch.map((one) => outcomeOf(work, entity, one, byRow.get(one.source.row), twice))
  if (work.mode === 'write') {
    work.done.add(
      outcomes.map(({ kind, haloId, fault: why }, index) => ({
        row: batch[index]?.source.row ?? 0,
        kind,
        haloId,
        fault: why,
        ...besideOf(byRow.get(batch[index]?.source.row ?? 0)),
      })),
    )
  }
  work.onBatch(outcomes)
  if (work.mode === 'preview') return null
  const made = good.flatMap((one, index) => {
    const outcome = written.value[index]
    return outcome && 'kind' in outcome && outcome.kind === 'created' ? [{ one, written: outcome }] : []
  })
  return noteAsWritten(work, made, refs)
}

const besideOf = (written: Written | undefined): Pick<WriteOutcome, 'beside'> =>
  written && 'beside' in written && written.beside ? { beside: written.beside } : {}

const hasError = ({ source, problems }: Resolved): boolean =>
  [...source.problems, ...problems].some((one) => one.severity === 'error')

/** What one record came to; `left` when it was there already and is not to be touched. */
type Written = WriteOutcome | { readonly left: number | null }

async function writeAll<E extends Entity>(
  work: ImportWork,
  entity: E,
  good: readonly Resolved[],
  refs: ResolvedBatch['refs'],
): Promise<Result<readonly Written[]>> {
  const known = good.map((one) => ({
    record: shapeRecord(entity, one.source, one.refs, work.tenant).record as HaloRecord[E],
    haloId: one.haloId,
  }))
  const options: WriteOptions = {
    owner: work.owner,
    mode: work.mode,
    defaultGroup: work.tenant.mapping.defaultGroup,
    createItemsFromQuotes: false,
    existing: rules[work.choices.existing],
    refs,
  }
  const isLeft = await leftAlone(work, entity, known, options)
  if (!isLeft.ok) return isLeft
  const wanted = known.filter((_, index) => isLeft.value[index] === undefined)
  const written = wanted.length === 0 ? ok([]) : await work.destination.write(entity, wanted, options)
  if (!written.ok) return written
  let next = 0
  return ok(
    isLeft.value.map((left) => (left === undefined ? (written.value[next++] as WriteOutcome) : { left })),
  )
}

const rules: Readonly<Record<ExistingChoice, ExistingRule>> = {
  skip: 'never empty',
  update: 'never empty',
  fill: 'fill only',
}

/** For each record, the Halo id of the one that is to be left alone; undefined for one to write. */
async function leftAlone<E extends Entity>(
  { choices, destination }: ImportWork,
  entity: E,
  known: readonly { readonly record: HaloRecord[E]; readonly haloId: number | null }[],
  options: WriteOptions,
): Promise<Result<readonly (number | null | undefined)[]>> {
  if (choices.existing !== 'skip') return ok(known.map(() => undefined))
  // Whether a Commerce id is in Halo only the destination can tell: a preview of the write does.
  const asked = known.filter(({ record, haloId }) => haloId === null && record.commerceId > 0)
  const preview =
    asked.length === 0 ? ok([]) : await destination.write(entity, asked, { ...options, mode: 'preview' })
  if (!preview.ok) return preview
  const there = new Map(
    preview.value.flatMap((one) =>
      one.kind === 'created' || one.kind === 'failed' ? [] : [[one.commerceId, one.haloId]],
    ),
  )
  return ok(known.map(({ record, haloId }) => haloId ?? there.get(record.commerceId) ?? undefined))
}

function outcomeOf(
  { choices, mode }: ImportWork,
  entity: Entity,
  one: Resolved,
  written: Written | undefined,
  twice: ReadonlySet<number>,
): RecordOutcome {
  const { source } = one
  const commerceId = Number(source.values.commerceId ?? 0) || -source.row
  const label = labelOf(choices, source)
  const base = { entity, commerceId, label, haloId: one.haloId, notes: [], changes: [] }
  if (!written) return { ...base, kind: 'failed', fault: whyNot(choices, one, twice) }
  if ('left' in written) return { ...base, kind: 'skipped', haloId: written.left, fault: null }
  const { kind, haloId, changes, notes } = written
  const isToldWhole = mode === 'preview' || kind === 'updated'
  return {
    ...base,
    kind: kind satisfies OutcomeKind,
    haloId,
    notes,
    changes: isToldWhole ? changes : [],
    fault: written.fault,
  }
}

const labelOf = ({ plan }: ImportChoices, { values, row }: SheetRecord): string => {
  const { number, name } = keyFields[plan.entity]
  return String(values[number] ?? values[name] ?? `Row ${row}`)
}

function whyNot({ plan }: ImportChoices, { source, problems }: Resolved, twice: ReadonlySet<number>): Fault {
  const first = [...source.problems, ...problems].find((one) => one.severity === 'error')
  const row = first?.row ?? source.row
  if (!first) {
    const code = twice.has(source.row) ? 'it is in the file twice' : 'it was not written'
    return fault('row-invalid', { facts: { row, problem: code } })
  }
  const field = first.field === null ? null : sheetField(plan.entity, first.field, plan.custom)
  const more = { most: field?.maxLength ?? null, words: field?.choices.map((one) => one.word) ?? [] }
  const words = problemWords[first.code].what(field?.label ?? '', first, more)
  return fault('row-invalid', { facts: { row, problem: words.replace(/[.]$/, '') } })
}
