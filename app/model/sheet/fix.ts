import { type Cell, cellText } from './cell.ts'

/** A change of one column in many rows at once. Each is one step that can be undone. */
export type SheetFix =
  | { readonly do: 'set'; readonly column: number; readonly value: string }
  | { readonly do: 'fill empty'; readonly column: number; readonly value: string }
  /** Empty cells get the value of the nearest row above that has one. */
  | { readonly do: 'fill down'; readonly column: number }
  /** A whole cell that is this, whatever its case. */
  | { readonly do: 'replace'; readonly column: number; readonly from: string; readonly to: string }
  /** A part of a text, in every place where it stands. */
  | { readonly do: 'find'; readonly column: number; readonly find: string; readonly to: string }
  | { readonly do: 'cut'; readonly column: number; readonly length: number }

/** The first half of a letter that takes two. */
const halfLetter = /[\ud800-\udbff]$/

const isEmpty = (cell: Cell): boolean => cellText(cell).trim() === ''

/** A row's cells after a fix, or null when it changes nothing. A fix is used for rows in order: `fill down` remembers what is above. */
export function fixer(fix: SheetFix): (cells: readonly Cell[]) => readonly Cell[] | null {
  let above: Cell = null
  return (cells) => {
    const cell = cells[fix.column] ?? null
    switch (fix.do) {
      case 'set':
        return changed(cells, fix.column, fix.value)
      case 'fill empty':
        return isEmpty(cell) ? changed(cells, fix.column, fix.value) : null
      case 'fill down':
        if (!isEmpty(cell)) above = cell
        return isEmpty(cell) && above !== null ? changed(cells, fix.column, above) : null
      case 'replace':
        return same(cell, fix.from) ? changed(cells, fix.column, fix.to) : null
      case 'find':
        return typeof cell === 'string' && fix.find !== ''
          ? changed(cells, fix.column, cell.split(fix.find).join(fix.to))
          : null
      case 'cut':
        return cellText(cell).trim().length > fix.length
          ? changed(
              cells,
              fix.column,
              cellText(cell).trim().slice(0, fix.length).replace(halfLetter, '').trimEnd(),
            )
          : null
    }
  }
}

const same = (cell: Cell, text: string): boolean =>
  cellText(cell).trim().toLowerCase() === text.trim().toLowerCase()

function changed(cells: readonly Cell[], column: number, value: Cell): readonly Cell[] | null {
  const next = value === '' ? null : value
  if ((cells[column] ?? null) === next) return null
  const all = [...cells]
  while (all.length < column) all.push(null)
  all[column] = next
  return all
}
