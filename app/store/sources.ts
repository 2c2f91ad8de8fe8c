import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'

/** One record of Commerce as the mirror has it. `body` is the JSON text as received. */
export type SourceRow = {
  readonly id: number
  readonly parentId: number | null
  readonly modifiedAt: string | null
  readonly body: string
  /** When it was found to be gone from Commerce; null while it is there. */
  readonly goneAt: string | null
}
export type NewSourceRow = Omit<SourceRow, 'goneAt'>

type PutResult = {
  readonly added: number
  /** Rows whose body differs, or that came back after being gone. */
  readonly changed: number
  /** Ids of both. */
  readonly ids: readonly number[]
  /** Former parents of rows that moved to another parent. */
  readonly formerParents: readonly number[]
}

export type Sources = SourceWrites & SourceMarks & SourceReads

const columns = 'id, parent_id AS parentId, modified_at AS modifiedAt, body, gone_at AS goneAt'
/** Lists of ids are bound as one JSON text, so that a statement is prepared once whatever their number. */
const among = 'IN (SELECT value FROM json_each(?))'
const ofResource = 'tenant_id = ? AND resource = ?'

/** The mirror of Commerce: table source, and list_size. `resource` is Commerce's own path name ("quote", "quotesection"). */
export function sources(db: Database, clock: Clock): Sources {
  return { ...sourceWrites(db, clock), ...sourceMarks(db), ...sourceReads(db) }
}

type SourceWrites = ReturnType<typeof sourceWrites>
function sourceWrites(db: Database, clock: Clock) {
  const unseen = db.prepare(`DELETE FROM source WHERE ${ofResource} AND parent_id ${among} AND seen_run < ?`)
  const gone = db
    .prepare<[string, number, string, number], number>(
      `UPDATE source SET gone_at = ? WHERE ${ofResource} AND seen_run < ? AND gone_at IS NULL RETURNING id`,
    )
    .pluck()
  const setSize = db.prepare(
    'INSERT OR REPLACE INTO list_size (tenant_id, resource, rows, at) VALUES (?, ?, ?, ?)',
  )
  const now = () => new Date(clock.now()).toISOString()
  return {
    putPage: putPage(db),
    /** Children of these parents that run `runId`, which has read all of them, did not meet. Answers how many. */
    dropUnseen: (tenantId: number, resource: string, parentIds: readonly number[], runId: number): number =>
      unseen.run(tenantId, resource, JSON.stringify(parentIds), runId).changes,
    /** After a complete listing by run `runId`: rows that it did not meet are marked gone. Answers their ids. */
    markGone: (tenantId: number, resource: string, runId: number): number[] =>
      gone.all(now(), tenantId, resource, runId),
    rememberSize: (tenantId: number, resource: string, rows: number): void => {
      setSize.run(tenantId, resource, rows, now())
    },
  }
}

type Held = Pick<SourceRow, 'parentId' | 'body' | 'goneAt'>

/**
 * Stores what a page held, in one transaction. A row becomes dirty (to be mapped again) and, with `marksChildren`, in need of its
 * children only when it is new, its body differs, or it comes back from being gone.
 */
