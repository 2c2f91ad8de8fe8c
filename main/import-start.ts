import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import { isOpen, questionsOf } from '../app/sheets/decision.ts'
import type { ImportWorkNote } from '../app/store/import-notes.ts'
import type { ImportChecks } from './import-checks.ts'
import type { OpenImport } from './import-desk.ts'
import type { ImportMemory } from './import-memory.ts'
import type { ImportWizard, ImportWizardParts } from './import-port.ts'
import { type ImportShelf, noSuch, wrong } from './import-shelf.ts'
import { noteBegun } from './import-undo.ts'

/** Begins the runs of imports, and writes down what failed in them. */
export function importStart(
  { startRun, onChange, ...who }: ImportWizardParts,
  shelf: ImportShelf,
  checks: ImportChecks,
  memory: ImportMemory,
): Pick<ImportWizard, 'start' | 'failed'> {
  /** Columns that went as far as a run are those of the next such file, too. */
  const noteStart = (open: OpenImport, run: Partial<ImportWorkNote>): void => {
    const [origin, work] = [open.notes.origin(), open.notes.work()]
    if (!origin || !work) return
    open.notes.setWork({ ...work, ...run })
    memory.remember(
      origin.tenantId,
      origin.entity,
      origin.headings,
      work.decision.columns,
      work.decision.made,
    )
  }
  return {
    start: async (id, kind) => {
      const ready = await readyToStart(shelf, checks, id, kind)
      if (!ready.ok) return ready
      const { open, tenantId } = ready.value
      // The run asks Halo itself.
      checks.end(id)
      const started = startRun(tenantId, kind, open.file)
      if (!started.ok) return started
      const { runId } = started.value
      if (kind === 'import') noteBegun(open, who)
      noteStart(open, kind === 'import' ? { importRunId: runId } : { previewRunId: runId })
      onChange()
      return started
    },
    failed: async (id) => {
      const open = shelf.find(id)
      const origin = open?.notes.origin()
      if (!open || !origin) return noSuch()
      mkdirSync(shelf.uploadsHome, { recursive: true })
      const file = join(shelf.uploadsHome, `${id}-not-imported.xlsx`)
      rmSync(file, { force: true })
      await open.writeFailed(file)
      return ok({ file, name: `${origin.fileName.replace(/\.[^.]*$/, '')} - not imported.xlsx` })
    },
  }
}

async function readyToStart(
  shelf: ImportShelf,
  checks: ImportChecks,
  id: string,
  kind: 'import' | 'import-preview',
): Promise<Result<{ open: OpenImport; tenantId: number }>> {
  const open = shelf.find(id)
  const origin = open?.notes.origin()
  const work = open?.notes.work()
  if (!open || !origin) return noSuch()
  const state = shelf.brief(id)?.state
  if (state === 'running') return wrong('It is running already.')
  if (open.undone.undo() !== null) return wrong('It was undone; import the file once more instead.')
  if (state === 'done') return wrong('Every record of it had its turn already.')
  if (state === 'begun' && kind === 'import-preview') return wrong('This import has begun.')
  const questions = work
    ? questionsOf(origin.entity, work.decision, work.guesses, open.notes.custom() ?? [])
    : []
  const question = questions.find(isOpen)
  if (question) return wrong(`"${question.example}" can be read in two ways; say which.`)
  if (work && !work.isChecked) {
    const checked = await checks.check(id, false)
    if (!checked.ok) return checked
  }
  const isWhole = kind === 'import-preview' || state !== 'draft' || work?.decision.isAllOrNothing !== true
  const { withErrors, records } = open.draft.problems.counts()
  if (!isWhole && withErrors > 0) {
    return fail(fault('sheet-not-all-good', { facts: { errors: withErrors, records } }))
  }
  return ok({ open, tenantId: origin.tenantId })
}
