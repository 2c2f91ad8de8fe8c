import { z } from 'zod'
import { call, idSchema, router, windowSchema } from './trpc.ts'

/** The recorded requests of a run or tenant, for lists on other screens; the inspector has its own questions. */
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
})
