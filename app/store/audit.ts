import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'

type AuditEntry = {
  /** The person's or the host's name ("command line", "schedule"). */
  readonly who: string
  /** What was done, as a short fixed name: "tenant.update", "key.set", "tenant.remove". */
  readonly what: string
  readonly tenantId: number | null
  readonly before?: unknown
  readonly after?: unknown
}
export type AuditRow = {
  readonly id: number
  readonly at: string
  readonly who: string
  readonly what: string
  readonly tenantId: number | null
  readonly before: unknown
  readonly after: unknown
}

export type AuditTrail = ReturnType<typeof auditTrail>

type RawAudit = Omit<AuditRow, 'before' | 'after'> & {
  readonly before: string | null
  readonly after: string | null
}

const keptDays = 730
const keptRows = 50_000
const biteRows = 1_000

/** Who changed what, and when. Rows are only added (those of a removed tenant stay), and go with age. */
export function auditTrail(db: Database, clock: Clock) {
  const add = db.prepare(
    'INSERT INTO audit (at, who, what, tenant_id, before, after) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const list = db.prepare<[number | null, number | null, number, number], RawAudit>(
    `SELECT id, at, who, what, tenant_id AS tenantId, before, after FROM audit
     WHERE (? IS NULL OR tenant_id = ?) ORDER BY id DESC LIMIT ? OFFSET ?`,
  )
  const one = db.prepare<[number], RawAudit>(
    'SELECT id, at, who, what, tenant_id AS tenantId, before, after FROM audit WHERE id = ?',
  )
  const forget = db.prepare(
    `DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? ORDER BY id LIMIT ${biteRows})`,
  )
  const spare = db.prepare(
    `DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY id DESC LIMIT ${biteRows} OFFSET ${keptRows})`,
  )
  const opened = (text: string | null): unknown => (text === null ? null : JSON.parse(text))
  return {
    /** Answers the number of the new row. */
    add: (entry: AuditEntry): number => {
      const at = new Date(clock.now()).toISOString()
      const { lastInsertRowid } = add.run(
        at,
        entry.who,
        entry.what,
        entry.tenantId,
        masked(entry.before),
        masked(entry.after),
      )
      return Number(lastInsertRowid)
    },
    get: (id: number): AuditRow | null => {
      const row = one.get(id)
      return row ? { ...row, before: opened(row.before), after: opened(row.after) } : null
    },
    /** Newest first; all tenants when `tenantId` is null. */
    list: (tenantId: number | null, offset: number, limit: number): readonly AuditRow[] =>
      list
        .all(tenantId, tenantId, limit, offset)
        .map((row) => ({ ...row, before: opened(row.before), after: opened(row.after) })),
    /** Forgets one bite of what is older than two years or beyond 50,000 rows; call it again while it answers true. */
    prune: (): boolean =>
      forget.run(new Date(clock.now() - keptDays * 86_400_000).toISOString()).changes > 0 ||
      spare.run().changes > 0,
  }
}

/** A second net under the callers, who pass no secret: what is named like one is not written down. */
const secretName = /(^|api|access|private|shared)[-_]?key$|secret|password|passphrase|token|authorization/i

function masked(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return JSON.stringify(value, (name, inner: unknown) =>
    secretName.test(name) && typeof inner === 'string' ? '(not shown)' : inner,
  )
}
