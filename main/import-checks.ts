import { fail, ok, type Result } from '../app/model/fault.ts'
import type { CheckCounts } from '../app/store/import-problems.ts'
import type { ImportWork } from './import-port.ts'
import { type ImportShelf, noSuch } from './import-shelf.ts'

/** What goes on for imports in the engine, told while it does. */
export type ImportsBusy = ReturnType<typeof importsBusy>

export function importsBusy(onChange: () => void) {
  const working = new Set<{ id: string | null; what: ImportWork['what']; rows: number }>()
  return {
    now: (): ImportWork[] => [...working].map((one) => ({ ...one })),
    during: async <T>(
      id: string | null,
      what: ImportWork['what'],
      act: (tell: (rows: number) => void) => Promise<T>,
    ): Promise<T> => {
      const one = { id, what, rows: 0 }
      working.add(one)
      onChange()
      try {
        return await act((rows) => {
          one.rows = rows
          onChange()
        })
      } finally {
        working.delete(one)
        onChange()
      }
    },
  }
}

/** The checks of imports, one at a time for each: a new one ends the one before. */
export type ImportChecks = ReturnType<typeof importChecks>

export function importChecks(shelf: ImportShelf, busy: ImportsBusy, onChange: () => void) {
  const running = new Map<string, AbortController>()
  const check = async (id: string): Promise<Result<CheckCounts>> => {
    const found = shelf.changeable(id)
    if (!found.ok) return found
    const { open } = found.value
    const choices = open.notes.choices()
    if (!choices) return noSuch()
    running.get(id)?.abort()
    const abort = new AbortController()
    running.set(id, abort)
    const trouble = await busy.during(id, 'checking', (onProgress) =>
      open.draft.check(choices.plan, { onProgress, signal: abort.signal }),
    )
    if (running.get(id) === abort) running.delete(id)
    if (trouble) return fail(trouble)
    const work = open.notes.work()
    if (work && !abort.signal.aborted) open.notes.setWork({ ...work, isChecked: true })
    onChange()
    return ok(open.draft.problems.counts())
  }
  return {
    check,
    /** Checks after a change; a check that a later change ended is no fault of the earlier change. */
    recheck: async <T>(id: string, answer: T): Promise<Result<T>> => {
      const checked = await check(id)
      return checked.ok || checked.fault.code === 'cancelled' ? ok(answer) : checked
    },
    end: (id: string): void => running.get(id)?.abort(),
    close: (): void => {
      for (const abort of running.values()) abort.abort()
    },
  }
}
