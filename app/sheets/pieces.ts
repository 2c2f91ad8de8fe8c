import { type Fault, fail, fault, type Result } from '../model/fault.ts'
import type { SheetPiece } from './book.ts'
import { SheetTrouble } from './zip/part.ts'

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
