import { z } from 'zod'
import { call, idSchema, router, windowSchema } from './trpc.ts'

/** The recorded requests: secrets are gone before they are stored, so they may be shown whole. */
export const exchangeRouter = router({
  list: call
    .input(
      z.object({
        filter: z.object({ runId: idSchema.exactOptional(), tenantId: idSchema.exactOptional() }),
        window: windowSchema,
      }),
    )
    .query(({ ctx, input: { filter, window } }) => ({
      rows: ctx.engine.exchanges.list(filter, window).rows,
      total: ctx.engine.exchanges.count(filter) ?? 0,
    })),
  get: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => ctx.engine.exchanges.get(input.id)),
})
