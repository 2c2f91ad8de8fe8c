import { useQueries } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'

/** Rows asked for at once: two screens' worth, some 40 kB. */
export const windowRows = 200
/** More than a screen ever shows, and little enough to forget about. */
const keptWindows = 10

type Answer<T> = { readonly rows: readonly T[]; readonly total: number }

export type Windows<T> = {
  /** Names the list with its filter and order. */
  readonly name: string
  /** null until the first answer. */
  readonly total: number | null
  /** undefined: not loaded yet. */
  readonly rowAt: (index: number) => T | undefined
  /** Tells which rows are on screen; what they need is loaded. */
  readonly onRange: (first: number, last: number) => void
  readonly error: unknown
  /** The rows shown belong to the filter before; new ones are on their way. */
  readonly isOld: boolean
}

/**
 * A long list, loaded by windows of 200 rows around what is on screen. `key` names the list with its filter and order;
 * when it changes, the old rows stay until the new ones are there (no flash).
 */
export function useWindows<T>(
  key: readonly unknown[],
  load: (window: { offset: number; limit: number }, signal: AbortSignal) => Promise<Answer<T>>,
): Windows<T> {
  const [range, setRange] = useState({ first: 0, last: 0 })
  const firstWindow = Math.floor(range.first / windowRows)
  const lastWindow = Math.max(firstWindow, Math.floor(range.last / windowRows))
  const offsets = Array.from(
    { length: lastWindow - firstWindow + 1 },
    (_, i) => (firstWindow + i) * windowRows,
  )
  const loaded = useQueries({
    queries: offsets.map((offset) => ({
      queryKey: [...key, offset],
      queryFn: ({ signal }: { signal: AbortSignal }) => load({ offset, limit: windowRows }, signal),
    })),
  })
  const isWaiting = loaded.every(({ data }) => data === undefined)
  const name = JSON.stringify(key)
  const kept = useKept<T>(
    name,
    offsets.map((offset, place) => [offset, loaded[place]?.data] as const),
  )
  const rowAt = (index: number): T | undefined => {
    const offset = Math.floor(index / windowRows) * windowRows
    const fresh = loaded[offsets.indexOf(offset)]?.data
    return (fresh?.rows ?? kept.rows.get(offset))?.[index - offset]
  }
  const onRange = useCallback((first: number, last: number) => {
    setRange((before) =>
      Math.floor(before.first / windowRows) === Math.floor(first / windowRows) &&
      Math.floor(before.last / windowRows) === Math.floor(last / windowRows)
        ? before
        : { first, last },
    )
  }, [])
  return {
    name,
    total: kept.total,
    rowAt,
    onRange,
    error: loaded.find(({ error }) => error)?.error ?? null,
    isOld: isWaiting && kept.key !== name,
  }
}

type Kept<T> = { key: string; total: number | null; readonly rows: Map<number, readonly T[]> }

/**
 * The last known total, and the rows of the list before while the new one is on its way. Without it a window that is not loaded yet
 * would make the list look empty, and the scroll position would be lost.
 */
function useKept<T>(key: string, loaded: readonly (readonly [number, Answer<T> | undefined])[]): Kept<T> {
  const kept = useRef<Kept<T>>({ key, total: null, rows: new Map() }).current
  for (const [offset, answer] of loaded) {
    if (!answer) continue
    if (kept.key !== key) kept.rows.clear()
    kept.key = key
    kept.total = answer.total
    kept.rows.set(offset, answer.rows)
    if (kept.rows.size > keptWindows) kept.rows.delete(kept.rows.keys().next().value ?? 0)
  }
  return kept
}
