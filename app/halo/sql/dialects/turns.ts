/** The last work on each file, of all connections of this thread. */
const last = new Map<string, Promise<unknown>>()

/**
 * Work on one file, one after another within this thread. SQLite waits for a lock by blocking the thread, so a second connection here would
 * keep the first one from ever finishing; and one connection has one transaction at a time.
 */
export function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(file) ?? Promise.resolve()
  const mine = before.then(work, work)
  const settled = mine.then(
    () => undefined,
    () => undefined,
  )
  last.set(file, settled)
  void settled.then(() => {
    if (last.get(file) === settled) last.delete(file)
  })
  return mine
}
