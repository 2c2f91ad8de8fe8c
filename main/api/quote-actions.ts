import { z } from 'zod'
import { call, idSchema, router, searchSchema } from './trpc.ts'

const quoteSchema = z.object({ tenantId: idSchema, quoteId: z.int() })
const statusSchema = z.int().min(0)

/** What a person does with a synced quote in Halo: each answer is a Result, for Halo may not be there. Nothing of it goes to Commerce. */
export const quoteActionRouter = router({
  look: call
    .input(quoteSchema)
    .query(({ ctx, input }) => ctx.engine.quotes.look(input.tenantId, input.quoteId)),
  tickets: call
    .input(
      quoteSchema.extend({
        search: searchSchema,
        hasClosed: z.boolean(),
        offset: z.int().min(0).max(2_000),
        limit: z.int().min(1).max(100),
      }),
    )
    .query(({ ctx, input: { tenantId, quoteId, ...query } }) =>
      ctx.engine.quotes.tickets(tenantId, quoteId, query),
    ),
  linkTicket: call
    .input(quoteSchema.extend({ to: idSchema.nullable(), from: idSchema.nullable() }))
    .mutation(({ ctx, input: { tenantId, quoteId, ...change } }) =>
      ctx.engine.quotes.linkTicket(tenantId, quoteId, change),
    ),
  setStatus: call
    .input(quoteSchema.extend({ to: statusSchema, from: statusSchema.exactOptional() }))
    .mutation(({ ctx, input: { tenantId, quoteId, ...change } }) =>
      ctx.engine.quotes.setStatus(tenantId, quoteId, change),
    ),
  undo: call
    .input(z.object({ tenantId: idSchema, auditId: idSchema }))
    .mutation(({ ctx, input }) => ctx.engine.quotes.undo(input.tenantId, input.auditId)),
  /** The mapping decides about its status again. */
  release: call
    .input(quoteSchema)
    .mutation(({ ctx, input }) => ctx.engine.quotes.release(input.tenantId, input.quoteId)),
})
