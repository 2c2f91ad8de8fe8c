import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { Cell } from '../model/sheet/cell.ts'
import type { ImportChoices, ImportDecision } from '../model/sheet/choices.ts'
import type { DateGuess } from '../model/sheet/dates.ts'
import type { SheetField } from '../model/sheet/field-type.ts'
import type { DecimalGuess } from '../model/sheet/numbers.ts'
import type { TextForm } from '../model/sheet/text-form.ts'
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
  /** The cells of its widest row: columns that are made stand beyond. */
  readonly width: number
  /** How a text file was read; null for a workbook. */
  readonly text: TextForm | null
  /** UTC ISO. */
  readonly readAt: string
}

/** How the numbers and dates of a column are written. */
type GuessNote = { readonly decimal: DecimalGuess; readonly dates: DateGuess }

/** What came of asking Halo about the rows. `stopped`: a person did not want to wait. */
export type HaloNote =
  | { readonly state: 'asked'; readonly at: string }
  | { readonly state: 'no answer'; readonly fault: Fault }
  | { readonly state: 'stopped' }

/** What the screens keep of an import that is being prepared. */
export type ImportWorkNote = {
  /** Where the file lay when it was read. */
  readonly path: string
  /** By column, for those that were asked about so far. */
  readonly guesses: Readonly<Record<number, GuessNote>>
  readonly decision: ImportDecision
  /** Field -> plain heading, as it was remembered when the file was read. */
  readonly remembered: Readonly<Record<string, string>>
  /** Where the next made column stands: beyond the file's own and beyond all that were made before. */
  readonly nextPlace: number
  /** Whether the last check was made of the rows and the decision as they are now. */
  readonly isChecked: boolean
  /** Null while Halo was not asked, or has not answered; absent in imports of older versions. */
  readonly halo?: HaloNote | null
  readonly previewRunId: number | null
  readonly importRunId: number | null
}

/** Notes of an import: where it comes from, and what was decided. Null until it is noted. */
export type ImportNotes = {
  origin(): ImportOrigin | null
  setOrigin(origin: ImportOrigin): void
  /** The custom fields of the tenant's Halo as columns; null while they are not known. */
  custom(): readonly SheetField[] | null
  setCustom(fields: readonly SheetField[]): void
  choices(): ImportChoices | null
  setChoices(choices: ImportChoices): void
  /** Null for an import that was made on the command line. */
  work(): ImportWorkNote | null
  setWork(work: ImportWorkNote): void
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
    custom: () => read('custom'),
    setCustom: (fields) => {
      put.run('custom', JSON.stringify(fields))
    },
    choices: () => read('choices'),
    setChoices: (choices) => {
      put.run('choices', JSON.stringify(choices))
    },
    work: () => read('work'),
    setWork: (work) => {
      put.run('work', JSON.stringify(work))
    },
  }
}
