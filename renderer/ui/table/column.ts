import type { ReactNode } from 'react'
import { type CsvFormat, type CsvValue, csvRow } from '../../../app/model/csv.ts'

export type Column<T> = {
  readonly id: string
  readonly title: string
  /** Narrowest width in pixels. */
  readonly min: number
  /** Its share of what is left over; absent: it stays as it is. */
  readonly grow?: number
  readonly align?: 'end'
  /** What the engine sorts by; absent: not sortable. */
  readonly sort?: string
  readonly cell: (row: T) => ReactNode
  /** The exact value, for copying and exports; absent: the text that is shown. */
  readonly value?: (row: T) => CsvValue
  /** Its title in an exported file, where that says more: "Changed (UTC)". */
  readonly fileTitle?: string
}

/** A time as spreadsheets read it: "2026-05-01 09:30:00", UTC. */
export const timeValue = (iso: string | null): string | null =>
  iso === null ? null : iso.slice(0, 19).replace('T', ' ')

const tabbed: CsvFormat = { separator: '\t', decimal: '.', hasMark: false }

/** A row as cells for a spreadsheet; what would be a formula there is defused as in an exported file. */
export const rowText = (cells: readonly CsvValue[]): string => csvRow(cells, tabbed).slice(0, -2)

/** One value as it is. */
export const cellText = (value: CsvValue): string =>
  value === true ? 'yes' : value === false ? 'no' : String(value ?? '')
