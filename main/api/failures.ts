import { z } from 'zod'
import { call, idSchema, router, windowSchema } from './trpc.ts'

const groupSchema = z.string().min(1).max(500)

/** Needs attention: failed records by cause, and trying them again. */
export const failureRouter = router({
  groups: call.query(({ ctx }) => ctx.engine.store.failures.groups()),
  counts: call.query(({ ctx }) => ctx.engine.store.failures.counts()),
  list: call
    .input(
      z.object({
        filter: z.object({ group: groupSchema.exactOptional(), tenantId: idSchema.exactOptional() }),
        window: windowSchema,
      }),
    )
    .query(({ ctx, input }) =>
      ctx.engine.store.failures.list(input.filter, input.window.offset, input.window.limit),
    ),
  retry: call
    .input(
      z.union([
        z.strictObject({ ids: z.array(idSchema).min(1).max(1000) }),
        z.strictObject({ group: groupSchema }),
      ]),
    )
    .mutation(({ ctx, input }) => ctx.engine.failures.retry(input)),
})
