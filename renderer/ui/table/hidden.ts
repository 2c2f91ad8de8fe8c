import { useCallback, useState } from 'react'

/** Which columns a person put away, remembered by this window's browser. */
export function useHiddenColumns(
  table: string,
  atFirst: readonly string[],
): { readonly hidden: ReadonlySet<string>; readonly toggle: (id: string) => void } {
  const key = `columns/${table}`
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(remembered(key) ?? atFirst))
  const toggle = useCallback(
    (id: string) => {
      setHidden((before) => {
        const after = new Set(before)
        if (!after.delete(id)) after.add(id)
        localStorage.setItem(key, [...after].join(' '))
        return after
      })
    },
    [key],
  )
  return { hidden, toggle }
}

function remembered(key: string): readonly string[] | null {
  const kept = localStorage.getItem(key)
  return kept === null ? null : kept.split(' ').filter((id) => id !== '')
}
