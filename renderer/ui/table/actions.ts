import type { RefObject } from 'react'
import { type MenuEntry, useContextMenu } from '../context-menu.tsx'
import { useCopy } from '../copy.ts'
import { type Column, cellText, rowText } from './column.ts'
import type { Windows } from './windows.ts'

type ActionProps<T> = {
  readonly name: string
  readonly windows: Windows<T>
  readonly onOpen?: ((row: T) => void) | undefined
  /** Entries above copying. */
  readonly menuOf?: ((row: T) => readonly MenuEntry[]) | undefined
  readonly id: string
  readonly shown: readonly Column<T>[]
  readonly scroller: RefObject<HTMLDivElement | null>
}

/** What can be done with every row: open it, copy it or one cell of it. */
export function useRowActions<T>({ name, windows, onOpen, menuOf, id, shown, scroller }: ActionProps<T>) {
  const copyText = useCopy()
  const { show, menu } = useContextMenu(`${name}: this row`)
  const valueAt = (row: T, index: number, place: number) => {
    const column = shown[place]
    return column?.value
      ? column.value(row)
      : (document.getElementById(`${id}-${index}-${place}`)?.innerText ?? '')
  }
  const copy = (index: number, place: number | null): void => {
    const row = windows.rowAt(index)
    if (row === undefined) return
    if (place === null) void copyText(rowText(shown.map((_, at) => valueAt(row, index, at))), 'Row copied.')
    else void copyText(cellText(valueAt(row, index, place)), 'Cell copied.')
  }
  return {
    copy,
    menu,
    show: (index: number, place: number | null, at: { x: number; y: number } | Element | null): void => {
      const row = windows.rowAt(index)
      if (row === undefined || at === null) return
      const column = place === null ? undefined : shown[place]
      const entries: MenuEntry[] = [
        ...(onOpen ? [{ id: 'open', name: 'Open', keys: 'Enter', act: () => onOpen(row) }] : []),
        ...(menuOf?.(row) ?? []),
        ...(column
          ? [{ id: 'cell', group: 'copy', name: `Copy "${column.title}"`, act: () => copy(index, place) }]
          : []),
        { id: 'row', group: 'copy', name: 'Copy row', keys: 'Ctrl+C', act: () => copy(index, null) },
      ]
      show(at, entries, scroller.current)
    },
  }
}
