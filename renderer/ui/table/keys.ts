import { type FocusEvent, type KeyboardEvent, useState } from 'react'

export type RowKeys = {
  /** Index of the row that the keys act on. */
  readonly active: number | null
  readonly setActive: (index: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

type RowKeyOptions = {
  readonly total: number
  readonly pageRows: number
  readonly show: (index: number) => void
  readonly open: (index: number) => void
}

/** Arrow keys (or j and k), Page Up and Down, Home and End move the active row; Enter opens it. */
export function useRowKeys({ total, pageRows, show, open }: RowKeyOptions): RowKeys {
  const [active, setActive] = useState<number | null>(null)
  const within = active === null ? null : Math.min(active, total - 1)
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index))
    setActive(next)
    show(next)
  }
  const at = within ?? -1
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(at + 1),
    j: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    k: () => go(at - 1),
    PageDown: () => go(at + pageRows),
    PageUp: () => go(at - pageRows),
    Home: () => go(0),
    End: () => go(total - 1),
    Enter: () => {
      if (within !== null) open(within)
    },
  }
  return {
    active: within !== null && within >= 0 ? within : null,
    setActive,
    onKeyDown: (event) => {
      const move = moves[event.key]
      if (!move || total === 0 || event.target !== event.currentTarget) return
      if (event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      move()
    },
    onFocus: (event) => {
      const isByKeys = event.target === event.currentTarget && event.currentTarget.matches(':focus-visible')
      if (isByKeys && active === null && total > 0) setActive(0)
    },
  }
}
