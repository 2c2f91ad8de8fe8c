import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import { explain } from '../app/model/fault-words.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Cell } from '../app/model/sheet/cell.ts'
import type { SheetPlan } from '../app/model/sheet/check.ts'
import { sheetField } from '../app/model/sheet/fields.ts'
import { widener } from '../app/model/sheet/made.ts'
import { wideHeadings } from '../app/model/sheet/said-columns.ts'
import type { TextForm } from '../app/model/sheet/text-form.ts'
import type { Entity } from '../app/model/tenant.ts'
import type { Book } from '../app/sheets/book.ts'
import { type Draft, draftOf, type WorkOptions } from '../app/sheets/draft.ts'
import { type ErrorRow, writeErrorBook } from '../app/sheets/error-book.ts'
import { type LookOptions, lookAt, type SheetLook } from '../app/sheets/look.ts'
import { openBook } from '../app/sheets/open.ts'
import { type ImportAsked, importAsked } from '../app/store/import-asked.ts'
import { type ImportDone, importDone } from '../app/store/import-done.ts'
import { openImportFile } from '../app/store/import-file.ts'
import { type ImportNotes, importNotes } from '../app/store/import-notes.ts'
import { type ImportUndone, importUndone } from '../app/store/import-undone.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import { workApart } from './import-apart.ts'
import { headingsOf } from './import-file-look.ts'

/** An import that is open: its rows, what is wrong with them, what was decided, and how far it got. */
export type OpenImport = {
  readonly file: string
  readonly draft: Draft
  readonly notes: ImportNotes
  readonly done: ImportDone
  readonly undone: ImportUndone
  readonly asked: ImportAsked
  /** Checks every row, as `draft.check`: many of them in a thread of their own. */
  check(plan: SheetPlan, options?: WorkOptions): Promise<Fault | null>
  /** Writes the rows of the records that failed into a spreadsheet; answers how many records those are. */
  writeFailed(to: string): Promise<number>
  close(): void
}

export type ReadRequest = {
  readonly file: string
  readonly tenantId: number
  readonly entity: Entity
  /** By its name; left out: the first that is not hidden. */
  readonly sheet?: string | undefined
  readonly headerRow?: number | undefined
  readonly remembered?: LookOptions['remembered'] | undefined
  /** For a text file; what is left out is told by its content. */
  readonly text?: Partial<TextForm> | undefined
}

export type ReadImport = { readonly open: OpenImport; readonly look: SheetLook }

/** Imports lie in `imports/` of the data folder, a file each. */
export function createImportDesk(folder: string, clock: Clock) {
  const home = join(folder, 'imports')
  return {
    home,
    /** Reads a spreadsheet into a new import. Faults: sheet-*; input-invalid when it has no such sheet; those of a full disk. */
    read: async (request: ReadRequest, options: WorkOptions = {}): Promise<Result<ReadImport>> => {
      const book = await openBook(request.file, request.text ? { text: request.text } : {})
      if (!book.ok) return book
      try {
        return await readInto(home, clock, book.value, request, options)
      } finally {
        await book.value.close()
      }
    },
    /** Opens one that was read before. */
    open: (file: string): Result<OpenImport> =>
      guarded(file, () => opened(openImportFile(file), file, clock)),
    /** Deletes an import with all that it knows; Halo keeps its records. */
    remove: (file: string): void => {
      for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true })
    },
  }
}

async function readInto(
  home: string,
  clock: Clock,
  book: Book,
  request: ReadRequest,
  options: WorkOptions,
): Promise<Result<ReadImport>> {
  const at = sheetOf(book, request.sheet)
  if (at === null) {
    const problem = `There is no sheet "${request.sheet}". It has: ${book.sheets.map((one) => one.name).join(', ')}`
    return fail(fault('input-invalid', { facts: { field: 'sheet', problem } }))
  }
  const { entity, remembered, headerRow } = request
  const look = await lookAt(book, at, entity, {
    ...(remembered ? { remembered } : {}),
    ...(headerRow ? { headerRow } : {}),
  })
  if (!look.ok) return look
  const readAt = new Date(clock.now()).toISOString()
  // Found free and made in one breath: two imports may be read in the same millisecond.
  const file = freeFile(join(home, readAt.replace(/[:.]/g, '-')), entity)
  const made = guarded(file, () => {
    mkdirSync(home, { recursive: true })
    return opened(openImportFile(file), file, clock)
  })
  if (!made.ok) return made
  const open = made.value
  let width = headingsOf(look.value).length
  const trouble = await readRows(open, book, at, look.value.headerRow, request, {
    ...options,
    onWidth: (cells) => {
      width = Math.max(width, cells)
    },
  })
  if (trouble) {
    open.close()
    return fail(trouble)
  }
  open.notes.setOrigin({
    tenantId: request.tenantId,
    entity,
    fileName: basename(request.file),
    hash: await hashOf(request.file),
    sheet: book.sheets[at]?.name ?? '',
    headings: headingsOf(look.value),
    headerRow: look.value.headerRow,
    ...{ width, text: book.text, readAt },
  })
  return ok({ open, look: look.value })
}

