import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const dayMs = 86_400_000
const importsKeptMs = 90 * dayMs
/** Long enough to go back a step and read the same file with other headings. */
const uploadsKeptMs = 2 * dayMs

/** Whether an import has been kept for long enough. `readAt`: UTC ISO; null for one whose reading was cut off, which goes after two days. */
export function isOldImport(file: string, readAt: string | null, nowMs: number): boolean {
  if (readAt !== null) return nowMs - Date.parse(readAt) > importsKeptMs
  return nowMs - statSync(file).mtimeMs > uploadsKeptMs
}

/** Deletes files that were sent here, and workbooks that were made to be saved, once nobody is likely to need them. */
export function pruneUploads(home: string, nowMs: number): void {
  for (const name of namesIn(home)) {
    const path = join(home, name)
    if (nowMs - statSync(path).mtimeMs > uploadsKeptMs) rmSync(path, { recursive: true, force: true })
  }
}

function namesIn(home: string): readonly string[] {
  try {
    return readdirSync(home)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
