import { join } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { ImportWorkNote } from '../app/store/import-notes.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import { createImportDesk, type OpenImport } from './import-desk.ts'
import type { ImportFound } from './import-found.ts'
import type { ImportWizardParts } from './import-port.ts'
import { isOldImport, pruneUploads } from './import-prune.ts'
import { importUploads } from './import-uploads.ts'
import { briefOf, type ImportBrief, importFileOf, importFiles, importIdOf, isLive } from './import-views.ts'

/** The imports of a data folder: opened when they are asked for, open until they are removed or the shelf is closed. */
export type ImportShelf = ReturnType<typeof createImportShelf>

export const wrong = (problem: string) =>
  fail(fault('input-invalid', { facts: { field: 'import', problem } }))
export const noSuch = () => wrong('There is no such import.')

export function createImportShelf({ folder, clock, live }: ImportWizardParts, found: ImportFound) {
  const desk = createImportDesk(folder, clock)
  const uploadsHome = join(desk.home, 'uploads')
  const held = new Map<string, OpenImport>()
  const isRunning = (runId: number): boolean => live().some((one) => one.runId === runId)

  const briefNow = (open: OpenImport): ImportBrief | null => briefOf(open, isRunning, found.counts(open))

  const find = (id: string): OpenImport | null => {
    const known = held.get(id)
    if (known) return known
    const file = importFileOf(desk.home, id)
    if (!importFiles(desk.home).includes(file)) return null
    const opened = desk.open(file)
    if (!opened.ok) return null
    held.set(id, opened.value)
    return opened.value
  }
  const brief = (id: string): ImportBrief | null => {
    const open = find(id)
    return open ? briefNow(open) : null
  }
  const forget = (open: OpenImport): void => {
    open.close()
    held.delete(importIdOf(open.file))
  }
  return {
    uploads: importUploads(uploadsHome),
    uploadsHome,
    read: desk.read,
    find,
    brief,
    list: (): ImportBrief[] => importFiles(desk.home).flatMap((file) => brief(importIdOf(file)) ?? []),
    /** Those of the very same file; the others are not looked into. */
    withHash: (hash: string): ImportBrief[] =>
      importFiles(desk.home).flatMap((file) =>
        find(importIdOf(file))?.notes.origin()?.hash === hash ? (brief(importIdOf(file)) ?? []) : [],
      ),
    hold: (open: OpenImport): string => {
      const id = importIdOf(open.file)
      held.set(id, open)
      return id
    },
    /** What is in Halo, or on its way there, is no longer changed. */
    changeable: (id: string): Result<{ open: OpenImport; work: ImportWorkNote }> => {
      const open = find(id)
      const work = open?.notes.work()
      if (!open || !work) return noSuch()
      const state = briefNow(open)?.state
      return state === 'draft'
        ? ok({ open, work })
        : wrong('This import has begun; its rows stay as they are.')
    },
    remove: (open: OpenImport): Result<null> => {
      forget(open)
      const removed = guarded(open.file, () => desk.remove(open.file))
      return removed.ok ? ok(null) : removed
    },
    /** Removes imports and sent files that have been kept for long enough. */
    prune: (): void => {
      for (const file of importFiles(desk.home)) {
        const open = find(importIdOf(file))
        const isBusy = open !== null && isLive(briefNow(open))
        if (isBusy || !isOldImport(file, open?.notes.origin()?.readAt ?? null, clock.now())) continue
        if (open) forget(open)
        desk.remove(file)
      }
      pruneUploads(uploadsHome, clock.now())
    },
    close: (): void => {
      for (const open of held.values()) open.close()
      held.clear()
    },
  }
}
