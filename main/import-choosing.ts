import { fail, fault, ok } from '../app/model/fault.ts'
import type { ImportDecision } from '../app/model/sheet/choices.ts'
import { sheetField } from '../app/model/sheet/fields.ts'
import { decide, firstDecision, formColumns } from '../app/sheets/decision.ts'
import type { ImportWorkNote } from '../app/store/import-notes.ts'
import type { ImportsBusy } from './import-checks.ts'
import type { OpenImport } from './import-desk.ts'
import { lookInto } from './import-file-look.ts'
import type { ImportMemory } from './import-memory.ts'
import type { ImportWizard, ImportWizardParts } from './import-port.ts'
import { type ImportShelf, noSuch, wrong } from './import-shelf.ts'

/** From a file to an import of its own, and what is decided about its columns. */
export function importChoosing(
  { store, onChange }: ImportWizardParts,
  shelf: ImportShelf,
  busy: ImportsBusy,
  memory: ImportMemory,
): Pick<ImportWizard, 'look' | 'stage' | 'again' | 'decide'> {
  return {
    look: async (request) => {
      const path = shelf.uploads.pathOf(request.source)
      return path.ok ? lookInto(path.value, request, memory.recall) : path
    },
    stage: async (request) => {
      const path = shelf.uploads.pathOf(request.source)
      if (!path.ok) return path
      if (!store.tenants.get(request.tenantId)) return fail(fault('tenant-unknown'))
      const looked = await lookInto(path.value, request, memory.recall)
      if (!looked.ok) return looked
      const { tenantId, entity } = request
      const { sheet, headerRow, matches } = looked.value
      const read = await busy.during(null, 'reading', (onProgress) =>
        shelf.read({ file: path.value, tenantId, entity, sheet, headerRow }, { onProgress }),
      )
      if (!read.ok) return read
      const { open } = read.value
      const id = shelf.hold(open)
      await keep(open, {
        path: path.value,
        guesses: {},
        decision: firstDecision(entity, matches),
        ...{ isChecked: false, previewRunId: null, importRunId: null },
      })
      onChange()
      return ok({ id })
    },
    again: (id) => {
      const open = shelf.find(id)
      const [origin, work] = [open?.notes.origin(), open?.notes.work()]
      if (!origin || !work) return null
      const { tenantId, entity, sheet, headerRow } = origin
      return { source: { path: work.path }, tenantId, entity, sheet, headerRow }
    },
    decide: async (id, decision) => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const origin = open.notes.origin()
      if (!origin) return noSuch()
      const strange = Object.keys(decision.columns).find((field) => !sheetField(origin.entity, field))
      if (strange) return wrong(`${strange} is no field of this kind of record.`)
      if (isSame(decision, work.decision)) return ok(null)
      await keep(open, { ...work, decision })
      memory.remember(origin.tenantId, origin.entity, origin.headings, decision.columns)
      onChange()
      return ok(null)
    },
  }
}

async function keep(open: OpenImport, work: ImportWorkNote): Promise<void> {
  const { entity } = open.notes.origin() ?? {}
  if (!entity) return
  const wanted = formColumns(entity, work.decision).filter((column) => !work.guesses[column])
  const guesses = { ...work.guesses, ...(await open.draft.guesses(wanted)) }
  open.notes.setWork({ ...work, guesses, isChecked: false })
  open.notes.setChoices(decide(entity, work.decision, guesses))
}

const isSame = (a: ImportDecision, b: ImportDecision): boolean => JSON.stringify(a) === JSON.stringify(b)
