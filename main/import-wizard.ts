import { haloAsks } from './import-asks.ts'
import { importChecks, importsBusy } from './import-checks.ts'
import { importChoosing } from './import-choosing.ts'
import { customSoon } from './import-custom.ts'
import { keptFound } from './import-found.ts'
import { importMemory } from './import-memory.ts'
import type { ImportWizard, ImportWizardParts } from './import-port.ts'
import { importRows } from './import-rows.ts'
import { createImportShelf, noSuch, wrong } from './import-shelf.ts'
import { importStart } from './import-start.ts'
import { importTurns } from './import-turns.ts'
import { importUndo } from './import-undo.ts'
import { isLive, viewOf } from './import-views.ts'

/** Builds it over the data folder; imports that are asked for stay open until `close`. */
export function createImportWizard(parts: ImportWizardParts): ImportWizard {
  const { onChange } = parts
  const busy = importsBusy(onChange)
  const found = keptFound(busy)
  const shelf = createImportShelf(parts, found)
  const memory = importMemory(parts.store.settings)
  const asks = haloAsks(parts, shelf, busy)
  const checks = importChecks(shelf, busy, asks, onChange)
  const turns = importTurns()
  const choosing = importChoosing(parts, shelf, busy, memory)
  const rows = importRows(shelf, found, busy, checks, turns)
  const starting = importStart(parts, shelf, checks, memory)
  return {
    uploads: shelf.uploads,
    list: shelf.list,
    busy: busy.now,
    get: (id) => {
      const open = shelf.find(id)
      const own = shelf.brief(id)
      if (!open || !own) return null
      return viewOf(open, own, shelf.withHash(own.hash))
    },
    ...choosing,
    templateFields: async (entity, tenantId) =>
      tenantId === null ? [] : ((await customSoon(parts, tenantId, entity)) ?? []),
    decide: (id, decision) => {
      checks.end(id)
      return turns(id, async () => {
        const done = await choosing.decide(id, decision)
        checks.resume(id)
        return done
      })
    },
    check: (id) => {
      checks.end(id)
      return turns(id, () => checks.check(id))
    },
    askHalo: asks.again,
    stopAsking: (id) => asks.end(id, true),
    ...rows,
    ...starting,
    start: (id, kind) => turns(id, () => starting.start(id, kind)),
    ...importUndo(parts, shelf),
    remove: (id) => {
      const open = shelf.find(id)
      if (!open) return noSuch()
      if (isLive(shelf.brief(id))) return wrong('It is running; cancel it first.')
      rows.cancel(id)
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
