import type { Cell, SheetRow } from '../model/sheet/cell.ts'

/** A row of an import as its file keeps it. */
export type StoredRow = {
  readonly number: number
  readonly cells: string
  readonly is_hidden: number
  readonly formulas: string
  readonly is_left_out: number
}

export const rowOf = ({ number, cells, is_hidden, formulas, is_left_out }: StoredRow): SheetRow => ({
  number,
  cells: JSON.parse(cells) as Cell[],
  isHidden: is_hidden === 1,
  formulas: formulas === '' ? [] : (JSON.parse(formulas) as number[]),
  ...(is_left_out === 1 && { isLeftOut: true }),
})
