import { noFacts, type ShellFacts } from './facts.ts'
import type { HostApi } from './host-api.ts'

export type Watch = {
  readonly facts: () => ShellFacts
  stop(): void
}

/** At most so often, however fast a sync moves the counter. */
const restMs = 1_000
/** Times in the tooltip grow old, and a service may come back. */
const retryMs = 5_000

/** Follows the engine: `onFacts` is told what is, at the start, whenever something changed, and when the host stops or begins to answer. */
export function watchHost(
  api: Pick<HostApi, 'facts' | 'changed'>,
  onFacts: (facts: ShellFacts) => void,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Watch {
  const ending = new AbortController()
  const { signal } = ending
  let facts = noFacts
  const look = async (since: number): Promise<number> => {
    try {
      facts = await api.facts()
      if (!signal.aborted) onFacts(facts)
      const version = await api.changed(since, signal)
      await wait(restMs, signal)
      return version
    } catch {
      // Whatever it was, the person is told the one thing that matters, and it is tried again.
      if (signal.aborted) return since
      facts = { ...facts, isReachable: false }
      onFacts(facts)
      await wait(retryMs, signal)
      return 0
    }
  }
  const follow = async (): Promise<void> => {
    let since = 0
    while (!signal.aborted) since = await look(since)
  }
  void follow()
  return { facts: () => facts, stop: () => ending.abort() }
}

/** Waits; ends early, and well, when told to. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
