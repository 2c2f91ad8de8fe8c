import { type CsvFormat, csvFormatOf, csvRow, csvSeparators, csvStart } from '../../../app/model/csv.ts'
import type { Column } from './column.ts'

/** Part by part, all rows of a list; `total` may change on the way. */
export type Walk<T> = (
  signal: AbortSignal,
) => AsyncIterable<{ readonly rows: readonly T[]; readonly total: number }>

export type ExportChoice = { readonly format: CsvFormat; readonly areAllColumns: boolean }

/**
 * The whole list as one CSV file. The rows come part by part, so that the engine's answers stay small in every host (a window onto the
 * service is sent whole answers only), progress shows, and stopping is at once. Null when it was stopped.
 */
export async function csvOf<T>(
  columns: readonly Column<T>[],
  { format }: ExportChoice,
  walk: Walk<T>,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Blob | null> {
  const parts = [csvStart(format) + csvRow(columns.map(titleInFile), format)]
  let done = 0
  for await (const { rows, total } of walk(signal)) {
    if (signal.aborted) return null
    parts.push(
      rows
        .map((row) =>
          csvRow(
            columns.map((column) => column.value?.(row) ?? null),
            format,
          ),
        )
        .join(''),
    )
    done += rows.length
    onProgress(done, total)
  }
  return signal.aborted ? null : new Blob(parts, { type: 'text/csv;charset=utf-8' })
}

const titleInFile = <T>({ title, fileTitle }: Column<T>): string => fileTitle ?? title

/** "sales-orders-2026-05-01.csv" */
export function fileNameOf(name: string, at: Date): string {
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${day.join('-')}.csv`
}

/** Hands a file to the browser, which puts it where downloads go, or asks. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after the click; it has a minute for that.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const keptAs = 'csv'

/** As chosen the last time in this browser, else what its locale expects. */
export function rememberedChoice(): ExportChoice {
  const usual = { format: csvFormatOf(navigator.language), areAllColumns: false }
  const [separator, mark, all] = (localStorage.getItem(keptAs) ?? '').split(' ')
  const known = csvSeparators.find((each) => nameOfSeparator(each) === separator)
  return known ? { format: formatWith(known, mark === 'mark'), areAllColumns: all === 'all' } : usual
}

export function rememberChoice({ format, areAllColumns }: ExportChoice): void {
  const words = [
    nameOfSeparator(format.separator),
    format.hasMark ? 'mark' : 'plain',
    areAllColumns ? 'all' : 'shown',
  ]
  localStorage.setItem(keptAs, words.join(' '))
}

export const nameOfSeparator = (separator: CsvFormat['separator']): 'comma' | 'semicolon' | 'tab' =>
  separator === ',' ? 'comma' : separator === ';' ? 'semicolon' : 'tab'

/** Programs that part cells by semicolons write fractions with a comma. */
export const formatWith = (separator: CsvFormat['separator'], hasMark: boolean): CsvFormat => ({
  separator,
  decimal: separator === ';' ? ',' : '.',
  hasMark,
})
