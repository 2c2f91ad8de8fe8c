import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useCallback, useState } from 'react'

/** Rows asked for at once: two screens' worth, some 40 kB. */
export const windowRows = 200

type Answer<T> = { readonly rows: readonly T[]; readonly total: number }
type Loaded<T> = Answer<T> & { readonly offset: number }

export type Windows<T> = {
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
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Loaded<T>> => ({
        ...(await load({ offset, limit: windowRows }, signal)),
        offset,
      }),
      placeholderData: keepPreviousData<Loaded<T>>,
    })),
  })
  const total = loaded.find(({ data }) => data)?.data?.total ?? null
  const rowAt = (index: number): T | undefined => {
    const offset = Math.floor(index / windowRows) * windowRows
    // A placeholder may come from another window (scrolled on): its rows are not the ones at this index.
    return loaded.find(({ data }) => data?.offset === offset)?.data?.rows[index - offset]
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
    total,
    rowAt,
    onRange,
    error: loaded.find(({ error }) => error)?.error ?? null,
    isOld: loaded.some(({ isPlaceholderData }) => isPlaceholderData),
  }
}
