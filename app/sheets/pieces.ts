import { type Fault, fail, fault, type Result } from '../model/fault.ts'
import type { SheetRow } from '../model/sheet/cell.ts'
import type { SheetPiece } from './book.ts'
import { SheetTrouble } from './zip/part.ts'

/** What a batch holds at most, whatever its rows: rows may be 16,384 cells wide. */
const batchCells = 100_000

/** Takes the next batch off the front of what was read, as many rows as are wanted or as many as such a number of cells; none while it is not whole. */
export function nextBatch(rows: SheetRow[], wanted: number): SheetRow[] {
  let cells = 0
  for (let at = 0; at < rows.length; at++) {
    cells += rows[at]?.cells.length ?? 0
    if (at + 1 === wanted || cells >= batchCells) return rows.splice(0, at + 1)
  }
  return []
}

/** A person stopped the reading. */
export const cutOff: Fault = fault('cancelled')

/** The rows of a reader that may throw SheetTrouble: it becomes the last thing of the stream. */
export async function* rowsOf(
  read: () => AsyncGenerator<Result<SheetPiece>>,
): AsyncGenerator<Result<SheetPiece>> {
  try {
    yield* read()
  } catch (error) {
    yield fail(troubleOf(error))
  }
}

/** The fault that a SheetTrouble carries, or that an error of the file system means. Anything else is a bug and thrown on. */
export function troubleOf(error: unknown): Fault {
  if (error instanceof SheetTrouble) return error.fault
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return fault('sheet-missing', { facts: { reason: reasons[error.code] ?? error.code } })
  }
  throw error
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EBUSY: 'another program has it open',
  EISDIR: 'it is a folder',
  EIO: 'its disk cannot be read',
}
