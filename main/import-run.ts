import type { Database } from 'better-sqlite3'
import type { Destination } from '../app/halo/destination.ts'
import { type Fault, fault } from '../app/model/fault.ts'
import { explain } from '../app/model/fault-words.ts'
import type { RecordOutcome, RunKind, RunProgress } from '../app/model/outcome.ts'
import type { Clock } from '../app/model/ports.ts'
import type { RunLogLine } from '../app/model/run-story.ts'
import type { ImportChoices } from '../app/model/sheet/choices.ts'
import type { Entity, Tenant } from '../app/model/tenant.ts'
import { type Draft, draftOf } from '../app/sheets/draft.ts'
import { checkHalo } from '../app/sheets/halo-check.ts'
import { importDraft } from '../app/sheets/import.ts'
import { undoImport } from '../app/sheets/undo.ts'
import { importAsked } from '../app/store/import-asked.ts'
import { importDone } from '../app/store/import-done.ts'
import { openImportFile } from '../app/store/import-file.ts'
import { importNotes } from '../app/store/import-notes.ts'
import { importUndone } from '../app/store/import-undone.ts'
import type { Store } from '../app/store/open.ts'
import { storeFault } from '../app/store/sqlite-fault.ts'
import { createProgress, type Progress } from '../app/sync/progress.ts'

export type ImportRun = {
  readonly runId: number
  readonly tenant: Tenant
  /** The import's own file: its rows and what was decided. */
  readonly file: string
  readonly mode: 'write' | 'preview' | 'undo'
  readonly store: Store
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly destination: Destination
  readonly isStopping: () => boolean
  readonly onStart: (progress: Progress) => void
  readonly onProgress: (progress: RunProgress) => void
  readonly onLog: (line: RunLogLine) => void
}

const kinds: Readonly<Record<ImportRun['mode'], RunKind>> = {
  write: 'import',
  preview: 'import-preview',
  undo: 'import-undo',
}

/** An import, its preview or its undo as a run, from its first record to its end: the run's row exists already; this ends it, whatever happens. */
export async function runImport(run: ImportRun): Promise<void> {
  const { store, runId, tenant, mode } = run
  const progress = createProgress(runId, tenant.id, {
    clock: run.clock,
    requests: () => 0,
    onChange: run.onProgress,
    onLog: run.onLog,
  })
  run.onStart(progress)
  progress.log('info', 'run began', { kind: kinds[mode] })
  const found = await perform(run, progress)
  const trouble = found?.code === 'cancelled' && run.isStopping() ? fault('interrupted') : found
  const { counts } = progress.now()
  const hasFailed = Object.values(counts).some((one) => one.failed > 0)
  const outcome =
    trouble?.code === 'cancelled' ? 'cancelled' : trouble ? 'stopped' : hasFailed ? 'partial' : 'done'
  progress.log(trouble && trouble.code !== 'cancelled' ? 'error' : 'info', 'run ended', {
    outcome,
    ...(trouble && { problem: explain(trouble).what }),
  })
  store.runs.end(runId, { outcome, fault: trouble, requests: 0, counts })
  progress.phase('ended', null)
  store.runs.keepStory(runId, progress.story())
}

async function perform(run: ImportRun, progress: Progress): Promise<Fault | null> {
  const { destination, tenant, mode, store, runId } = run
  const probed = await destination.probe()
  if (!probed.ok) return probed.fault
  const owner = await destination.owner(tenant.instanceUrl, mode === 'preview' ? 'preview' : 'write')
  if (!owner.ok) return owner.fault
  const db = openImportFile(run.file)
  try {
    const choices = importNotes(db).choices()
    if (!choices) return fault('bug', { raw: 'An import was started before it was decided what it does.' })
    const { entity } = choices.plan
    const draft = draftOf(db, run.clock)
    const done = importDone(db)
    const undone = importUndone(db)
    progress.phase('writing', entity)
    const shared = {
      ...{ draft, undone, choices, tenant, destination, signal: run.signal },
      owner: owner.value,
      onBatch: (outcomes: readonly RecordOutcome[]) => {
        store.runs.addOutcomes(runId, outcomes)
        for (const outcome of outcomes) {
          progress.count(entity, outcome.kind)
          if (outcome.kind === 'failed') progress.failed(outcome)
        }
      },
    }
    if (mode === 'undo') {
      progress.toWrite(undone.counts().open)
      return await undoImport({ ...shared, isSynced: (id) => isSynced(run, entity, id) })
    }
    const obstacle =
      mode === 'write' && done.lastRow() === 0 ? await notAllGood(run, draft, choices, db) : null
    if (obstacle) return obstacle
    progress.toWrite(draft.problems.counts().records - doneBefore(mode, done))
    return await importDraft({ ...shared, done, mode })
  } catch (error) {
    return storeFault(error, run.file) ?? bugOf(error)
  } finally {
    db.close()
  }
}

/** Asks Halo once more about all records, since the check may be old: what it finds is seen in the step of the check. */
async function notAllGood(
  { tenant, destination, clock, signal }: ImportRun,
  draft: Draft,
  choices: ImportChoices,
  db: Database,
): Promise<Fault | null> {
  if (choices.isAllOrNothing !== true) return null
  const trouble = await checkHalo({
    draft,
    asked: importAsked(db),
    choices,
    tenant,
    destination,
    clock,
    signal,
  })
  if (trouble) return trouble
  const { withErrors, records } = draft.problems.counts()
  return withErrors > 0 ? fault('sheet-not-all-good', { facts: { errors: withErrors, records } }) : null
}

/** A sync that has written a record since keeps it, whatever an undo would do. */
const isSynced = ({ store, tenant }: ImportRun, entity: Entity, commerceId: number): boolean =>
  commerceId > 0 && (store.records.get(tenant.id, entity, commerceId)?.haloId ?? null) !== null

const doneBefore = (mode: ImportRun['mode'], done: ReturnType<typeof importDone>): number =>
  mode === 'preview' ? 0 : Object.values(done.counts()).reduce((sum, count) => sum + count, 0)

const bugOf = (error: unknown): Fault =>
  fault('bug', { raw: error instanceof Error ? (error.stack ?? error.message) : String(error) })
