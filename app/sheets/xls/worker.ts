import { parentPort, workerData } from 'node:worker_threads'
import { read, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { fault } from '../../model/fault.ts'
import { type Cell, columnName, type SheetRow } from '../../model/sheet/cell.ts'
import { serialDate } from '../xlsx/dates.ts'
import { isDateFormat } from '../xlsx/styles.ts'
import type { XlsAsk, XlsSay } from './messages.ts'

/** The thread that reads an old workbook whole: the reader knows no other way, so it gets little memory and may be ended at any time. */
const port = parentPort
if (!port) throw new Error('This file runs as a worker thread only.')
const say = (message: XlsSay): void => port.postMessage(message)

const book = open(workerData as Uint8Array)
if (book) {
  const { is1904, sheets } = book
  say({ say: 'open', sheets: sheets.map(({ name, isHidden }) => ({ name, isHidden })) })
  port.on('message', (ask: XlsAsk) => {
    const sheet = sheets[ask.sheet]?.sheet
    const rows = sheet?.['!data'] ?? []
    const taken: SheetRow[] = []
    let at = ask.from
    while (at < rows.length && taken.length < ask.batch) {
      const row = rowAt(sheet, at, is1904)
      if (row) taken.push(row)
      at++
    }
    say({ say: 'rows', rows: taken, next: at < rows.length ? at : null, merged: mergedOf(sheet) })
  })
}

type Opened = {
  readonly is1904: boolean
  readonly sheets: readonly { readonly name: string; readonly isHidden: boolean; readonly sheet: WorkSheet }[]
}

function open(bytes: Uint8Array): Opened | null {
  try {
    const made: WorkBook = read(bytes, {
      type: 'buffer',
      dense: true,
      cellFormula: true,
      cellNF: true,
      cellHTML: false,
      cellText: false,
      bookVBA: false,
      WTF: false,
    })
    const marks = made.Workbook?.Sheets ?? []
    const sheets = made.SheetNames.flatMap((name, at) => {
      const sheet = made.Sheets[name]
      return sheet ? [{ name, isHidden: (marks[at]?.Hidden ?? 0) !== 0, sheet }] : []
    })
    return { is1904: made.Workbook?.WBProps?.date1904 ?? false, sheets }
  } catch (error) {
    const isLocked = error instanceof Error && /password-protected/i.test(error.message)
    say({ say: 'fault', fault: fault(isLocked ? 'sheet-locked' : 'sheet-damaged') })
    return null
  }
}

function rowAt(sheet: WorkSheet | undefined, at: number, is1904: boolean): SheetRow | null {
  const cells: Cell[] = []
  const formulas: number[] = []
  for (const [column, cell] of (sheet?.['!data']?.[at] ?? []).entries()) {
    const value = cell ? cellValue(cell, is1904) : null
    if (value === null) continue
    while (cells.length < column) cells.push(null)
    cells[column] = value
    if (cell?.f !== undefined) formulas.push(column)
  }
  const isHidden = sheet?.['!rows']?.[at]?.hidden ?? false
  return cells.length === 0 ? null : { number: at + 1, cells, isHidden, formulas }
}

type OldCell = { readonly t: string; readonly v?: unknown; readonly z?: unknown; readonly w?: string }

function cellValue({ t, v, z, w }: OldCell, is1904: boolean): Cell {
  if (t === 'e') return { kind: 'error', text: w ?? errors[Number(v)] ?? '#ERROR' }
  if (typeof v === 'boolean') return v
  if (typeof v === 'string') return v === '' ? null : v
  if (typeof v !== 'number') return null
  const date = typeof z === 'string' && isDateFormat(z) ? serialDate(v, is1904) : null
  return date === null ? v : { kind: 'date', text: date }
}

/** The codes of failed formulas ([MS-XLS] 2.5.10). */
const errors: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

const mergedOf = (sheet: WorkSheet | undefined): string[] =>
  (sheet?.['!merges'] ?? [])
    .slice(0, 1000)
    .map(({ s, e }) => `${columnName(s.c)}${s.r + 1}:${columnName(e.c)}${e.r + 1}`)
