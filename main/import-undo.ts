import { ok, type Result } from '../app/model/fault.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Beginner } from '../app/store/import-undone.ts'
import type { Store } from '../app/store/open.ts'
import type { OpenImport } from './import-desk.ts'
import type { ImportWizard, ImportWizardParts } from './import-port.ts'
import { type ImportShelf, noSuch, wrong } from './import-shelf.ts'
import { importIdOf } from './import-views.ts'
import { obstacleToUndo } from './undo-obstacle.ts'

/** Who does something: "person" at a screen or "command line", and the account of the operating system where that is the person's own. */
export type Doer = Pick<Beginner, 'who' | 'account'>

type NoteParts = { readonly clock: Clock; readonly store: Pick<Store, 'audit'>; readonly doer: Doer }

/** Notes who began an import, with it and in the audit trail; the first time alone. */
export function noteBegun(open: OpenImport, { clock, store, doer }: NoteParts): void {
  const origin = open.notes.origin()
  if (!origin || open.undone.begun() !== null) return
  open.undone.setBegun({ ...doer, at: new Date(clock.now()).toISOString() })
  const { tenantId, entity, fileName } = origin
  const after = { import: importIdOf(open.file), file: fileName, entity, ...doer }
  store.audit.add({ who: doer.who, what: 'import begun', tenantId, after })
}

/**
 * Begins the undo of an import, or goes on with one that was stopped; records that were left get another turn when all had one. Noted with the
 * import and in the audit trail. Faults: input-invalid with the reason; those of `start`.
 */
export function beginUndo(
  open: OpenImport,
  parts: NoteParts & { readonly start: () => Result<{ readonly runId: number }> },
): Result<{ readonly runId: number }> {
  const origin = open.notes.origin()
  const obstacle = obstacleToUndo(open, false)
  if (!origin || obstacle !== null) return wrong(obstacle ?? 'There is no such import.')
  const before = open.undone.counts()
  if (before.open === 0) open.undone.retryLeft()
  const started = parts.start()
  if (!started.ok) return started
  const { runId } = started.value
  const at = new Date(parts.clock.now()).toISOString()
  open.undone.setUndo({ ...parts.doer, at, runId })
  parts.store.audit.add({
    who: parts.doer.who,
    what: 'import undone',
    tenantId: origin.tenantId,
    before: { records: before.created - before.removed - before.gone },
    after: { import: importIdOf(open.file), file: origin.fileName, run: runId, ...parts.doer },
  })
  return ok({ runId })
}

/** The undo of an import from the screens. */
export function importUndo(
  { clock, store, doer, startRun, onChange }: ImportWizardParts,
  shelf: ImportShelf,
): Pick<ImportWizard, 'takeBack'> {
  return {
    takeBack: (id) => {
      const open = shelf.find(id)
      const origin = open?.notes.origin()
      if (!open || !origin) return noSuch()
      const { state } = shelf.brief(id) ?? {}
      if (state === 'running' || state === 'undoing') return wrong('It is running; cancel it first.')
      const begun = beginUndo(open, {
        ...{ clock, store, doer },
        start: () => startRun(origin.tenantId, 'import-undo', open.file),
      })
      onChange()
      return begun
    },
  }
}
