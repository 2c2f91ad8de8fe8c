import { useSyncExternalStore } from 'react'

/** One clock for all relative times of a screen: a timer per cell would cost more than the table. */
function ticker(everyMs: number): () => number {
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const listeners = new Set<() => void>()
  const follow = (tell: () => void): (() => void) => {
    listeners.add(tell)
    now = Date.now()
    timer ??= setInterval(() => {
      now = Date.now()
      for (const each of listeners) each()
    }, everyMs)
    return () => {
      listeners.delete(tell)
      if (listeners.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }
  return () => useSyncExternalStore(follow, () => now)
}

/** Milliseconds since 1970, moved every ten seconds: for "5 min ago". */
export const useNow = ticker(10_000)
/** The same, every second: for a countdown or a running duration. */
export const useSecond = ticker(1_000)
