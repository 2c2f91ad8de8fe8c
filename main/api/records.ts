import { z } from 'zod'
import { outcomeKinds } from '../../app/model/outcome.ts'
import { type Entity, entitySchema } from '../../app/model/tenant.ts'
import { recordSortKeys } from '../../app/store/record-queries.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const listSchema = z.object({
  entity: entitySchema,
  tenantId: idSchema.exactOptional(),
  customerId: idSchema.exactOptional(),
  isInHalo: z.boolean().exactOptional(),
  isGone: z.boolean().exactOptional(),
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
/** Of a record's requests only the latest runs are shown, and of a run no more than a person reads. */
const shownRuns = 3
const requestsOfRun = 40
const keySchema = z.object({ tenantId: idSchema, entity: entitySchema, commerceId: z.int() })

/** Customers, quotes, sales orders and products, as they were last synced. Filtered and sorted in SQL, a window at a time. */
export const recordRouter = router({
  list: call
    .input(z.object({ query: listSchema, window: windowSchema }))
    .query(({ ctx, input }) => ctx.engine.store.records.list({ ...input.query, ...input.window })),
  /** "Was this synced?": the records of any tenant with this number, name, SKU or id, then those that contain the text; 50 at most. */
  find: call
    .input(z.object({ text: searchSchema }))
    .query(({ ctx, input }) => ctx.engine.store.records.story(input.text)),
  /** The keys of a whole list in its order, as [tenant, Commerce id] pairs: an export walks through them, so that rows that change meanwhile come once. */
  keys: call
    .input(z.object({ query: listSchema }))
    .query(({ ctx, input }) =>
      ctx.engine.store.records
        .keys(input.query)
        .map(({ tenantId, commerceId }) => [tenantId, commerceId] as [number, number]),
    ),
  /** The rows of some keys. It changes nothing: it is posted because so many keys fit into no address. */
  rows: call
    .input(z.object({ entity: entitySchema, keys: z.array(z.tuple([z.int(), z.int()])).max(2_000) }))
    .mutation(({ ctx, input: { entity, keys } }) =>
      ctx.engine.store.records.some(keys.map(([tenantId, commerceId]) => ({ tenantId, entity, commerceId }))),
    ),
  /** What it becomes in Halo by the mapping as it is now; null when the mirror does not hold it. */
  view: call
    .input(keySchema)
    .query(({ ctx, input }) => ctx.engine.recordDesk.view(input.tenantId, input.entity, input.commerceId)),
  /** Commerce and Halo side by side; asks Halo. */
  compare: call
    .input(keySchema)
    .query(({ ctx, input }) => ctx.engine.recordDesk.compare(input.tenantId, input.entity, input.commerceId)),
  /** The requests of the runs that last touched it which asked for its kind, newest first. */
  exchanges: call.input(keySchema).query(({ ctx, input: { tenantId, entity, commerceId } }) => {
    const { records, runs } = ctx.engine.store
    const history = runs.history(tenantId, entity, commerceId, historyRows)
    const last = records.get(tenantId, entity, commerceId)?.lastRun
    const runIds = [...new Set([...(last ? [last] : []), ...history.map(({ runId }) => runId)])].slice(
      0,
      shownRuns,
    )
    return runIds.flatMap(
      (runId) =>
        ctx.engine.exchanges.list(
          { tenantId, runId, path: `/${resources[entity]}` },
          { limit: requestsOfRun },
        ).rows,
    )
  }),
  /**
   * One record with what became of it, run by run (newest first), and the body as Commerce sent it (null when it is not kept).
   * `record` is null for one that never could be read: then there is a history, and nothing else. null: never met.
   */
  get: call.input(keySchema).query(({ ctx, input: { tenantId, entity, commerceId } }) => {
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
