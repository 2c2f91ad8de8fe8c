import { z } from 'zod'
import { outcomeKinds } from '../../app/model/outcome.ts'
import { type Entity, entitySchema } from '../../app/model/tenant.ts'
import { recordSortKeys } from '../../app/store/record-queries.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const listSchema = z.object({
  entity: entitySchema,
  tenantId: idSchema.exactOptional(),
  statuses: z.array(z.int()).max(50).exactOptional(),
  kinds: z.array(z.enum(outcomeKinds)).exactOptional(),
  search: searchSchema.exactOptional(),
  sort: z.enum(recordSortKeys),
  isDescending: z.boolean(),
})

/** What each entity is called where Commerce's own records are kept. */
const resources: Record<Entity, string> = {
  customers: 'customer',
  products: 'product',
  quotes: 'quote',
  salesOrders: 'salesorder',
}
const historyRows = 50

/** Customers, quotes, sales orders and products, as they were last synced. Filtered and sorted in SQL, a window at a time. */
export const recordRouter = router({
  list: call
    .input(z.object({ query: listSchema, window: windowSchema }))
    .query(({ ctx, input }) => ctx.engine.store.records.list({ ...input.query, ...input.window })),
  /** "Was this synced?": the records of any tenant with this number, name, SKU or id, then those that contain the text; 50 at most. */
  find: call
    .input(z.object({ text: searchSchema }))
    .query(({ ctx, input }) => ctx.engine.store.records.story(input.text)),
  /**
   * One record with what became of it, run by run (newest first), and the body as Commerce sent it (null when it is not kept).
   * `record` is null for one that never could be read: then there is a history, and nothing else. null: never met.
   */
  get: call
    .input(z.object({ tenantId: idSchema, entity: entitySchema, commerceId: z.int() }))
    .query(({ ctx, input: { tenantId, entity, commerceId } }) => {
      const { records, runs, sources } = ctx.engine.store
      const record = records.get(tenantId, entity, commerceId)
      const history = runs.history(tenantId, entity, commerceId, historyRows)
      if (!record && history.length === 0) return null
      return {
        record,
        history,
        source: sources.get(tenantId, resources[entity], commerceId)?.body ?? null,
      }
    }),
})
