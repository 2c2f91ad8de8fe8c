import { z } from 'zod'
import { retentionSchema } from '../inspector/retention.ts'
import { call, idSchema, router, windowSchema } from './trpc.ts'

/** The filter line as it was typed: what is not understood in it is left out here, and shown where it was typed. */
const askedSchema = z.object({ q: z.string().max(2_000), upTo: z.int().min(0).exactOptional() })

/** Which exchanges leave the program: some by id, or all that fit a filter. */
export const choiceSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).min(1).max(2_000) }),
  askedSchema,
])

/** The inspector: recorded requests by filter, one in detail, and what a person can do with them. Files are downloads (main/api/downloads.ts). */
export const inspectorRouter = router({
  list: call
    .input(z.object({ asked: askedSchema, window: windowSchema }))
    .query(({ ctx, input }) => ctx.engine.inspector.list(input.asked, input.window)),
  news: call.input(askedSchema).query(({ ctx, input }) => ctx.engine.inspector.news(input)),
  unsearched: call.input(askedSchema).query(({ ctx, input }) => ctx.engine.inspector.unsearched(input)),
  timeline: call.input(askedSchema).query(({ ctx, input }) => ctx.engine.inspector.timeline(input)),
  groups: call.input(askedSchema).query(({ ctx, input }) => ctx.engine.inspector.groups(input)),
  /** Looks into large bodies for a tenth of a second; `next` goes on from there. */
  dig: call
    .input(z.object({ asked: askedSchema, before: z.string().max(60).exactOptional() }))
    .query(({ ctx, input }) => ctx.engine.inspector.dig(input.asked, input.before)),
  get: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => ctx.engine.inspector.get(input.id)),
  send: call
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input }) => ctx.engine.inspector.send(input.id)),
  clear: call.mutation(({ ctx }) => ctx.engine.inspector.clear()),
  retention: call.query(({ ctx }) => ctx.engine.inspector.retention()),
  setRetention: call
    .input(z.object({ limits: retentionSchema }))
    .mutation(({ ctx, input }) => ctx.engine.inspector.setRetention(input.limits)),
  reportPreview: call
    .input(z.object({ choice: choiceSchema, blur: z.boolean() }))
    .query(({ ctx, input }) => ctx.engine.inspector.reportPreview(input.choice, input.blur)),
})
