import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { OutcomeKind } from '../app/model/outcome.ts'
import type { ImportDecision } from '../app/model/sheet/choices.ts'
import { sheetFields } from '../app/model/sheet/fields.ts'
import { widener } from '../app/model/sheet/made.ts'
import { type ColumnMatch, matchColumns } from '../app/model/sheet/match.ts'
import { wideHeadings } from '../app/model/sheet/said-columns.ts'
import { type FormQuestion, questionsOf } from '../app/sheets/decision.ts'
import { columnsOf, type SheetColumn } from '../app/sheets/look.ts'
import type { ImportOrigin } from '../app/store/import-notes.ts'
import type { CheckCounts } from '../app/store/import-problems.ts'
import type { OpenImport } from './import-desk.ts'

/** draft: nothing is in Halo yet; begun: some of it is, and it can go on; done: every record had its turn. */
export type ImportState = 'draft' | 'running' | 'begun' | 'done'

/** An import as the list shows it. */
export type ImportBrief = Omit<ImportOrigin, 'headings'> & {
  readonly id: string
  readonly state: ImportState
  readonly rows: number
  readonly counts: CheckCounts
  readonly done: Readonly<Record<OutcomeKind, number>>
  readonly previewRunId: number | null
  readonly importRunId: number | null
}

/** Another import of the very same file. */
export type SameFile = Pick<ImportBrief, 'id' | 'fileName' | 'entity' | 'readAt' | 'state' | 'tenantId'>

/** All that the steps of one import need. */
export type ImportView = ImportBrief & {
  readonly columns: readonly SheetColumn[]
  readonly matches: readonly ColumnMatch[]
  /** Where the next made column stands. */
  readonly nextPlace: number
  readonly decision: ImportDecision | null
  readonly questions: readonly FormQuestion[]
  readonly isChecked: boolean
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
export function briefOf(open: OpenImport, isRunning: (runId: number) => boolean): ImportBrief | null {
  const origin = open.notes.origin()
  if (!origin) return null
  const { headings: _, ...facts } = origin
  const work = open.notes.work()
  const counts = open.draft.problems.counts()
  const done = open.done.counts()
  const runs = { previewRunId: work?.previewRunId ?? null, importRunId: work?.importRunId ?? null }
  const began = Object.values(done).reduce((sum, one) => sum + one, 0)
  const isLive = Object.values(runs).some((runId) => runId !== null && isRunning(runId))
  const state = isLive ? 'running' : began === 0 ? 'draft' : began < counts.records ? 'begun' : 'done'
  return {
    ...facts,
    ...runs,
    ...{ id: importIdOf(open.file), state, rows: open.draft.rows.count(), counts, done },
  }
}

const sampleRows = 200

export function viewOf(
  open: OpenImport,
  brief: ImportBrief,
  remembered: Readonly<Record<string, string>>,
  others: readonly ImportBrief[],
): ImportView {
  const headings = open.notes.origin()?.headings ?? []
  const rows = open.draft.rows.after(0, sampleRows)
  const work = open.notes.work()
  const made = work?.decision.made ?? []
  const widen = widener(made)
  const fields = sheetFields[brief.entity]
  return {
    ...brief,
    columns: columnsOf(
      wideHeadings(headings, made),
      rows.map((row) => ({ ...row, cells: widen(row.cells) })),
    ),
    nextPlace: work?.nextPlace ?? 0,
    matches: matchColumns(
      headings,
      rows.map((row) => row.cells),
      fields,
      remembered,
    ),
    decision: work?.decision ?? null,
    questions: work ? questionsOf(brief.entity, work.decision, work.guesses) : [],
    isChecked: work?.isChecked ?? brief.counts.records > 0,
    lastEdit: open.draft.rows.lastEdit(),
    sameFile: others.filter((one) => one.hash === brief.hash && one.id !== brief.id).map(sameOf),
  }
}

const sameOf = ({ id, fileName, entity, readAt, state, tenantId }: ImportBrief): SameFile => ({
  ...{ id, fileName, entity, readAt, state, tenantId },
})
