import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/**
 * Replaces a file so that a reader (or a crash) meets the old content or the new, never a part. `mode` is POSIX permission bits.
 * Errors of the file system are thrown; the old file is then still there.
 */
export function replaceFile(path: string, content: string, mode: number): void {
  const draft = `${path}.${process.pid}.new`
  try {
    const handle = openSync(draft, 'w', mode)
    try {
      writeSync(handle, content)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
