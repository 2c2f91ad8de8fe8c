import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { OutcomeKind } from '../model/outcome.ts'
import { faultFrom, toJson } from './json.ts'

/** What became of a record of an import; `row` is its first row. */
type DoneRecord = {
  readonly row: number
  readonly kind: OutcomeKind
  readonly haloId: number | null
  readonly fault: Fault | null
  /** Rows of Halo that were made besides the record itself, for a later undo. Absent: none. */
  readonly beside?: readonly MadeBeside[]
}
export type MadeBeside = { readonly table: string; readonly id: number }

/** How far an import has come. A record stands here once Halo has committed it, so an import that was cut off goes on after the last one. */
export type ImportDone = {
  add(records: readonly DoneRecord[]): void
  /** The last row of the last record that is done, by the last check; 0 before the first. */
  lastRow(): number
  counts(): Readonly<Record<OutcomeKind, number>>
  /** Those that failed, after this row, in order. */
  failed(after: number, limit: number): readonly DoneRecord[]
  /** Forgets all of it, for an import that is run anew. */
  clear(): void
}

type Stored = {
  readonly row: number
  readonly kind: OutcomeKind
  readonly haloId: number | null
  readonly fault: string | null
}

export function importDone(db: Database): ImportDone {
  const add = db.prepare('INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?)')
  const putBeside = db.prepare('INSERT OR REPLACE INTO beside VALUES (?, ?)')
  const last = db
    .prepare<[], number>(
      'SELECT ifnull(max(last_row), 0) FROM record WHERE first_row = (SELECT max(first_row) FROM done)',
    )
    .pluck()
  const counts = db.prepare<[], { kind: OutcomeKind; count: number }>(
    'SELECT kind, count(*) AS count FROM done GROUP BY kind',
  )
  const failed = db.prepare<[number, number], Stored>(
    `SELECT first_row AS row, kind, halo_id AS haloId, fault FROM done
     WHERE kind = 'failed' AND first_row > ? ORDER BY first_row LIMIT ?`,
  )
  return {
    add: db.transaction((records: readonly DoneRecord[]) => {
      for (const { row, kind, haloId, fault, beside } of records) {
        add.run(row, kind, haloId, toJson(fault))
        if (beside) putBeside.run(row, JSON.stringify(beside))
      }
    }),
    lastRow: () => last.get() ?? 0,
    counts: () => ({
      ...{ created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
      ...Object.fromEntries(counts.all().map(({ kind, count }) => [kind, count])),
    }),
    failed: (after, limit) =>
      failed.all(after, limit).map((one) => ({ ...one, fault: faultFrom(one.fault) })),
    clear: () => {
      db.exec('DELETE FROM done; DELETE FROM beside')
    },
  }
}
