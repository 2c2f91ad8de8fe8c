import { z } from 'zod'
import { runKinds } from '../../app/model/outcome.ts'
import { call, idSchema, router, windowSchema } from './trpc.ts'

const runFilterSchema = z.object({
  tenantId: idSchema.exactOptional(),
  kind: z.enum(runKinds).exactOptional(),
  outcome: z.enum(['done', 'partial', 'stopped', 'cancelled', 'running']).exactOptional(),
})

/** Runs: what happened, what is happening, and the two buttons (start, cancel). */
export const runRouter = router({
  list: call
    .input(z.object({ filter: runFilterSchema, window: windowSchema }))
    .query(({ ctx, input }) =>
      ctx.engine.store.runs.list(input.filter, input.window.offset, input.window.limit),
    ),
  get: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => ctx.engine.store.runs.get(input.id)),
  live: call.query(({ ctx }) => ctx.engine.runs.live()),
  start: call
    .input(z.object({ tenantId: idSchema, kind: z.enum(['sync', 'preview', 'retry', 'reconcile']) }))
    .mutation(({ ctx, input }) => ctx.engine.runs.start(input.tenantId, input.kind)),
  cancel: call
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input }) => ctx.engine.runs.cancel(input.id)),
})
