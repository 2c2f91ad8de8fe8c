/** A counter that moves whenever something that a screen shows has changed, and a way to wait for it. */
export type Changes = {
  version(): number
  bump(): void
  wait(since: number, timeoutMs: number, signal?: AbortSignal): Promise<number>
}

/**
 * Starts at the given number: the time of the start, so that a screen that lived through a restart sees a newer number at once
 * (a counter from 0 would look older than what the screen has).
 */
export function createChanges(start: number): Changes {
  let version = start
  const waiting = new Set<() => void>()
  return {
    version: () => version,
    bump: () => {
      version += 1
      for (const wake of [...waiting]) wake()
    },
    wait: (since, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (version > since || since > version || signal?.aborted) return resolve(version)
        const done = (): void => {
          clearTimeout(timer)
          waiting.delete(done)
          signal?.removeEventListener('abort', done)
          resolve(version)
        }
        const timer = setTimeout(done, timeoutMs)
        waiting.add(done)
        signal?.addEventListener('abort', done)
      }),
  }
}
