import { importChecks, importsBusy } from './import-checks.ts'
import { importChoosing } from './import-choosing.ts'
import { importMemory } from './import-memory.ts'
import type { ImportWizard, ImportWizardParts } from './import-port.ts'
import { importRows } from './import-rows.ts'
import { createImportShelf, noSuch, wrong } from './import-shelf.ts'
import { importStart } from './import-start.ts'
import { viewOf } from './import-views.ts'

/** Builds it over the data folder; imports that are asked for stay open until `close`. */
export function createImportWizard(parts: ImportWizardParts): ImportWizard {
  const { onChange } = parts
  const shelf = createImportShelf(parts)
  const memory = importMemory(parts.store.settings)
  const busy = importsBusy(onChange)
  const checks = importChecks(shelf, busy, onChange)
  return {
    uploads: shelf.uploads,
    list: shelf.list,
    busy: busy.now,
    get: (id) => {
      const open = shelf.find(id)
      const own = shelf.brief(id)
      if (!open || !own) return null
      const headings = open.notes.origin()?.headings ?? []
      return viewOf(open, own, memory.recall(own.tenantId, own.entity, headings).fields, shelf.list())
    },
    ...importChoosing(parts, shelf, busy, memory),
    check: checks.check,
    ...importRows(shelf, checks),
    ...importStart(parts, shelf, checks, memory),
    remove: (id) => {
      const open = shelf.find(id)
      if (!open) return noSuch()
      if (shelf.brief(id)?.state === 'running') return wrong('It is running; cancel it first.')
      checks.end(id)
      const removed = shelf.remove(open)
      onChange()
      return removed
    },
    prune: shelf.prune,
    close: () => {
      checks.close()
      shelf.close()
    },
  }
}
