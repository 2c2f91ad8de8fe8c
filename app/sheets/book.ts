import type { Result } from '../model/fault.ts'
import type { SheetEnd, SheetInfo, SheetRow } from '../model/sheet/cell.ts'
import type { TextForm } from '../model/sheet/text-form.ts'

/** Rows a batch; the last piece of a sheet says what was noticed on the way. */
export type SheetPiece =
  | { readonly rows: readonly SheetRow[]; readonly end: null }
  | { readonly rows: readonly SheetRow[]; readonly end: SheetEnd }

/** An open spreadsheet file, whatever its kind. */
export type Book = {
  readonly kind: 'xlsx' | 'xls' | 'csv'
  readonly sheets: readonly SheetInfo[]
  /** For a text file: how its characters and columns are told apart. */
  readonly text: TextForm | null
  /** For a text file: the same as its content tells it, whatever a person chose. */
  readonly foundText: TextForm | null
  /** The file names others that it takes values from; they are never opened, the values last saved are used. */
  readonly hasLinks: boolean
  /**
   * The rows of a sheet that have a value, in order, as a stream: what was read is not kept. A fault ends it. Stopping early is fine.
   * `limit`: so many rows at most, for a look at the first ones.
   */
  rows(sheet: number, options?: ReadOptions): AsyncGenerator<Result<SheetPiece>>
  close(): Promise<void>
}

export type ReadOptions = {
  readonly limit?: number
  readonly signal?: AbortSignal
  /** Rows a batch. */
  readonly batch?: number
}

export const usualBatch = 500
