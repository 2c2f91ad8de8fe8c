import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Settings } from './settings.ts'
import type { SourceRow } from './sources.ts'

export type Unlinked = ReturnType<typeof unlinked>

const newOnesKey = (tenantId: number): string => `new-customers-${tenantId}`
const idsSchema = z.array(z.int())

/** Customers of the mirror that no sync has written and no client of Halo is known for, and those of them that a person has said to be new. */
export function unlinked(db: Database, settings: Settings) {
  const which = `FROM source s LEFT JOIN record r ON r.tenant_id = s.tenant_id AND r.entity = 'customers' AND r.commerce_id = s.id
    WHERE s.tenant_id = ? AND s.resource = 'customer' AND s.gone_at IS NULL AND r.halo_id IS NULL`
  const batch = db.prepare<[number, number, number], SourceRow>(
    `SELECT s.id, s.parent_id AS parentId, s.modified_at AS modifiedAt, s.body, s.gone_at AS goneAt ${which}
     AND s.id > ? ORDER BY s.id LIMIT ?`,
  )
  const isAny = db.prepare<[number], number>(`SELECT EXISTS (SELECT 1 ${which})`).pluck()
  const linked = db
    .prepare<[number, string], number>(
      `SELECT commerce_id FROM record WHERE tenant_id = ? AND entity = 'customers' AND halo_id IS NOT NULL
       AND commerce_id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
  return {
    /** In id order, from after `afterId`. */
    batch: (tenantId: number, afterId: number, limit: number): SourceRow[] =>
      batch.all(tenantId, afterId, limit),
    isAny: (tenantId: number): boolean => isAny.get(tenantId) === 1,
    /** Those of these customers that have their client by now. */
    linkedAmong: (tenantId: number, commerceIds: readonly number[]): Set<number> =>
      new Set(linked.all(tenantId, JSON.stringify(commerceIds))),
    /** Customers that are no client of Halo yet, as a person said; the next sync makes them. */
    newOnes: (tenantId: number): Set<number> => new Set(settings.get(newOnesKey(tenantId), idsSchema)),
    /** Those that have their client by now are forgotten. */
    setNewOnes: (tenantId: number, commerceIds: ReadonlySet<number>): void => {
      const done = new Set(linked.all(tenantId, JSON.stringify([...commerceIds])))
      const left = [...commerceIds].filter((id) => !done.has(id))
      if (left.length > 0) settings.set(newOnesKey(tenantId), left)
      else settings.remove(newOnesKey(tenantId))
    },
  }
}
