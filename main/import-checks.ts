import { fail, ok, type Result } from '../app/model/fault.ts'
import type { CheckCounts } from '../app/store/import-problems.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import type { HaloAsks } from './import-asks.ts'
import type { ImportWork } from './import-port.ts'
import { type ImportShelf, noSuch } from './import-shelf.ts'

/** What goes on for imports in the engine, told while it does. */
export type ImportsBusy = ReturnType<typeof importsBusy>

/** Oftener than anybody can read, and seldom enough that telling takes no time from the work. */
const toldEveryMs = 200
/** While this goes on, what was found before is told; what comes of it, at its end. */
const midway: readonly ImportWork['what'][] = ['changing', 'undoing', 'counting', 'checking']

export function importsBusy(onChange: () => void) {
  const working = new Set<{ id: string | null; what: ImportWork['what']; rows: number }>()
  return {
    now: (): ImportWork[] => [...working].map((one) => ({ ...one })),
    /** Whether nothing goes on but a change, a count or a check of its rows. */
    isMidway: (id: string): boolean => {
      const own = [...working].filter((one) => one.id === id)
      return own.length > 0 && own.every(({ what }) => midway.includes(what))
    },
    during: async <T>(
      id: string | null,
      what: ImportWork['what'],
      act: (tell: (rows: number) => void) => Promise<T>,
    ): Promise<T> => {
      const one = { id, what, rows: 0 }
      working.add(one)
      onChange()
      let toldAt = 0
      try {
        return await act((rows) => {
          one.rows = rows
          if (performance.now() - toldAt < toldEveryMs) return
          toldAt = performance.now()
          onChange()
        })
      } finally {
        working.delete(one)
        onChange()
      }
    },
  }
}

/** Rows that are checked again by themselves; when more were changed, all are. */
export const mostRechecked = 2_000

/** The rows that a change was about, and whether everything had been checked before it. */
export type ChangedRows = { readonly numbers: readonly number[]; readonly wasChecked: boolean }

/** The checks of imports, one at a time for each: a new one ends the one before. */
export type ImportChecks = ReturnType<typeof importChecks>

export function importChecks(shelf: ImportShelf, busy: ImportsBusy, asks: HaloAsks, onChange: () => void) {
  const running = new Map<string, AbortController>()
  const end = (id: string): void => {
    running.get(id)?.abort()
    asks.end(id)
  }
  /** `isAsking`: whether Halo is asked afterwards, while others go on. */
  const check = async (id: string, isAsking = true): Promise<Result<CheckCounts>> => {
    const found = shelf.changeable(id)
    if (!found.ok) return found
    const { open } = found.value
    const choices = open.notes.choices()
    if (!choices) return noSuch()
    end(id)
    const abort = new AbortController()
    running.set(id, abort)
    const trouble = await busy.during(id, 'checking', (onProgress) =>
      open.check(choices.plan, { onProgress, signal: abort.signal }),
    )
    if (running.get(id) === abort) running.delete(id)
    if (trouble) return fail(trouble)
    const work = open.notes.work()
    if (work && !abort.signal.aborted) open.notes.setWork({ ...work, isChecked: true, halo: null })
    onChange()
    if (isAsking && !abort.signal.aborted) asks.begin(id)
    return ok(open.draft.problems.counts())
  }
  /** The rows around those that were changed; false when that is not enough. */
  const checkSome = (id: string, { numbers, wasChecked }: ChangedRows): Result<boolean> => {
    const found = shelf.changeable(id)
    if (!found.ok) return found
    const { open, work } = found.value
    const choices = open.notes.choices()
    if (!choices || !wasChecked || numbers.length > mostRechecked) return ok(false)
    const ranges = guarded(open.file, () => open.draft.recheck(choices.plan, numbers))
    if (!ranges.ok) return ranges
    open.notes.setWork({ ...work, isChecked: true })
    onChange()
    asks.goOn(id, ranges.value)
    return ok(true)
  }
  return {
    check,
    /** Checks after a change: around the rows that it was about, else all. A check that a later change ended is no fault of the earlier one. */
    recheck: async <T>(id: string, answer: T, changed: ChangedRows): Promise<Result<T>> => {
      const some = checkSome(id, changed)
      if (!some.ok || some.value) return some.ok ? ok(answer) : some
      const checked = await check(id)
      return checked.ok || checked.fault.code === 'cancelled' ? ok(answer) : checked
    },
    end,
    /** Asks Halo on, when a change that ended the question came to nothing. */
    resume: (id: string): void => {
      if (shelf.find(id)?.notes.work()?.isChecked) asks.goOn(id, [])
    },
    close: (): void => {
      for (const abort of running.values()) abort.abort()
      asks.close()
    },
  }
}
