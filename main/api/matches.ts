import { z } from 'zod'
import { matchShows, matchSorts } from '../match-list.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const ofTenant = z.object({ tenantId: idSchema })
const pairSchema = z.object({ commerceId: idSchema, haloId: idSchema })
const querySchema = z.object({
  show: z.enum(matchShows),
  search: searchSchema,
  sort: z.enum(matchSorts),
  isDescending: z.boolean(),
})

/** Customers that are in Halo without a link: proposed by number, name or domain, linked when a person confirms. Each answer is a Result, for Halo may not be there. */
export const matchRouter = router({
  look: call
    .input(ofTenant.extend({ isAnew: z.boolean() }))
    .query(({ ctx, input }) => ctx.engine.matches.look(input.tenantId, input.isAnew)),
  alike: call
    .input(ofTenant.extend({ when: z.enum(['always', 'first sync']) }))
    .query(({ ctx, input }) => ctx.engine.matches.alike(input.tenantId, input.when)),
  list: call
    .input(ofTenant.extend({ query: querySchema, window: windowSchema }))
    .query(({ ctx, input }) => ctx.engine.matches.list(input.tenantId, input.query, input.window)),
  clients: call
    .input(ofTenant.extend({ search: searchSchema }))
    .query(({ ctx, input }) => ctx.engine.matches.clients(input.tenantId, input.search)),
  confirm: call
    .input(ofTenant.extend({ pairs: z.array(pairSchema).min(1).max(500) }))
    .mutation(({ ctx, input }) => ctx.engine.matches.confirm(input.tenantId, input.pairs)),
  undo: call
    .input(ofTenant.extend({ auditIds: z.array(idSchema).min(1).max(200) }))
    .mutation(({ ctx, input }) => ctx.engine.matches.undo(input.tenantId, input.auditIds)),
  setNew: call
    .input(ofTenant.extend({ commerceIds: z.array(idSchema).min(1).max(10_000), isNew: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.engine.matches.setNew(input.tenantId, input.commerceIds, input.isNew)),
})
