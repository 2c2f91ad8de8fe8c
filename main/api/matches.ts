import { z } from 'zod'
import { call, idSchema, router } from './trpc.ts'

const ofTenant = z.object({ tenantId: idSchema })
const pairSchema = z.object({ commerceId: idSchema, haloId: idSchema })

/** Customers that are in Halo without a link: proposed by number, name or domain, linked when a person confirms. */
export const matchRouter = router({
  propose: call.input(ofTenant).query(({ ctx, input }) => ctx.engine.matches.propose(input.tenantId)),
  confirm: call
    .input(ofTenant.extend({ pairs: z.array(pairSchema).min(1).max(1_000) }))
    .mutation(({ ctx, input }) => ctx.engine.matches.confirm(input.tenantId, input.pairs)),
})
