import type { FileHandle } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import type * as csvParse from 'csv-parse'
import { fail, ok, type Result } from '../../model/fault.ts'
import { type Cell, type SheetRow, sheetLimits } from '../../model/sheet/cell.ts'
import type { TextForm } from '../../model/sheet/text-form.ts'
import { type Book, type ReadOptions, type SheetPiece, usualBatch } from '../book.ts'
import { cutOff, nextBatch, rowsOf } from '../pieces.ts'
import { readAt } from '../zip/directory.ts'
import { trouble } from '../zip/part.ts'
import { saysSeparator, sniff } from './sniff.ts'

const pieceBytes = 256 * 1024

/** Opens a text table. Every value is text as it stands; an empty one is no value. `form` overrides what was found out. */
export async function openCsv(
  handle: FileHandle,
  size: number,
  form: Partial<TextForm> = {},
): Promise<Result<Book>> {
  const foundText = await sniff(handle, size)
  const text = { ...foundText, ...form }
  return ok({
    kind: 'csv',
    sheets: [{ name: '', isHidden: false }],
    ...{ text, foundText },
    hasLinks: false,
    rows: (_sheet, options = {}) => rowsOf(() => textRows(handle, size, text, options)),
    close: () => handle.close(),
  })
}

async function* textRows(
  handle: FileHandle,
  size: number,
  form: TextForm,
  { limit = Number.POSITIVE_INFINITY, batch = usualBatch, signal }: ReadOptions,
): AsyncGenerator<Result<SheetPiece>> {
  const table = new TextTable(form, await import('csv-parse'))
  let count = 0
  for await (const piece of decoded(handle, size, form)) {
    if (signal?.aborted) return yield fail(cutOff)
    await table.write(piece)
    if (count + table.rows.length >= limit) {
      return yield ok({ rows: table.rows.slice(0, limit - count), end: { rows: limit, merged: [] } })
    }
    for (let rows = nextBatch(table.rows, batch); rows.length > 0; rows = nextBatch(table.rows, batch)) {
      count += rows.length
      yield ok({ rows, end: null })
    }
  }
  await table.end()
  count += table.rows.length
  yield ok({ rows: table.rows, end: { rows: count, merged: [] } })
}

/** The file in pieces of UTF-8, which the parser takes without turning them into text first. */
async function* decoded(handle: FileHandle, size: number, { encoding }: TextForm): AsyncGenerator<Buffer> {
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding)
  let isFirst = true
  for (let at = 0; at < size; ) {
    const bytes = await readAt(handle, at, Math.min(size, at + pieceBytes))
    if (bytes.length === 0) break
    at += bytes.length
    const piece = decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes
    yield isFirst ? withoutSeparatorLine(piece) : piece
    isFirst = false
  }
  if (decoder) yield Buffer.from(decoder.decode())
}

function withoutSeparatorLine(piece: Buffer): Buffer {
  const start = piece.subarray(0, 16).toString('utf8')
  return saysSeparator(start) ? piece.subarray(piece.indexOf('\n') + 1) : piece
}

type Csv = Pick<typeof csvParse, 'Parser' | 'CsvError'>

/** A row's texts may come to four megabytes, which the parser watches; empty cells, of which it keeps each, may not either. */
const longestLine = 5_000_000

/** The parser, without a stream's cost for each row: rows are put aside as they are met. */
class TextTable {
  rows: SheetRow[] = []
  #number = 0
  /** Since the last line's end. */
  #openBytes = 0
  readonly #parser: csvParse.Parser
  readonly #csv: Csv

  constructor({ separator }: TextForm, csv: Csv) {
    this.#csv = csv
    this.#parser = new csv.Parser({
      bom: true,
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 4_000_000,
      on_record: (record: readonly string[]) => {
        this.#add(record)
        return null
      },
    })
    // Said through the act that met it, too; an error that nobody listens for would end the program.
    this.#parser.on('error', () => {})
    this.#parser.resume()
  }

  #add(record: readonly string[]): void {
    this.#number++
    if (record.length > sheetLimits.columns) {
      throw trouble('sheet-too-large', { problem: `row ${this.#number} is wider than any spreadsheet` })
    }
    const cells: Cell[] = []
    for (let at = 0; at < record.length; at++) cells.push(record[at] || null)
    while (cells.length > 0 && cells.at(-1) === null) cells.pop()
    if (cells.length > 0) this.rows.push({ number: this.#number, cells, isHidden: false, formulas: [] })
  }

  write(piece: Buffer): Promise<void> {
    const end = Math.max(piece.lastIndexOf(10), piece.lastIndexOf(13))
    this.#openBytes = end < 0 ? this.#openBytes + piece.length : piece.length - end
    if (this.#openBytes > longestLine) {
      throw trouble('sheet-damaged', {
        problem: `row ${this.#number + 1} is longer than any spreadsheet has it`,
      })
    }
    return this.#ended((done) => this.#parser.write(piece, done))
  }

  end(): Promise<void> {
    return this.#ended((done) => this.#parser.end(done))
  }

  #ended(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (error: Error) =>
        reject(error instanceof this.#csv.CsvError ? troubleOfRow(error, this.#number) : error)
      this.#parser.once('error', failed)
      act((error) => {
        this.#parser.off('error', failed)
        if (error) failed(error)
        else resolve()
      })
    })
  }
}

function troubleOfRow({ code }: csvParse.CsvError, rows: number): Error {
  const problem =
    code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE'
      ? `a quotation mark that begins after row ${rows} is never closed`
      : `row ${rows + 1} cannot be told into columns`
  return trouble('sheet-damaged', { problem })
}
