import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { api } from '../../api.ts'

/** How often it is asked whether there is something new; a question that costs the engine less than a millisecond. */
const askEveryMs = 1_500

export type Live = {
  /** The newest id that the list shows; null until the first answer. */
  readonly upTo: number | null
  /** How many that fit the filter came since. */
  readonly fresh: number
  readonly isPaused: boolean
  readonly setPaused: (isPaused: boolean) => void
  /** Shows what came since. */
  readonly catchUp: () => void
  readonly trouble: {
    readonly code: 'disk-full' | 'folder-unwritable' | 'broken'
    readonly raw: string | null
  } | null
  readonly error: unknown
}

/**
 * A list that grows at its top while a person reads it would run away under their eyes: it shows what was there when it was begun, and takes the new ones in
 * by itself only while `mayFollow` (nothing is open, and it is scrolled to its top).
 */
export function useLive(q: string, mayFollow: boolean): Live {
  const [upTo, setUpTo] = useState<number | null>(null)
  const [isPaused, setPaused] = useState(false)
  const asked = upTo === null ? { q } : { q, upTo }
  const { data, error } = useQuery({
    queryKey: ['inspector.news', q, upTo],
    queryFn: ({ signal }) => api.inspector.news.query(asked, { signal }),
    refetchInterval: askEveryMs,
    placeholderData: (before) => before,
  })
  const newest = data?.newest ?? null
  useEffect(() => {
    if (newest === null || newest === upTo) return
    // Fewer than before: they were cleared.
    if (upTo === null || newest < upTo || (mayFollow && !isPaused)) setUpTo(newest)
  }, [newest, upTo, mayFollow, isPaused])
  const catchUp = useCallback(() => newest !== null && setUpTo(newest), [newest])
  const trouble = data?.health.trouble ? { code: data.health.trouble, raw: data.health.raw } : null
  const fresh = newest !== null && upTo !== null && newest > upTo ? (data?.fresh ?? 0) : 0
  return { upTo, fresh, isPaused, setPaused, catchUp, trouble, error }
}
