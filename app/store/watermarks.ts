import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'

/** A long read that was begun and not ended. `since` is the modifiedAfter it asks with; null asks for everything. */
export type Reading = {
  readonly since: string | null
  readonly startedAt: string
  readonly nextPage: number
}

type Watermark = { readonly since: string; readonly runId: number; readonly updatedAt: string }

type Quirk = { readonly name: string; readonly value: string; readonly seenAt: string }

export type Watermarks = ReturnType<typeof watermarks>

/** How far each list of Commerce was read: tables watermark, reading and quirk. */
export function watermarks(db: Database, clock: Clock) {
  const now = () => new Date(clock.now()).toISOString()
  const get = db.prepare<[number, string], Watermark>(
    'SELECT since, run_id AS runId, updated_at AS updatedAt FROM watermark WHERE tenant_id = ? AND resource = ?',
  )
  const all = db.prepare<[number], { resource: string; since: string }>(
    'SELECT resource, since FROM watermark WHERE tenant_id = ? ORDER BY resource',
  )
  const set = db.prepare(
    'INSERT OR REPLACE INTO watermark (tenant_id, resource, since, run_id, updated_at) VALUES (?, ?, ?, ?, ?)',
  )
  const forget = db.prepare('DELETE FROM watermark WHERE tenant_id = ? AND resource = ?')
  return {
    /** `since` is the instant (UTC ISO) up to which the resource has been read and committed; null: never. */
    get: (tenantId: number, resource: string): Watermark | null => get.get(tenantId, resource) ?? null,
    list: (tenantId: number): readonly { readonly resource: string; readonly since: string }[] =>
      all.all(tenantId),
    /** Only after Halo has committed. */
    move: (tenantId: number, resource: string, since: string, runId: number): void => {
      set.run(tenantId, resource, since, runId, now())
    },
    /** The next run reads this resource from `syncFrom` again. */
    forget: (tenantId: number, resource: string): void => {
      forget.run(tenantId, resource)
    },
    ...readings(db),
    ...quirks(db, now),
  }
}

function readings(db: Database) {
  const get = db.prepare<[number, string], Reading>(
    `SELECT since, started_at AS startedAt, next_page AS nextPage FROM reading WHERE tenant_id = ? AND resource = ?`,
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO reading (tenant_id, resource, since, started_at, next_page) VALUES (?, ?, ?, ?, ?)',
  )
  const end = db.prepare('DELETE FROM reading WHERE tenant_id = ? AND resource = ?')
  return {
    /** The read that was interrupted, to go on with; null when there is none. */
    reading: (tenantId: number, resource: string): Reading | null => get.get(tenantId, resource) ?? null,
    /** Remembers how far a long read is: call it in the transaction that stores the page. */
    keepReading: (tenantId: number, resource: string, reading: Reading): void => {
      put.run(tenantId, resource, reading.since, reading.startedAt, reading.nextPage)
    },
    doneReading: (tenantId: number, resource: string): void => {
      end.run(tenantId, resource)
    },
  }
}

function quirks(db: Database, now: () => string) {
  const get = db
    .prepare<[number, string], string>('SELECT value FROM quirk WHERE tenant_id = ? AND name = ?')
    .pluck()
  const all = db.prepare<[number], Quirk>(
    'SELECT name, value, seen_at AS seenAt FROM quirk WHERE tenant_id = ? ORDER BY name',
  )
  const put = db.prepare(
    `INSERT INTO quirk (tenant_id, name, value, seen_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value, seen_at = excluded.seen_at WHERE value <> excluded.value`,
  )
  return {
    /** What was noticed about this tenant's server ("ignores-parent-filter:quoteline" -> "yes"); null: nothing. */
    quirk: (tenantId: number, name: string): string | null => get.get(tenantId, name) ?? null,
    quirks: (tenantId: number): readonly Quirk[] => all.all(tenantId),
    noteQuirk: (tenantId: number, name: string, value: string): void => {
      put.run(tenantId, name, value, now())
    },
  }
}