function putPage(db: Database) {
  const held = db.prepare<[number, string, number], Held>(
    `SELECT parent_id AS parentId, body, gone_at AS goneAt FROM source WHERE ${ofResource} AND id = ?`,
  )
  const seen = db.prepare(`UPDATE source SET seen_run = ? WHERE ${ofResource} AND id = ? AND seen_run <> ?`)
  const write = db.prepare(
    `INSERT INTO source (tenant_id, resource, id, parent_id, modified_at, seen_run, is_dirty, needs_children, body)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET parent_id = excluded.parent_id, modified_at = excluded.modified_at,
       seen_run = excluded.seen_run, is_dirty = 1, needs_children = max(needs_children, excluded.needs_children),
       gone_at = NULL, body = excluded.body`,
  )
  type Options = { readonly marksChildren: boolean }
  const put = (
    tenantId: number,
    resource: string,
    rows: readonly NewSourceRow[],
    runId: number,
    options: Options,
  ) => {
    const needsChildren = options.marksChildren ? 1 : 0
    const ids: number[] = []
    const formerParents = new Set<number>()
    let added = 0
    for (const { id, parentId, modifiedAt, body } of rows) {
      const before = held.get(tenantId, resource, id)
      if (before && before.body === body && before.parentId === parentId && before.goneAt === null) {
        seen.run(runId, tenantId, resource, id, runId)
        continue
      }
      write.run(tenantId, resource, id, parentId, modifiedAt, runId, needsChildren, body)
      ids.push(id)
      if (!before) added += 1
      else if (before.parentId !== null && before.parentId !== parentId) formerParents.add(before.parentId)
    }
    return { added, changed: ids.length - added, ids, formerParents: [...formerParents] }
  }
  const inTransaction = db.transaction(put)
  return (...args: Parameters<typeof put>): PutResult => inTransaction.immediate(...args)
}

type SourceMarks = ReturnType<typeof sourceMarks>
function sourceMarks(db: Database) {
  const dirty = db.prepare(`UPDATE source SET is_dirty = 1 WHERE ${ofResource} AND id ${among}`)
  const dirtyAll = db.prepare(
    `UPDATE source SET is_dirty = 1 WHERE ${ofResource} AND is_dirty = 0 AND gone_at IS NULL`,
  )
  const clean = db.prepare(
    `UPDATE source SET is_dirty = 0 WHERE ${ofResource} AND is_dirty = 1 AND id ${among}`,
  )
  const unread = db.prepare(`UPDATE source SET needs_children = 1 WHERE ${ofResource} AND id ${among}`)
  const unreadAll = db.prepare(
    `UPDATE source SET needs_children = 1 WHERE ${ofResource} AND needs_children = 0 AND gone_at IS NULL`,
  )
  const read = db.prepare(
    `UPDATE source SET needs_children = 0 WHERE ${ofResource} AND needs_children = 1 AND id ${among}`,
  )
  const list = (ids: readonly number[]) => JSON.stringify(ids)
  return {
    markDirty: (tenantId: number, resource: string, ids: readonly number[]): number =>
      dirty.run(tenantId, resource, list(ids)).changes,
    /** After a change of the mapping: everything of this resource is to be mapped again. */
    dirtyAll: (tenantId: number, resource: string): number => dirtyAll.run(tenantId, resource).changes,
    clean: (tenantId: number, resource: string, ids: readonly number[]): void => {
      clean.run(tenantId, resource, list(ids))
    },
    markNeedsChildren: (tenantId: number, resource: string, ids: readonly number[]): void => {
      unread.run(tenantId, resource, list(ids))
    },
    /** The children of every row that is not gone are to be read. */
    needChildrenOfAll: (tenantId: number, resource: string): number =>
      unreadAll.run(tenantId, resource).changes,
    childrenRead: (tenantId: number, resource: string, ids: readonly number[]): void => {
      read.run(tenantId, resource, list(ids))
    },
  }
}

