import type { QueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { noteConnected, noteLost } from './connection.ts'

/** Longer than the engine's own longest wait (25 s): no answer by then means that it is gone. */
const answerWithinMs = 40_000
/** Progress is shown at once; lists, which cost more to draw over a remote desktop, at most this often. */
const listsEveryMs = 1_000
/** A run tells its progress more often than anybody can read. */
const betweenMs = 100
const retryMs = [500, 1_000, 2_000, 3_000] as const

/** Answers that are small and move while a run goes on. */
const quick = new Set(['runs.live', 'status.get', 'imports.busy'])
/** Answers that cost another system's time, or a pass over all products: asked when their screen opens (useAskOnce). */
const once = new Set([
  'groups.list',
  'groups.items',
  'quoteActions.look',
  'quoteActions.tickets',
  'records.compare',
  'orderActions.start',
  'mail.draft',
  'mail.preview',
  'mapping.choices',
  'imports.look',
  'mapping.categories',
  'runPage.differences',
  // These stand still below the newest id that they were asked with; `inspector.news` asks by itself.
  'inspector.list',
  'inspector.news',
  'inspector.timeline',
  'inspector.groups',
  'inspector.unsearched',
  'inspector.reportPreview',
])

/**
 * Waits for news from the engine for as long as the window is open, and asks again for whatever is on screen.
 * The same wait shows that the connection is lost, and that it is back.
 */
export function followChanges(queries: QueryClient): void {
  const lists = atMostEvery(listsEveryMs, () =>
    refresh(queries, (name) => !quick.has(name) && !once.has(name)),
  )
  const follow = async (): Promise<void> => {
    let version = 0
    let misses = 0
    for (;;) {
      await shown()
      const { hidden } = visibility
      const signal = AbortSignal.any([AbortSignal.timeout(answerWithinMs), hidden.signal])
      try {
        const news = await api.status.changes.query({ since: version }, { signal })
        noteConnected()
        const isFirst = version === 0 && misses === 0
        const isNews = news.version !== version || misses > 0
        version = news.version
        misses = 0
        if (isFirst || !isNews) continue
        refresh(queries, (name) => quick.has(name))
        lists()
        await pause(betweenMs)
      } catch {
        if (hidden.signal.aborted) continue
        // Any other failure of the wait means the same: not connected. The banner says so, and trying goes on.
        noteLost()
        await pause(retryMs[Math.min(misses, retryMs.length - 1)] ?? 3_000)
        misses += 1
      }
    }
  }
  void follow()
}

/** A window in the background waits for nothing: browsers allow six connections to a host, and each wait holds one. */
function shown(): Promise<void> {
  if (!document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
  })
}

/** `hidden` fires when the window goes to the background; a new one stands ready when it is back. */
const visibility = { hidden: new AbortController() }
document.addEventListener('visibilitychange', () => {
  if (document.hidden) visibility.hidden.abort()
  else visibility.hidden = new AbortController()
})

function refresh(queries: QueryClient, wanted: (name: string) => boolean): void {
  void queries.invalidateQueries(
    { predicate: ({ queryKey }) => typeof queryKey[0] === 'string' && wanted(queryKey[0]) },
    { cancelRefetch: false },
  )
}

function atMostEvery(ms: number, act: () => void): () => void {
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = (): void => {
    timer = undefined
    last = performance.now()
    act()
  }
  return () => {
    if (timer !== undefined) return
    const wait = last + ms - performance.now()
    timer = setTimeout(now, Math.max(0, wait))
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
