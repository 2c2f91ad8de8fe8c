import { fail, type Result } from '../app/model/fault.ts'
import { storeFault } from '../app/store/sqlite-fault.ts'

/** What changes an import takes turns: one that comes while another is at work waits for it. */
export type ImportTurns = ReturnType<typeof importTurns>

export function importTurns() {
  const last = new Map<string, Promise<unknown>>()
  return async <T>(id: string, act: () => Promise<Result<T>>): Promise<Result<T>> => {
    const before = last.get(id)
    const now = (async () => {
      await before
      return act()
    })()
    // Whoever waits for it only waits for its end; how it ended is for the one who asked.
    const ended = now.then(
      () => undefined,
      () => undefined,
    )
    last.set(id, ended)
    try {
      return await now
    } finally {
      if (last.get(id) === ended) last.delete(id)
    }
  }
}

/** As `guarded` of the store, for work that lets others in between. */
export async function guardedWork<T>(file: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    const known = storeFault(error, file)
    if (known) return fail(known)
    throw error
  }
}
