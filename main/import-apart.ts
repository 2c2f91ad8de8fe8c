import { Worker } from 'node:worker_threads'
import { type Fault, fault } from '../app/model/fault.ts'
import type { SheetPlan } from '../app/model/sheet/check.ts'
import type { TextForm } from '../app/model/sheet/text-form.ts'

/** What a thread of its own does for an import: `file` is the import's own file. */
export type ImportOrder =
  | {
      readonly act: 'read'
      readonly file: string
      /** The spreadsheet. */
      readonly path: string
      readonly text: TextForm | null
      /** Its place in the workbook, from 0. */
      readonly sheet: number
      readonly headerRow: number
    }
  | { readonly act: 'check'; readonly file: string; readonly plan: SheetPlan }

/** From the thread; any message to it means that it is to stop. */
export type ImportSays =
  | { readonly say: 'rows'; readonly rows: number; readonly width: number }
  | { readonly say: 'end'; readonly fault: Fault | null }

export type ApartOptions = {
  readonly signal?: AbortSignal
  readonly onProgress?: (rows: number) => void
  /** Told, batch by batch, how many cells the widest row so far has. */
  readonly onWidth?: (cells: number) => void
  readonly limits?: ApartLimits
}

export type ApartLimits = { readonly heapMb: number; readonly silentMs: number }
/** A million rows are read with 60 MB of heap, a thousand of them take milliseconds; a file that needs a multiple of either means harm. */
export const usualApartLimits: ApartLimits = { heapMb: 256, silentMs: 60_000 }

/**
 * Reads or checks in a thread of its own: what a hostile file costs is bounded, the screens wait for nothing, and the memory is given back
 * when it is done, which the engine's own heap, alive for months, would not. Answers the fault that ended it early, or null: those of the
 * spreadsheet and of the disk, cancelled, sheet-too-large beyond the heap's limit, sheet-slow when nothing is heard for too long.
 */
export function workApart(order: ImportOrder, options: ApartOptions = {}): Promise<Fault | null> {
  const { signal, onProgress, onWidth, limits = usualApartLimits } = options
  if (signal?.aborted) return Promise.resolve(fault('cancelled'))
  const worker = new Worker(threadFile(), {
    workerData: order,
    resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: limits.heapMb },
  })
  return new Promise((resolve) => {
    let answer: Fault | null = fault('bug', { raw: 'The thread of an import ended without an answer.' })
    const stop = (): void => worker.postMessage('stop')
    const tooSlow = (): void => {
      answer = fault('sheet-slow')
      void worker.terminate()
    }
    let timer = setTimeout(tooSlow, limits.silentMs)
    signal?.addEventListener('abort', stop, { once: true })
    worker.on('message', (said: ImportSays) => {
      clearTimeout(timer)
      if (said.say === 'end') answer = said.fault
      else {
        timer = setTimeout(tooSlow, limits.silentMs)
        onWidth?.(said.width)
        onProgress?.(said.rows)
      }
    })
    worker.on('error', (error) => {
      answer = faultOf(error)
    })
    worker.on('exit', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      resolve(answer)
    })
  })
}

function faultOf(error: unknown): Fault {
  const isHeap = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (isHeap) return fault('sheet-too-large', { facts: { problem: 'reading it takes too much memory' } })
  return fault('bug', { raw: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

/** The same file as TypeScript in a checkout and as JavaScript in a build. */
const threadFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './import-thread.ts' : './import-thread.js', import.meta.url)
