import { z } from 'zod'
import { call, idSchema, router } from './trpc.ts'

const ofQuote = z.object({ tenantId: idSchema, quoteId: idSchema })
const amountSchema = z.number().min(-1e12).max(1e12)
const orderSchema = z.strictObject({
  title: z.string().trim().min(1).max(500),
  reference: z.string().trim().max(250),
  note: z.string().trim().max(10_000),
  orderedAt: z.iso.datetime(),
  statusId: z.int().min(0).nullable(),
  lines: z.array(z.strictObject({ id: idSchema, quantity: z.number().positive().max(1e9) })).max(5_000),
  delivery: z.strictObject({ amount: amountSchema, tax: amountSchema, taxRate: amountSchema }).nullable(),
  shown: z.strictObject({
    once: amountSchema,
    monthly: amountSchema,
    quarterly: amountSchema,
    yearly: amountSchema,
  }),
  known: z.array(idSchema).max(1_000),
})

/** Sales orders made from quotes, in Halo as it is now: each answer is a Result. Nothing here reaches Commerce. */
export const orderActionRouter = router({
  start: call
    .input(ofQuote)
    .query(({ ctx, input }) => ctx.engine.orders.start(input.tenantId, input.quoteId)),
  make: call
    .input(ofQuote.extend({ order: orderSchema }))
    .mutation(({ ctx, input }) => ctx.engine.orders.make(input.tenantId, input.quoteId, input.order)),
})
