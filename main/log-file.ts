import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

type LogFile = {
  write(line: string): void
  close(): void
}

type LogFileOptions = {
  /** A file that a line would make longer than this is put aside first. */
  readonly maxBytes: number
  /** Files kept, the current one among them. */
  readonly files: number
  /** Told once when lines cannot be written, and once more when they can again and fail anew. */
  readonly onTrouble: (error: unknown) => void
}

/**
 * A file that rolls by size: NAME.log, before it NAME.1.log (younger) to NAME.N.log (older). Lines are written at once and in order, so
 * that the last one before a crash is there; there are few. A disk that takes no lines stops the log, never the work.
 */
export function openLogFile(folder: string, name: string, options: LogFileOptions): LogFile {
  const path = (age: number): string => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`)
  let handle: number | null = null
  let size = 0
  let isFailing = false

  const open = (): number => {
    mkdirSync(folder, { recursive: true })
    const opened = openSync(path(0), 'a', 0o640)
    size = fstatSync(opened).size
    handle = opened
    return opened
  }
  const close = (): void => {
    if (handle !== null) closeSync(handle)
    handle = null
  }
  const roll = (): void => {
    close()
    rmSync(path(options.files - 1), { force: true })
    for (let age = options.files - 2; age >= 0; age--) {
      if (existsSync(path(age))) renameSync(path(age), path(age + 1))
    }
  }
  const rollIfFull = (bytes: number): void => {
    if (size === 0 || size + bytes <= options.maxBytes) return
    try {
      roll()
    } catch (error) {
      // Windows refuses to rename what a viewer holds open: the file grows on, and the next line tries again.
      trouble(error)
    }
  }
  const trouble = (error: unknown): void => {
    if (!isFailing) options.onTrouble(error)
    isFailing = true
  }
  return {
    write: (line) => {
      const bytes = Buffer.from(line, 'utf8')
      try {
        if (handle === null) open()
        rollIfFull(bytes.length)
        writeSync(handle ?? open(), bytes)
        size += bytes.length
        if (size <= options.maxBytes) isFailing = false
      } catch (error) {
        trouble(error)
      }
    },
    close,
  }
}
