import type { FileHandle } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import { sheetLimits } from '../../model/sheet/cell.ts'
import { type Book, type ReadOptions, type SheetPiece, usualBatch } from '../book.ts'
import { cutOff, rowsOf } from '../pieces.ts'
import { readAt } from '../zip/directory.ts'
import type { XlsAsk, XlsSay } from './messages.ts'

export type XlsLimits = { readonly timeoutMs: number; readonly heapMb: number }
/** The 65,000 rows that such a sheet can have, in 17 MB: ten seconds on a busy machine, the whole program at 780 MB (docs/performance.md). */
export const usualXlsLimits: XlsLimits = { timeoutMs: 60_000, heapMb: 700 }

/** Opens an .xls workbook (Excel 97 to 2003, and older) in a thread of its own with limits on memory and time. Throws SheetTrouble. */
export async function openXls(
  handle: FileHandle,
  size: number,
  limits: XlsLimits = usualXlsLimits,
): Promise<Result<Book>> {
  if (size > sheetLimits.oldFileBytes) {
    return fail(
      fault('sheet-too-large', { facts: { problem: 'old workbooks are read whole', most: '20 MB' } }),
    )
  }
  const bytes = await readAt(handle, 0, size)
  const other = notAWorkbook(bytes)
  if (other) return fail(other)
  const reader = new XlsReader(bytes, limits)
  const opened = await reader.next()
  if (opened.say !== 'open') {
    await reader.close()
    return fail(opened.say === 'fault' ? opened.fault : fault('sheet-damaged'))
  }
  return ok({
    kind: 'xls',
    sheets: opened.sheets,
    ...{ text: null, foundText: null },
    hasLinks: false,
    rows: (sheet, options = {}) => rowsOf(() => oldRows(reader, sheet, options)),
    close: async () => {
      await reader.close()
      await handle.close()
    },
  })
}

/** The same kind of file holds documents and locked workbooks: its directory names its streams, in two-byte letters. */
function notAWorkbook(bytes: Buffer): Fault | null {
  const has = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'))
  if (has('EncryptedPackage')) return fault('sheet-locked')
  if (has('WordDocument')) return fault('sheet-unknown', { facts: { found: 'a Word document' } })
  if (has('PowerPoint Document')) return fault('sheet-unknown', { facts: { found: 'a presentation' } })
  if (has('_VBA_PROJECT')) return fault('sheet-macros')
  return has('Workbook') || has('Book') ? null : fault('sheet-unknown', { facts: { found: 'no workbook' } })
}

async function* oldRows(
  reader: XlsReader,
  sheet: number,
  { limit = Number.POSITIVE_INFINITY, batch = usualBatch, signal }: ReadOptions,
): AsyncGenerator<Result<SheetPiece>> {
  let from: number | null = 0
  let count = 0
  while (from !== null) {
    if (signal?.aborted) return yield fail(cutOff)
    const said: XlsSay = await reader.ask({ sheet, from, batch: Math.min(batch, limit - count) })
    if (said.say !== 'rows') return yield fail(said.say === 'fault' ? said.fault : fault('sheet-damaged'))
    count += said.rows.length
    from = count >= limit ? null : said.next
    const end = from === null ? { rows: count, merged: said.merged } : null
    yield ok({ rows: said.rows, end })
  }
}

/** One question, one answer; a thread that takes too long or too much is ended. */
class XlsReader {
  readonly #worker: Worker
  readonly #timeoutMs: number
  #gone: Fault | null = null

  constructor(bytes: Buffer, { timeoutMs, heapMb }: XlsLimits) {
    this.#timeoutMs = timeoutMs
    this.#worker = new Worker(workerFile(), {
      workerData: bytes,
      // Young values as V8 would keep them took 100 MB more, and no less time.
      resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: heapMb },
      // The reader mutters about records that it does not know.
      stdout: true,
      stderr: true,
    })
    this.#worker.stdout.resume()
    this.#worker.stderr.resume()
    // Running out of memory is told as an error, too.
    this.#worker.on('error', () => {
      this.#gone ??= fault('sheet-damaged', { facts: { problem: 'its reader gave up' } })
    })
  }

  ask(question: XlsAsk): Promise<XlsSay> {
    this.#worker.postMessage(question)
    return this.next()
  }

  next(): Promise<XlsSay> {
    if (this.#gone) return Promise.resolve({ say: 'fault', fault: this.#gone })
    return new Promise((resolve) => {
      const end = (said: XlsSay) => {
        clearTimeout(timer)
        this.#worker.off('message', end)
        this.#worker.off('exit', gone)
        resolve(said)
      }
      const gone = () => end({ say: 'fault', fault: this.#gone ?? fault('sheet-damaged') })
      const timer = setTimeout(() => {
        this.#gone = fault('sheet-slow')
        void this.#worker.terminate()
      }, this.#timeoutMs)
      this.#worker.on('message', end)
      this.#worker.on('exit', gone)
    })
  }

  async close(): Promise<void> {
    this.#gone ??= fault('cancelled')
    await this.#worker.terminate()
  }
}

/** Beside this file, or beside the bundle. */
const workerFile = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('./worker.ts', import.meta.url)
    : new URL('./xls-worker.js', import.meta.url)
