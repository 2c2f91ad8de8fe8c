import { parentPort, workerData } from 'node:worker_threads'
import { type Fault, fault } from '../app/model/fault.ts'
import { draftOf } from '../app/sheets/draft.ts'
import { openBook } from '../app/sheets/open.ts'
import { openImportFile } from '../app/store/import-file.ts'
import { storeFault } from '../app/store/sqlite-fault.ts'
import type { ImportOrder, ImportSays } from './import-apart.ts'

/** The thread that reads a spreadsheet into an import's file, or checks one; one order, then it ends and its memory with it. */
const port = parentPort
if (!port) throw new Error('import-thread.ts is started as a worker thread.')
const say = (message: ImportSays): void => port.postMessage(message)

const order = workerData as ImportOrder
const stop = new AbortController()
port.on('message', () => stop.abort())
say({ say: 'end', fault: await perform() })
port.close()

async function perform(): Promise<Fault | null> {
  const db = openImportFile(order.file)
  try {
    const draft = draftOf(db, { now: () => Date.now() })
    let width = 0
    const options = {
      signal: stop.signal,
      onProgress: (rows: number) => say({ say: 'rows', rows, width }),
    }
    if (order.act === 'check') return await draft.check(order.plan, options)
    const book = await openBook(order.path, order.text ? { text: order.text } : {})
    if (!book.ok) return book.fault
    const onWidth = (cells: number): void => {
      width = cells
    }
    const trouble = await draft.read(book.value, order.sheet, order.headerRow, { ...options, onWidth })
    await book.value.close()
    return trouble
  } catch (error) {
    const raw = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return storeFault(error, order.file) ?? fault('bug', { raw })
  } finally {
    db.close()
  }
}
