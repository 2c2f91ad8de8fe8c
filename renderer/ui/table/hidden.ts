import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'

type AtFirst = { readonly always: readonly string[]; readonly whenNarrow: readonly string[] }

const narrow = window.matchMedia('(width < 1200px)')
const followWidth = (tell: () => void): (() => void) => {
  narrow.addEventListener('change', tell)
  return () => narrow.removeEventListener('change', tell)
}

/** Whether the window is too narrow for a table with all its columns. */
export function useNarrow(): boolean {
  return useSyncExternalStore(followWidth, () => narrow.matches)
}

/** Which columns are put away: a person's own choice, remembered by this window's browser, else what suits the width. */
export function useHiddenColumns(
  table: string,
  atFirst: AtFirst,
): { readonly hidden: ReadonlySet<string>; readonly toggle: (id: string) => void } {
  const key = `columns/${table}`
  const isNarrow = useNarrow()
  const [own, setOwn] = useState(() => remembered(key))
  const hidden = useMemo(
    () => own ?? new Set([...atFirst.always, ...(isNarrow ? atFirst.whenNarrow : [])]),
    [own, isNarrow, atFirst],
  )
  const toggle = useCallback(
    (id: string) => {
      const after = new Set(hidden)
      if (!after.delete(id)) after.add(id)
      localStorage.setItem(key, [...after].join(' '))
      setOwn(after)
    },
    [key, hidden],
  )
  return { hidden, toggle }
}

function remembered(key: string): ReadonlySet<string> | null {
  const kept = localStorage.getItem(key)
  return kept === null ? null : new Set(kept.split(' ').filter((id) => id !== ''))
}
