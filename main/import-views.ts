import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { OutcomeKind } from '../app/model/outcome.ts'
import type { ImportDecision } from '../app/model/sheet/choices.ts'
import type { SheetField } from '../app/model/sheet/field-type.ts'
import { fieldsWith } from '../app/model/sheet/fields.ts'
import { widener } from '../app/model/sheet/made.ts'
import { type ColumnMatch, matchColumns } from '../app/model/sheet/match.ts'
import { wideHeadings } from '../app/model/sheet/said-columns.ts'
import type { Entity } from '../app/model/tenant.ts'
import { type FormQuestion, questionsOf } from '../app/sheets/decision.ts'
import { columnsOf, type SheetColumn } from '../app/sheets/look.ts'
import type { HaloNote, ImportOrigin } from '../app/store/import-notes.ts'
import type { CheckCounts } from '../app/store/import-problems.ts'
import type { Beginner, ImportUndone, UndoCounts, UndoNote } from '../app/store/import-undone.ts'
import type { OpenImport } from './import-desk.ts'
import { obstacleToUndo } from './undo-obstacle.ts'

/**
 * draft: nothing is in Halo yet; begun: some of it is, and it can go on; done: every record had its turn; undoing: what it created is being taken
 * back; half-undone: that was stopped; undone: every record that it created had its turn.
 */
export type ImportState = 'draft' | 'running' | 'begun' | 'done' | 'undoing' | 'half-undone' | 'undone'

/** An import as the list shows it. */
export type ImportBrief = Omit<ImportOrigin, 'headings'> & {
  readonly id: string
  readonly state: ImportState
  readonly rows: number
  readonly counts: CheckCounts
  readonly done: Readonly<Record<OutcomeKind, number>>
  readonly previewRunId: number | null
  readonly importRunId: number | null
  /** Who began it; null for one that has not begun, and for one of an older version. */
  readonly begun: Beginner | null
  readonly undo: ImportUndo
}

/** `obstacle`: why it cannot be undone; null when it can. `last`: the undo that was begun last. */
export type ImportUndo = {
  readonly counts: UndoCounts
  readonly obstacle: string | null
  readonly last: UndoNote | null
}

/** Another import of the very same file. */
export type SameFile = Pick<ImportBrief, 'id' | 'fileName' | 'entity' | 'readAt' | 'state' | 'tenantId'>

/** All that the steps of one import need. */
export type ImportView = ImportBrief & {
  readonly columns: readonly SheetColumn[]
  readonly matches: readonly ColumnMatch[]
  /** Custom fields of the tenant's Halo that columns may be matched to; null while they are not known. */
  readonly custom: readonly SheetField[] | null
  /** Where the next made column stands. */
  readonly nextPlace: number
  readonly decision: ImportDecision | null
  readonly questions: readonly FormQuestion[]
  readonly isChecked: boolean
  /** What came of asking Halo about the rows; null when it was not asked, or has not answered yet. */
  readonly halo: HaloNote | null
  /** Rows that a person left out. */
  readonly leftOut: number
  /** Why an undo has left records, the most frequent reason first. */
  readonly leftReasons: ReturnType<ImportUndone['reasons']>
  /** What undo would take back. */
  readonly lastEdit: string | null
  readonly sameFile: readonly SameFile[]
}

const filePattern = /^[\dTZ-]+-(?:customers|products|quotes|salesOrders)\.db$/

/** Ids of imports are their files' names, and only such a name is ever made a path. */
export const importIdPattern = /^[\dTZ-]{20,32}-(?:customers|products|quotes|salesOrders)$/
export const importFileOf = (home: string, id: string): string => join(home, `${id}.db`)
export const importIdOf = (file: string): string => basename(file, '.db')

/** The files of all imports, newest first. */
export function importFiles(home: string): readonly string[] {
  try {
    const names = readdirSync(home).filter((name) => filePattern.test(name))
    return names
      .sort()
      .reverse()
      .map((name) => join(home, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Null for one that was cut off before its rows were read. */
export function briefOf(
  open: OpenImport,
  isRunning: (runId: number) => boolean,
  counts: CheckCounts,
): ImportBrief | null {
  const origin = open.notes.origin()
  if (!origin) return null
  const { headings: _, ...facts } = origin
  const work = open.notes.work()
  const done = open.done.counts()
  const runs = { previewRunId: work?.previewRunId ?? null, importRunId: work?.importRunId ?? null }
  const began = Object.values(done).reduce((sum, one) => sum + one, 0)
  const isGoingOn = Object.values(runs).some((runId) => runId !== null && isRunning(runId))
  const undo = undoOf(open, isGoingOn, isRunning)
  const untilUndo = began === 0 ? 'draft' : began < counts.records ? 'begun' : 'done'
  const state = isGoingOn ? 'running' : (undo.state ?? untilUndo)
  return {
    ...facts,
    ...runs,
    ...{ id: importIdOf(open.file), state, rows: open.draft.rows.count(), counts, done },
    ...{ begun: open.undone.begun(), undo: undo.now },
  }
}

/** Whether one of its runs goes on. */
export const isLive = (brief: ImportBrief | null): boolean =>
  brief?.state === 'running' || brief?.state === 'undoing'

function undoOf(
  open: OpenImport,
  isGoingOn: boolean,
  isRunning: (runId: number) => boolean,
): { readonly now: ImportUndo; readonly state: ImportState | null } {
  const last = open.undone.undo()
  const counts = open.undone.counts()
  const isUndoing = last !== null && isRunning(last.runId)
  const state = isUndoing ? 'undoing' : last === null ? null : counts.open > 0 ? 'half-undone' : 'undone'
  return { now: { counts, last, obstacle: obstacleToUndo(open, isGoingOn || isUndoing) }, state }
}

const sampleRows = 200

/** Which column may be which field, those of the tenant's Halo among them. */
export function matchesOf(
  { draft, notes }: OpenImport,
  entity: Entity,
  remembered: Readonly<Record<string, string>>,
): ColumnMatch[] {
  return matchColumns(
    notes.origin()?.headings ?? [],
    draft.rows.after(0, sampleRows).map((row) => row.cells),
    fieldsWith(entity, notes.custom() ?? []),
    remembered,
  )
}

export function viewOf(open: OpenImport, brief: ImportBrief, others: readonly ImportBrief[]): ImportView {
  const headings = open.notes.origin()?.headings ?? []
  const rows = open.draft.rows.after(0, sampleRows)
  const work = open.notes.work()
  const made = work?.decision.made ?? []
  const widen = widener(made)
  const custom = open.notes.custom()
  return {
    ...brief,
    columns: columnsOf(
      wideHeadings(headings, made),
      rows.map((row) => ({ ...row, cells: widen(row.cells) })),
    ),
    nextPlace: work?.nextPlace ?? 0,
    matches: matchesOf(open, brief.entity, work?.remembered ?? {}),
    custom,
    decision: work?.decision ?? null,
    questions: work ? questionsOf(brief.entity, work.decision, work.guesses, custom ?? []) : [],
    isChecked: work?.isChecked ?? brief.counts.records > 0,
    halo: work?.halo ?? null,
    leftOut: open.draft.rows.countLeftOut(),
    leftReasons: open.undone.reasons(),
    lastEdit: open.draft.rows.lastEdit(),
    sameFile: others.filter((one) => one.id !== brief.id).map(sameOf),
  }
}

const sameOf = ({ id, fileName, entity, readAt, state, tenantId }: ImportBrief): SameFile => ({
  ...{ id, fileName, entity, readAt, state, tenantId },
})
