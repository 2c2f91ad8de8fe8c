import type { Result } from '../app/model/fault.ts'
import type { RunProgress } from '../app/model/outcome.ts'
import type { Clock } from '../app/model/ports.ts'
import type { SheetInfo, SheetRow } from '../app/model/sheet/cell.ts'
import type { ImportDecision } from '../app/model/sheet/choices.ts'
import type { SheetField } from '../app/model/sheet/field-type.ts'
import type { SheetFix } from '../app/model/sheet/fix.ts'
import type { Problem } from '../app/model/sheet/problems.ts'
import type { TextForm } from '../app/model/sheet/text-form.ts'
import type { Entity } from '../app/model/tenant.ts'
import type { Book } from '../app/sheets/book.ts'
import type { SheetLook } from '../app/sheets/look.ts'
import type { CheckCounts, ProblemGroup } from '../app/store/import-problems.ts'
import type { ProblemKind } from '../app/store/import-rows.ts'
import type { Store } from '../app/store/open.ts'
import type { HaloKeeper } from './halo-keeper.ts'
import type { Doer } from './import-undo.ts'
import type { ImportUploads, SheetSource } from './import-uploads.ts'
import type { ImportBrief, ImportView } from './import-views.ts'

export type LookRequest = {
  readonly source: SheetSource
  readonly tenantId: number
  readonly entity: Entity
  readonly sheet?: string | undefined
  readonly headerRow?: number | undefined
  /** For a text file: how it is read, where its content does not tell it rightly. */
  readonly text?: TextForm | undefined
}

export type WholeLook = LookRequest & { readonly sheet: string; readonly headerRow: number }

/** The first rows of a file that is not read yet. */
export type FileLook = SheetLook & {
  readonly kind: Book['kind']
  readonly sheets: readonly SheetInfo[]
  readonly sheet: string
  readonly text: TextForm | null
  /** The same as the file's content tells it. */
  readonly foundText: TextForm | null
  readonly hasLinks: boolean
}

/** What goes on in the engine for an import; null id: its file is being read. */
export type ImportWork = {
  readonly id: string | null
  readonly what: 'reading' | 'checking' | 'asking' | 'changing' | 'undoing' | 'counting'
  readonly rows: number
}

export type ImportRow = SheetRow & { readonly problems: readonly Problem[] }
export type ImportRowsPage = {
  readonly rows: readonly ImportRow[]
  readonly total: number
}

/** What a person changes: one cell, a column of all rows or of those with a problem, or rows that are left out whole, or taken back. */
export type ImportFix =
  | { readonly row: number; readonly column: number; readonly value: string }
  | { readonly leaveOut: number | ProblemKind }
  | { readonly takeBack: number | ProblemKind }
  | { readonly fix: SheetFix; readonly only?: ProblemKind | undefined; readonly what: string }

/** The import wizard's half in the engine. Whatever names an import that is not there is input-invalid; a question about one is null. */
export type ImportWizard = {
  readonly uploads: ImportUploads
  list(): readonly ImportBrief[]
  get(id: string): ImportView | null
  busy(): readonly ImportWork[]
  /** Opens the file and looks at its first rows. Faults: sheet-*. */
  look(request: LookRequest): Promise<Result<FileLook>>
  /** Reads the rows into an import of their own. */
  stage(request: LookRequest): Promise<Result<{ readonly id: string }>>
  /** The request that reads the same file again; null when that is not known. */
  again(id: string): WholeLook | null
  /** Asks the tenant's Halo for the custom fields that columns may be matched to. */
  askCustom(id: string): Promise<Result<null>>
  /** What a template has besides the entity's own columns: the custom fields of the tenant's Halo, if that answers soon. */
  templateFields(entity: Entity, tenantId: number | null): Promise<readonly SheetField[]>
  decide(id: string, decision: ImportDecision): Promise<Result<null>>
  distinct(id: string, column: number): Promise<readonly { readonly value: string; readonly count: number }[]>
  /** Checks every row; one check at a time: a new one ends the one before. */
  check(id: string): Promise<Result<CheckCounts>>
  /** Asks the tenant's Halo about the rows again, also what it answered before. What comes of it is in the view. */
  askHalo(id: string): Result<null>
  /** Ends that; what was found so far stays. */
  stopAsking(id: string): void
  problems(id: string): readonly ProblemGroup[]
  rows(id: string, window: { offset: number; limit: number }, only?: ProblemKind): ImportRowsPage
  row(id: string, number: number): ImportRow | null
  /** The place of a row among all, from 0. */
  place(id: string, row: number): number
  /** The number of the next row with an error, or of the one before. */
  nextError(id: string, row: number, isBack: boolean): number | null
  /** Changes cells and checks again; answers how many rows changed. */
  fix(id: string, change: ImportFix): Promise<Result<{ readonly rows: number }>>
  /** Takes the last change back and checks again; answers what it was. */
  undo(id: string): Promise<Result<{ readonly what: string | null }>>
  /** Ends a check or a change of many rows that is under way; a change is taken back. */
  cancel(id: string): void
  start(id: string, kind: 'import' | 'import-preview'): Promise<Result<{ readonly runId: number }>>
  /** Removes from Halo what the import created and nothing else has touched since: a run of its own. */
  takeBack(id: string): Result<{ readonly runId: number }>
  remove(id: string): Result<null>
  /** Writes the workbook of what failed; answers its path and the name to save it by. */
  failed(id: string): Promise<Result<{ readonly file: string; readonly name: string }>>
  /** Deletes imports older than 90 days, and files that were sent here more than two days ago. */
  prune(): void
  close(): void
}

export type ImportWizardParts = {
  readonly folder: string
  readonly clock: Clock
  readonly store: Pick<Store, 'settings' | 'tenants' | 'audit'>
  /** Who uses the screens. */
  readonly doer: Doer
  readonly startRun: (
    tenantId: number,
    kind: 'import' | 'import-preview' | 'import-undo',
    file: string,
  ) => Result<{ readonly runId: number }>
  readonly atHalo: HaloKeeper['use']
  readonly live: () => readonly RunProgress[]
  readonly onChange: () => void
}
