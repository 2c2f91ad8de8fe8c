import { type FocusEvent, type KeyboardEvent, useState } from 'react'

export type RowKeys = {
  /** Index of the row that the keys act on. */
  readonly active: number | null
  /** Place of the cell in it; null: the row as a whole. */
  readonly column: number | null
  readonly setActive: (index: number, column?: number | null) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

type RowKeyOptions = {
  readonly total: number
  readonly columns: number
  readonly pageRows: number
  readonly show: (index: number) => void
  readonly open: (index: number) => void
  readonly copy: (index: number, column: number | null) => void
  readonly menu: (index: number) => void
  /** Space; absent: nothing can be picked. */
  readonly pick?: ((index: number) => void) | undefined
  readonly pickAll?: (() => void) | undefined
  readonly pickNone?: (() => void) | undefined
}

type At = { readonly index: number; readonly column: number | null }
type Move = (at: At | null) => void

/**
 * Arrow keys (or j and k), Page Up and Down, Home and End move the active row, left and right the cell in it; Enter opens the row, Ctrl+C copies
 * cell or row, Shift+F10 or the menu key shows what can be done with it; Space picks it, Ctrl+A all, Escape none.
 */
export function useRowKeys(options: RowKeyOptions): RowKeys {
  const { total, columns } = options
  const [kept, setKept] = useState<At | null>(null)
  const active =
    kept === null || total === 0
      ? null
      : {
          index: Math.min(kept.index, total - 1),
          column: kept.column === null ? null : Math.min(kept.column, columns - 1),
        }
  const moves = movesOf(options, active, setKept)
  return {
    active: active?.index ?? null,
    column: active?.column ?? null,
    setActive: (index, column = null) => setKept({ index, column }),
    onKeyDown: (event) => {
      const move = moves[nameOf(event)]
      if (!move || total === 0 || event.target !== event.currentTarget) return
      event.preventDefault()
      move(active)
    },
    onFocus: (event) => {
      const isByKeys = event.target === event.currentTarget && event.currentTarget.matches(':focus-visible')
      if (isByKeys && kept === null && total > 0) setKept({ index: 0, column: null })
    },
  }
}

/** "Ctrl+c", "Shift+F10", "ArrowDown". */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const plain = key.length === 1 ? key.toLowerCase() : key
  const isShifted = shiftKey && key.length > 1
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${isShifted ? 'Shift+' : ''}${plain}`
}

function movesOf(
  options: RowKeyOptions,
  active: At | null,
  setKept: (at: At) => void,
): Readonly<Record<string, Move | undefined>> {
  const { total, columns, pageRows } = options
  const at = active?.index ?? -1
  const row = (index: number) => (): void => {
    const next = Math.max(0, Math.min(total - 1, index))
    setKept({ index: next, column: active?.column ?? null })
    options.show(next)
  }
  const cell = (step: number) => (): void => {
    const from = active?.column ?? (step > 0 ? -1 : 0)
    setKept({ index: Math.max(0, at), column: Math.max(0, Math.min(columns - 1, from + step)) })
  }
  const withRow =
    (act: ((index: number, column: number | null) => void) | undefined): Move =>
    (now) => {
      if (now !== null) act?.(now.index, now.column)
    }
  const menu = withRow((index) => options.menu(index))
  return {
    ArrowDown: row(at + 1),
    j: row(at + 1),
    ArrowUp: row(at - 1),
    k: row(at - 1),
    PageDown: row(at + pageRows),
    PageUp: row(at - pageRows),
    Home: row(0),
    End: row(total - 1),
    ArrowRight: cell(1),
    ArrowLeft: cell(-1),
    Enter: withRow((index) => options.open(index)),
    'Ctrl+c': withRow(options.copy),
    'Shift+F10': menu,
    ContextMenu: menu,
    ' ': options.pick && withRow((index) => options.pick?.(index)),
    'Ctrl+a': options.pickAll && (() => options.pickAll?.()),
    Escape: options.pickNone && (() => options.pickNone?.()),
  }
}
