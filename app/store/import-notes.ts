import type { Database } from 'better-sqlite3'
import type { Cell } from '../model/sheet/cell.ts'
import type { ImportChoices } from '../model/sheet/choices.ts'
import type { Entity } from '../model/tenant.ts'

/** What an import is of. Written once, when its rows are read. */
export type ImportOrigin = {
  readonly tenantId: number
  readonly entity: Entity
  /** The file's name, without its folder. */
  readonly fileName: string
  /** SHA-256 of the file, in hex: the same file is met again by it. */
  readonly hash: string
  readonly sheet: string
  readonly headings: readonly Cell[]
  /** Number of the row of headings, as the spreadsheet counts. */
  readonly headerRow: number
  /** UTC ISO. */
  readonly readAt: string
}

/** Notes of an import: where it comes from, and what was decided. Null until it is noted. */
export type ImportNotes = {
  origin(): ImportOrigin | null
  setOrigin(origin: ImportOrigin): void
  choices(): ImportChoices | null
  setChoices(choices: ImportChoices): void
}

export function importNotes(db: Database): ImportNotes {
  const get = db.prepare<[string], string>('SELECT value FROM note WHERE name = ?').pluck()
  const put = db.prepare('INSERT OR REPLACE INTO note VALUES (?, ?)')
  const read = <T>(name: string): T | null => {
    const text = get.get(name)
    return text === undefined ? null : (JSON.parse(text) as T)
  }
  return {
    origin: () => read('origin'),
    setOrigin: (origin) => {
      put.run('origin', JSON.stringify(origin))
    },
    choices: () => read('choices'),
    setChoices: (choices) => {
      put.run('choices', JSON.stringify(choices))
    },
  }
}
