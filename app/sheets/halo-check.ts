import { setImmediate as turn } from 'node:timers/promises'
import type { Destination } from '../halo/destination.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import type { SheetRecord } from '../model/sheet/check.ts'
import type { ExistingChoice, ImportChoices } from '../model/sheet/choices.ts'
import type { HaloProblemCode } from '../model/sheet/halo-problems.ts'
import type { Problem } from '../model/sheet/problems.ts'
import type { Tenant } from '../model/tenant.ts'
import type { AskedRecord, ImportAsked } from '../store/import-asked.ts'
import type { RowRange } from '../store/import-problems.ts'
import type { Draft, WorkOptions } from './draft.ts'
import { findNear } from './halo-near.ts'
import { remembering } from './halo-remember.ts'
import { haloWords } from './halo-words.ts'
import { type Asking, type Resolved, resolve } from './resolve.ts'

export type HaloCheck = WorkOptions & {
  readonly draft: Draft
  readonly asked: ImportAsked
  readonly choices: ImportChoices
  readonly tenant: Tenant
  readonly destination: Pick<Destination, 'choices' | 'sheets'>
  readonly clock: Clock
}

/** Records looked up at once: a Halo reads a whole column through for each question, however many values it has. */
const batchRecords = 5000
/** Records read before others get their turn. */
const turnRecords = 500

/** What becomes of a record that is there, by the choice. */
const there: Readonly<Record<ExistingChoice, HaloProblemCode>> = {
  skip: 'there-left',
  update: 'there-updated',
  fill: 'there-filled',
}

/**
 * Asks Halo about the records of a checked draft, by the very look-up of the import: what they name and Halo does not have, or has more
 * than once; which of them are there already; names that may be meant. Its findings join those of the check. `changed`: only the records
 * of these rows, which were changed since Halo was asked about all. What another question may need is kept in the import's file, so that
 * no more of the sheet is in memory than one batch. Answers the fault of a Halo that does not answer, or null.
 */
export async function checkHalo(work: HaloCheck, changed?: readonly RowRange[]): Promise<Fault | null> {
  const { asked, choices, destination, clock } = work
  if (!destination.sheets) return null
  const ranges = changed && joined(changed)
  // Before anything is asked: what was found of these rows may be right no more.
  for (const range of ranges ?? slices(asked.lastRow())) {
    asked.clear(range)
    if (!ranges) await turn()
    if (work.signal?.aborted) return fault('cancelled')
  }
  const asking = remembering(destination, destination.sheets, asked, choices.plan.entity, clock)
  const words = await haloWords(destination, choices.plan, work.tenant)
  if (!words.ok) return words.fault
  let count = 0
  for (const range of ranges ?? [everything]) {
    for await (const batch of batchesOf(work, range)) {
      const trouble = await askAbout(work, asking, batch, words.value)
      if (trouble) return trouble
      count += batch.reduce((rows, record) => rows + record.rows.length, 0)
      work.onProgress?.(count)
      await turn()
      if (work.signal?.aborted) return fault('cancelled')
    }
  }
  asked.markSame(choices.plan.identifier)
  for (const range of ranges ?? slices(asked.lastRow())) {
    asked.markThere(choices.plan.identifier, there[choices.existing], range)
    if (ranges) continue
    await turn()
    if (work.signal?.aborted) return fault('cancelled')
  }
  return findNear(work, destination.sheets, ranges)
}

const everything: RowRange = { from: 1, to: Number.MAX_SAFE_INTEGER }

/** In order, and none twice. */
function joined(ranges: readonly RowRange[]): readonly RowRange[] {
  const all: RowRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && range.from <= last.to) all[all.length - 1] = { ...last, to: Math.max(last.to, range.to) }
    else all.push(range)
  }
  return all
}

/** Rows up to the last, in pieces that leave others their turn. */
const slices = (last: number): readonly RowRange[] =>
  Array.from({ length: Math.ceil(last / sliceRows) }, (_, at) => ({
    from: at * sliceRows + 1,
    to: (at + 1) * sliceRows,
  }))
const sliceRows = 20_000

async function* batchesOf(
  { draft, choices }: HaloCheck,
  { from, to }: RowRange,
): AsyncGenerator<SheetRecord[]> {
  let batch: SheetRecord[] = []
  for (const record of draft.records(choices.plan, from - 1, to)) {
    batch.push(record)
    if (batch.length % turnRecords === 0) await turn()
    if (batch.length < batchRecords) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function askAbout(
  { asked, choices, signal }: HaloCheck,
  asking: Asking,
  batch: readonly SheetRecord[],
  wordsOf: (record: SheetRecord) => readonly Problem[],
): Promise<Fault | null> {
  const resolved = await resolve(asking, choices, batch)
  if (!resolved.ok) return resolved.fault
  // The rows may have been changed while Halo was looking.
  if (signal?.aborted) return fault('cancelled')
  const found = resolved.value.records.map((one) => ({
    one,
    problems: [...one.problems, ...wordsOf(one.source)],
  }))
  for (let at = 0; at < found.length; at += turnRecords) {
    const some = found.slice(at, at + turnRecords)
    asked.add(
      some.map(({ one, problems }) => summary(one, problems)),
      some.flatMap(({ problems }) => problems),
    )
    await turn()
    if (signal?.aborted) return fault('cancelled')
  }
  return null
}

function summary({ source, haloId }: Resolved, problems: readonly Problem[]): AskedRecord {
  const errors = problems.filter((one) => one.severity === 'error').length
  return { firstRow: source.row, haloId, errors, warnings: problems.length - errors }
}
