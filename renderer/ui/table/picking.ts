import { useRef } from 'react'
import type { Windows } from './windows.ts'

/** Which rows a person has picked, by their keys. */
export type Picked = {
  readonly keys: ReadonlySet<string>
  readonly onChange: (keys: ReadonlySet<string>) => void
  /** What a row is called, for its box. */
  readonly nameOf: (key: string) => string
}

export type Picking = {
  /** `isRange`: all from the row picked last. */
  readonly pick: (index: number, isRange?: boolean) => void
  /** All rows that are loaded: what is far away was never seen. */
  readonly pickLoaded: () => void
  readonly pickNone: () => void
}

/** Picking rows of a long list; null when nothing can be picked. */
export function usePicking<T>(
  picked: Picked | undefined,
  windows: Windows<T>,
  keyOf: (row: T) => string,
): Picking | null {
  const last = useRef<number | null>(null)
  if (!picked) return null
  const keysOf = (from: number, to: number): string[] => {
    const keys: string[] = []
    for (let index = from; index <= to; index++) {
      const row = windows.rowAt(index)
      if (row !== undefined) keys.push(keyOf(row))
    }
    return keys
  }
  return {
    pick: (index, isRange = false) => {
      const [own] = keysOf(index, index)
      if (own === undefined) return
      const next = new Set(picked.keys)
      if (isRange && last.current !== null) {
        const [from, to] = [Math.min(last.current, index), Math.max(last.current, index)]
        for (const key of keysOf(from, to)) next.add(key)
      } else if (!next.delete(own)) next.add(own)
      last.current = index
      picked.onChange(next)
    },
    pickLoaded: () => picked.onChange(new Set(keysOf(0, (windows.total ?? 0) - 1))),
    pickNone: () => {
      last.current = null
      if (picked.keys.size > 0) picked.onChange(new Set())
    },
  }
}
