import { z } from 'zod'
import { entitySchema } from '../../app/model/tenant.ts'
import { recordSorts } from './port.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const filterSchema = z.object({
  entity: entitySchema,
  tenantId: idSchema.exactOptional(),
  status: z.int().exactOptional(),
  isFailing: z.boolean().exactOptional(),
  search: searchSchema.exactOptional(),
})

/** Customers, quotes, sales orders and products, as they were last synced. Filtered and sorted in SQL, a window at a time. */
export const recordRouter = router({
  list: call
    .input(
      z.object({
        filter: filterSchema,
        order: z.object({ by: z.enum(recordSorts), isDescending: z.boolean() }),
        window: windowSchema,
      }),
    )
    .query(({ ctx, input }) => ctx.engine.records.list(input.filter, input.order, input.window)),
  get: call
    .input(z.object({ tenantId: idSchema, entity: entitySchema, commerceId: z.int() }))
    .query(({ ctx, input }) => ctx.engine.records.get(input.tenantId, input.entity, input.commerceId)),
})