type SourceReads = ReturnType<typeof sourceReads>
function sourceReads(db: Database) {
  const select = (which: string) => `SELECT ${columns} FROM source WHERE ${ofResource} AND ${which}`
  const one = db.prepare<[number, string, number], SourceRow>(select('id = ?'))
  const some = db.prepare<[number, string, string], SourceRow>(select(`id ${among} ORDER BY id`))
  const dirty = db.prepare<[number, string, number, number], SourceRow>(
    select('is_dirty = 1 AND id > ? ORDER BY id LIMIT ?'),
  )
  const whole = db.prepare<[number, string], SourceRow>(select('gone_at IS NULL ORDER BY id'))
  const dirtyIds = db
    .prepare<[number, string, number, number], number>(
      `SELECT id FROM source WHERE ${ofResource} AND is_dirty = 1 AND id > ? ORDER BY id LIMIT ?`,
    )
    .pluck()
  const needing = db.prepare<[number, string, number, number], SourceRow>(
    select('needs_children = 1 AND gone_at IS NULL AND id > ? ORDER BY id LIMIT ?'),
  )
  const children = db.prepare<[number, string, string], SourceRow>(
    select(`parent_id IS NOT NULL AND parent_id ${among} AND gone_at IS NULL ORDER BY parent_id, id`),
  )
  const existing = db
    .prepare<[number, string, string], number>(`SELECT id FROM source WHERE ${ofResource} AND id ${among}`)
    .pluck()
  const counted = (which: string) =>
    db
      .prepare<[number, string], number>(`SELECT count(*) FROM source WHERE ${ofResource} AND ${which}`)
      .pluck()
  const count = counted('gone_at IS NULL')
  const dirtyCount = counted('is_dirty = 1')
  const byCategory = db.prepare<[number], { id: number; products: number }>(
    'SELECT category_id AS id, count(*) AS products FROM product_category WHERE tenant_id = ? GROUP BY category_id',
  )
  const beside = (which: string) =>
    db
      .prepare<[number, string, number], number>(
        `SELECT id FROM source WHERE ${ofResource} AND gone_at IS NULL AND ${which} LIMIT 1`,
      )
      .pluck()
  const before = beside('id < ? ORDER BY id DESC')
  const after = beside('id > ? ORDER BY id')
  const sizeOf = db.prepare<[number, string], { rows: number; at: string }>(
    `SELECT rows, at FROM list_size WHERE ${ofResource}`,
  )
  return {
    get: (tenantId: number, resource: string, id: number): SourceRow | null =>
      one.get(tenantId, resource, id) ?? null,
    /** Those of `ids` that the mirror has, in id order, gone ones too. */
    getMany: (tenantId: number, resource: string, ids: readonly number[]): SourceRow[] =>
      some.all(tenantId, resource, JSON.stringify(ids)),
    /** Dirty rows in id order, from after `afterId`. */
    dirtyBatch: (tenantId: number, resource: string, afterId: number, limit: number): SourceRow[] =>
      dirty.all(tenantId, resource, afterId, limit),
    /** A whole list that is not gone, in id order: for short ones (categories). */
    all: (tenantId: number, resource: string): SourceRow[] => whole.all(tenantId, resource),
    dirtyIds: (tenantId: number, resource: string, afterId: number, limit: number): number[] =>
      dirtyIds.all(tenantId, resource, afterId, limit),
    dirtyCount: (tenantId: number, resource: string): number => dirtyCount.get(tenantId, resource) ?? 0,
    /** Rows whose children are to be read, in id order, from after `afterId`. */
    needingChildren: (tenantId: number, resource: string, afterId: number, limit: number): SourceRow[] =>
      needing.all(tenantId, resource, afterId, limit),
    /** Children of these parents by parent, then id; not those that are gone. `resource` is the children's. */
    childrenOf: (tenantId: number, resource: string, parentIds: readonly number[]): SourceRow[] =>
      children.all(tenantId, resource, JSON.stringify(parentIds)),
    existing: (tenantId: number, resource: string, ids: readonly number[]): Set<number> =>
      new Set(existing.all(tenantId, resource, JSON.stringify(ids))),
    /** Rows in the mirror that are not gone. */
    count: (tenantId: number, resource: string): number => count.get(tenantId, resource) ?? 0,
    /** How many products that are not gone each category has, by the category's id. */
    productsByCategory: (tenantId: number): Map<number, number> =>
      new Map(byCategory.all(tenantId).map(({ id, products }) => [id, products])),
    /** The next lower and the next higher id that is not gone; null where there is none. From beyond all of them: the last one is `before`. */
    neighbours: (tenantId: number, resource: string, id: number) => ({
      before: before.get(tenantId, resource, id) ?? null,
      after: after.get(tenantId, resource, id) ?? null,
    }),
    /** How long Commerce's list was when it was last read to its end; null when it never was. */
    size: (tenantId: number, resource: string): { readonly rows: number; readonly at: string } | null =>
      sizeOf.get(tenantId, resource) ?? null,
  }
}
