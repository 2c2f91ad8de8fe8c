import type { Database } from 'better-sqlite3'
import type { Fault, FaultCode } from '../model/fault.ts'
import type { Mapping } from '../model/mapping.ts'
import type { MadeBeside } from './import-done.ts'
import { faultFrom, toJson } from './json.ts'

/** removed; gone: somebody had removed it before; left: something has touched it since. */
export type UndoneKind = 'removed' | 'gone' | 'left'
type UndoneRecord = {
  readonly row: number
  readonly kind: UndoneKind
  readonly fault: Fault | null
}

/** A record that the import created and that was not undone yet; `row` is its first row. */
export type CreatedRecord = {
  readonly row: number
  readonly haloId: number
  readonly beside: readonly MadeBeside[]
}

/** What an undo must know of the moment of writing. Noted with the first records that are created; it never changes. */
export type AsWritten = {
  /** What Halo put into fields of new records by itself (app/halo/undo.ts). */
  readonly own: {
    readonly same: Readonly<Record<string, string | number | null>>
    readonly varying: readonly string[]
  }
  readonly mapping: Mapping
}

/** Who began an import or its undo, as the audit trail calls them. */
export type Beginner = {
  /** "person", "command line". */
  readonly who: string
  /** The account of the operating system, where it is that person's own; null under a service. */
  readonly account: string | null
  /** UTC ISO. */
  readonly at: string
}
export type UndoNote = Beginner & { readonly runId: number }

export type UndoCounts = Readonly<Record<UndoneKind, number>> & {
  /** What the import created. */
  readonly created: number
  /** Created, and not looked at by an undo yet. */
  readonly open: number
}

/** The undoing of an import: what is left to undo, and what came of it. A record stands here once Halo has committed its removal. */
export type ImportUndone = {
  /** Before this row, the last first: what was made last is taken back first. */
  open(before: number, limit: number): readonly CreatedRecord[]
  add(records: readonly UndoneRecord[]): void
  counts(): UndoCounts
  /** Why records were left, the most frequent reason first, with one of them as an example. */
  reasons(): readonly { readonly code: FaultCode; readonly count: number; readonly example: Fault }[]
  /** Those that were left get another turn. */
  retryLeft(): void
  asWritten(): AsWritten | null
  setAsWritten(asWritten: AsWritten): void
  begun(): Beginner | null
  setBegun(beginner: Beginner): void
  undo(): UndoNote | null
  setUndo(undo: UndoNote): void
}

type StoredOpen = { readonly row: number; readonly haloId: number; readonly made: string | null }
type StoredReason = { readonly code: FaultCode; readonly count: number; readonly example: string }

const isOpen = `done.kind = 'created' AND done.halo_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.first_row = done.first_row)`

export function importUndone(db: Database): ImportUndone {
  const open = db.prepare<[number, number], StoredOpen>(
    `SELECT done.first_row AS row, done.halo_id AS haloId, beside.made FROM done LEFT JOIN beside USING (first_row)
     WHERE ${isOpen} AND done.first_row < ? ORDER BY done.first_row DESC LIMIT ?`,
  )
  const add = db.prepare('INSERT OR REPLACE INTO undone VALUES (?, ?, ?)')
  const undone = db.prepare<[], { kind: UndoneKind; count: number }>(
    'SELECT kind, count(*) AS count FROM undone GROUP BY kind',
  )
  const created = db.prepare<[], number>("SELECT count(*) FROM done WHERE kind = 'created'").pluck()
  const stillOpen = db.prepare<[], number>(`SELECT count(*) FROM done WHERE ${isOpen}`).pluck()
  const reasons = db.prepare<[], StoredReason>(
    `SELECT json_extract(fault, '$.code') AS code, count(*) AS count, fault AS example FROM undone
     WHERE kind = 'left' AND fault IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
  )
  const retry = db.prepare("DELETE FROM undone WHERE kind = 'left'")
  return {
    open: (before, limit) =>
      open.all(before, limit).map(({ made, ...one }) => ({
        ...one,
        beside: made === null ? [] : (JSON.parse(made) as MadeBeside[]),
      })),
    add: db.transaction((records: readonly UndoneRecord[]) => {
      for (const { row, kind, fault } of records) add.run(row, kind, toJson(fault))
    }),
    counts: () => {
      const had = undone.all()
      const all = created.get() ?? 0
      return {
        // Most imports are never undone, and have nothing to look through.
        ...{
          created: all,
          open: had.length === 0 ? all : (stillOpen.get() ?? 0),
          removed: 0,
          gone: 0,
          left: 0,
        },
        ...Object.fromEntries(had.map(({ kind, count }) => [kind, count])),
      }
    },
    reasons: () =>
      reasons.all().flatMap(({ example, ...one }) => {
        const fault = faultFrom(example)
        return fault ? [{ ...one, example: fault }] : []
      }),
    retryLeft: () => void retry.run(),
    ...notes(db),
  }
}

function notes(
  db: Database,
): Pick<ImportUndone, 'asWritten' | 'setAsWritten' | 'begun' | 'setBegun' | 'undo' | 'setUndo'> {
  const get = db.prepare<[string], string>('SELECT value FROM note WHERE name = ?').pluck()
  const put = db.prepare('INSERT OR REPLACE INTO note VALUES (?, ?)')
  const read = <T>(name: string): T | null => {
    const text = get.get(name)
    return text === undefined ? null : (JSON.parse(text) as T)
  }
  const write = (name: string, value: unknown): void => void put.run(name, JSON.stringify(value))
  return {
    asWritten: () => read('as written'),
    setAsWritten: (asWritten) => write('as written', asWritten),
    begun: () => read('begun'),
    setBegun: (beginner) => write('begun', beginner),
    undo: () => read('undo'),
    setUndo: (undo) => write('undo', undo),
  }
}
