import { z } from 'zod'
import { type Entity, entitySchema } from '../../app/model/tenant.ts'
import { generalOf } from '../../app/store/failure-cause.ts'
import type { StoredFailure } from '../../app/store/failure-queries.ts'
import type { FailureChoice } from '../../app/store/failures.ts'
import type { EnginePort } from './port.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const groupSchema = z.string().min(1).max(500)
const stateSchema = z.enum(['open', 'parked', 'ignored', 'closed'])
const kindSchema = z.enum(['healing', 'needsYou'])
const choiceSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).min(1).max(10_000) }),
  z.strictObject({ group: groupSchema, kind: kindSchema.exactOptional() }),
]) satisfies z.ZodType<FailureChoice>

const triesShown = 50

/** The list that holds an entity's records in the mirror, and those of their parts: of each the list that its parent is in. */
const mirrored: Readonly<Record<Entity, readonly (readonly [resource: string, of?: string])[]>> = {
  products: [['product']],
  customers: [['customer'], ['contact', 'customer'], ['customeraddress', 'customer']],
  quotes: [['quote'], ['quotesection', 'quote'], ['quoteline', 'quotesection']],
  salesOrders: [['salesorder'], ['salesorderline', 'salesorder']],
}

/** Needs attention: failed records by cause, trying them again, and leaving them alone. */
export const failureRouter = router({
  /** By cause and kind; the words of a group of several name no single record. */
  groups: call
    .input(z.object({ state: stateSchema.exactOptional(), tenantId: idSchema.exactOptional() }).optional())
    .query(({ ctx, input }) =>
      ctx.engine.store.failures
        .groups(input)
        .map((group) => (group.count === 1 ? group : { ...group, fault: generalOf(group.fault) })),
    ),
  /** Of enabled tenants: those of a disabled one call for nobody, here as in the tray. */
  counts: call.query(({ ctx: { engine } }) => {
    const enabled = engine.tenants.list().filter(({ tenant }) => tenant.isEnabled)
    const counts = enabled.map(({ tenant }) => engine.store.failures.counts(tenant.id))
    const sum = (kind: 'healing' | 'needsYou'): number => counts.reduce((all, one) => all + one[kind], 0)
    return { healing: sum('healing'), needsYou: sum('needsYou') }
  }),
  /** How many there are in each state. */
  states: call
    .input(z.object({ tenantId: idSchema.exactOptional() }))
    .query(({ ctx, input }) => ctx.engine.store.failures.states(input.tenantId)),
  list: call
    .input(
      z.object({
        filter: z.object({
          group: groupSchema.exactOptional(),
          kind: kindSchema.exactOptional(),
          state: stateSchema.exactOptional(),
          tenantId: idSchema.exactOptional(),
          search: searchSchema.exactOptional(),
        }),
        window: windowSchema,
      }),
    )
    .query(({ ctx, input }) => {
      const { rows, total } = ctx.engine.store.failures.list(
        input.filter,
        input.window.offset,
        input.window.limit,
      )
      return { total, rows: rows.map(({ payload: _, ...row }) => row) }
    }),
  /** One failed record: why, each try, and what Commerce sent. */
  get: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => {
    const found = ctx.engine.store.failures.get(input.id)
    return found && detailOf(ctx.engine, found)
  }),
  /** What is known of this record's failing; null when it never failed, or long ago. */
  ofRecord: call
    .input(z.object({ tenantId: idSchema, entity: entitySchema, commerceId: z.int() }))
    .query(({ ctx, input }) => {
      const found = ctx.engine.store.failures.ofRecord(input.tenantId, input.entity, input.commerceId)
      if (!found) return null
      const { payload: _, ...brief } = found
      return brief
    }),
  retry: call.input(choiceSchema).mutation(({ ctx, input }) => ctx.engine.failures.retry(input)),
  ignore: call
    .input(z.object({ which: choiceSchema, reason: z.string().trim().min(1).max(300) }))
    .mutation(({ ctx, input }) => ctx.engine.failures.ignore(input.which, input.reason)),
  reopen: call.input(choiceSchema).mutation(({ ctx, input }) => ctx.engine.failures.reopen(input)),
})

function detailOf({ store }: EnginePort, { payload, ...failure }: StoredFailure) {
  const { tenantId, entity, commerceId, firstAt } = failure
  const history = store.runs.history(tenantId, entity, commerceId, triesShown)
  return {
    failure,
    /** Newest first; with a success that closed it, when that had to write something. A preview tries nothing. */
    tries: history.filter(({ runId }) => {
      const run = store.runs.get(runId)
      // By its run and not by its own time: an outcome is kept a moment before the failure that it is.
      return run && run.kind !== 'preview' && (run.endedAt === null || run.endedAt >= firstAt)
    }),
    payload: payload
      ? [{ name: mirrored[entity][0]?.[0] ?? entity, text: payload }]
      : mirrorOf(store, failure),
  }
}

/** What the mirror has of a record: itself, and its parts list by list. */
function mirrorOf(
  { sources }: EnginePort['store'],
  { tenantId, entity, commerceId }: Pick<StoredFailure, 'tenantId' | 'entity' | 'commerceId'>,
): { name: string; text: string }[] {
  const ids = new Map<string, readonly number[]>()
  return mirrored[entity].flatMap(([resource, of]) => {
    if (of === undefined) {
      ids.set(resource, [commerceId])
      const own = sources.get(tenantId, resource, commerceId)
      return own ? [{ name: resource, text: own.body }] : []
    }
    const rows = sources.childrenOf(tenantId, resource, ids.get(of) ?? [])
    ids.set(
      resource,
      rows.map(({ id }) => id),
    )
    return rows.length === 0 ? [] : [{ name: resource, text: `[${rows.map(({ body }) => body).join(',')}]` }]
  })
}