/** In a thread of its own; an old workbook is in one already. */
function readRows(
  { file, draft }: OpenImport,
  book: Book,
  sheet: number,
  headerRow: number,
  { file: path }: ReadRequest,
  options: WorkOptions & { readonly onWidth: (cells: number) => void },
): Promise<Fault | null> {
  if (book.kind === 'xls') return draft.read(book, sheet, headerRow, options)
  return workApart({ act: 'read', file, path, text: book.text, sheet, headerRow }, options)
}

/** Checked where they are asked for: a thread takes longer to start than so many rows to check. */
const fewRows = 5_000

function sheetOf(book: Book, name: string | undefined): number | null {
  const at =
    name === undefined
      ? book.sheets.findIndex((sheet) => !sheet.isHidden)
      : book.sheets.findIndex((sheet) => sheet.name.toLowerCase() === name.trim().toLowerCase())
  return at < 0 ? null : at
}

function freeFile(name: string, entity: Entity): string {
  for (let turn = 1; ; turn++) {
    const file = `${name}${turn === 1 ? '' : `-${turn}`}-${entity}.db`
    if (!existsSync(file)) return file
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

function opened(db: Database, file: string, clock: Clock): OpenImport {
  const draft = draftOf(db, clock)
  draft.rows.takeBackUnfinished()
  const notes = importNotes(db)
  const done = importDone(db)
  const undone = importUndone(db)
  return {
    ...{ file, draft, notes, done, undone, asked: importAsked(db) },
    check: (plan, options) =>
      draft.rows.count() > fewRows
        ? workApart({ act: 'check', file, plan }, options)
        : draft.check(plan, options),
    writeFailed: (to) => {
      let records = 0
      const rows = failedRows(draft, done, notes, () => {
        records++
      })
      return writeErrorBook(to, headingsOfAll(notes), rows).then(() => records)
    },
    close: () => {
      db.close()
    },
  }
}

/** The headings of the file, and over made columns those of the fields that take them: the workbook is read as any other. */
function headingsOfAll(notes: ImportNotes): readonly Cell[] {
  const origin = notes.origin()
  const plan = notes.choices()?.plan
  const labels = Object.entries(plan?.columns ?? {}).flatMap(([field, place]): [number, string][] => {
    const known = plan && sheetField(plan.entity, field, plan.custom)
    return known ? [[place, known.label]] : []
  })
  return wideHeadings(origin?.headings ?? [], plan?.made ?? [], new Map(labels))
}

/** Every row of each record that failed: a quote is corrected and imported whole. */
function* failedRows(
  draft: Draft,
  done: ImportDone,
  notes: ImportNotes,
  onRecord: () => void,
): Generator<ErrorRow> {
  const plan = notes.choices()?.plan
  if (!plan) return
  const widen = widener(plan.made ?? [])
  const failed = new Map<number, string>()
  for (let after = 0; ; ) {
    const batch = done.failed(after, 1000)
    for (const { row, fault: why } of batch) failed.set(row, why ? explain(why).what : '')
    const last = batch.at(-1)
    if (!last) break
    after = last.row
  }
  if (failed.size === 0) return
  for (const record of draft.records(plan)) {
    const reason = failed.get(record.row)
    if (reason === undefined) continue
    onRecord()
    for (const number of record.rows) {
      const row = draft.rows.get(number)
      if (row) yield { row: { ...row, cells: widen(row.cells) }, reason }
    }
  }
}
