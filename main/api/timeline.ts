import { z } from 'zod'
import { type AuditDifference, auditDifferences } from '../../app/model/audit-words.ts'
import { runKinds } from '../../app/model/outcome.ts'
import type { AuditRow } from '../../app/store/audit.ts'
import { call, idSchema, router, windowSchema } from './trpc.ts'

const kindSchema = z.enum([...runKinds, 'settings'])
const filterSchema = z.object({
  tenantId: idSchema.exactOptional(),
  kind: kindSchema.exactOptional(),
  outcome: z.enum(['done', 'partial', 'stopped', 'cancelled', 'running']).exactOptional(),
  from: z.iso.datetime().exactOptional(),
  to: z.iso.datetime().exactOptional(),
})
/** A month of days and one more border. */
const mostBorders = 64

/** Runs and changes of settings, in the order in which they happened, and how much each day had. */
export const timelineRouter = router({
  list: call.input(z.object({ filter: filterSchema, window: windowSchema })).query(({ ctx, input }) => {
    const { filter, window } = input
    const { rows, total } = ctx.engine.store.timeline.list(filter, window.offset, window.limit)
    return {
      total,
      rows: rows.map((row) =>
        row.type === 'run' ? row : { type: row.type, change: briefOf(row.change, differencesOf(row.change)) },
      ),
    }
  }),
  /** `borders`: the reader's midnights, ascending, one more than days. */
  days: call
    .input(
      z.object({
        borders: z.array(z.iso.datetime()).min(2).max(mostBorders),
        filter: filterSchema.pick({ tenantId: true, kind: true }),
      }),
    )
    .query(({ ctx, input }) => ctx.engine.store.timeline.days(input.borders, input.filter)),
  /** One change of settings, field by field. */
  change: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => {
    const found = ctx.engine.store.audit.get(input.id)
    if (!found) return null
    const differences = differencesOf(found)
    return { ...briefOf(found, differences), differences }
  }),
})

const differencesOf = ({ before, after }: AuditRow): readonly AuditDifference[] =>
  auditDifferences(before, after)

const namedSchema = z.object({ name: z.string() })

/** Bodies of settings are long; a list needs to know what changed, not to what. The name is that of a tenant that may be gone by now. */
function briefOf(
  { id, at, who, what, tenantId, before, after }: AuditRow,
  found: readonly AuditDifference[],
) {
  const named = namedSchema.safeParse(after ?? before)
  return {
    ...{ id, at, who, what, tenantId },
    tenantName: tenantId !== null && named.success ? named.data.name : null,
    fields: [...new Set(found.map(({ field }) => field))],
  }
}
