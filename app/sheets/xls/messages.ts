import type { Fault } from '../../model/fault.ts'
import type { SheetInfo, SheetRow } from '../../model/sheet/cell.ts'

/** To the thread that reads an old workbook: which rows are wanted next (`from`: from 0, empty ones counted). */
export type XlsAsk = { readonly sheet: number; readonly from: number; readonly batch: number }

/** From it: first what the workbook holds, then the answer to each question; `next` is where to go on, null at the end. */
export type XlsSay =
  | { readonly say: 'open'; readonly sheets: readonly SheetInfo[] }
  | {
      readonly say: 'rows'
      readonly rows: readonly SheetRow[]
      readonly next: number | null
      readonly merged: readonly string[]
    }
  | { readonly say: 'fault'; readonly fault: Fault }
