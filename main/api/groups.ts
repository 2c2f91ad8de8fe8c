import { z } from 'zod'
import { itemSortKeys } from '../../app/halo/product-groups.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const ofTenant = z.object({ tenantId: idSchema })
const nameSchema = z.string().trim().min(1).max(250)
const idsSchema = z.array(idSchema).min(1).max(5_000)
const querySchema = z.object({
  groupId: z.int().nullable(),
  search: searchSchema,
  sort: z.enum(itemSortKeys),
  isDescending: z.boolean(),
})

/** Products by group, as Halo has them now: each answer is a Result, for Halo may not be there. */
export const groupRouter = router({
  list: call.input(ofTenant).query(({ ctx, input }) => ctx.engine.groups.list(input.tenantId)),
  items: call
    .input(ofTenant.extend({ query: querySchema, window: windowSchema }))
    .query(({ ctx, input }) => ctx.engine.groups.items(input.tenantId, { ...input.query, ...input.window })),
  add: call
    .input(ofTenant.extend({ name: nameSchema }))
    .mutation(({ ctx, input }) => ctx.engine.groups.add(input.tenantId, input.name)),
  rename: call
    .input(ofTenant.extend({ id: z.int(), name: nameSchema }))
    .mutation(({ ctx, input }) => ctx.engine.groups.rename(input.tenantId, input.id, input.name)),
  move: call
    .input(
      ofTenant.extend({
        what: z.union([z.strictObject({ haloIds: idsSchema }), z.strictObject({ groupId: z.int() })]),
        to: z.int(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.engine.groups.move(input.tenantId, input.what, input.to)),
  undoMove: call
    .input(ofTenant.extend({ auditId: idSchema }))
    .mutation(({ ctx, input }) => ctx.engine.groups.undoMove(input.tenantId, input.auditId)),
  /** The mapping of their categories decides about these products again. */
  release: call
    .input(ofTenant.extend({ commerceIds: idsSchema }))
    .mutation(({ ctx, input }) => ctx.engine.groups.release(input.tenantId, input.commerceIds)),
})
