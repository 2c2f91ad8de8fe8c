import { z } from 'zod'
import {
  logLevelSchema,
  networkInputSchema,
  updateSettingsSchema,
  vaultKinds,
} from '../../app/model/settings.ts'
import { call, router } from './trpc.ts'

/** Settings of the program. The proxy's password goes in and never comes out; null forgets it, absent leaves it. */
export const settingsRouter = router({
  get: call.query(({ ctx }) => ctx.engine.settings.get()),
  setNetwork: call
    .input(
      z.object({
        network: networkInputSchema,
        password: z.string().min(1).max(500).nullable().exactOptional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.engine.settings.setNetwork(input.network, input.password)),
  setLogLevel: call
    .input(z.object({ level: logLevelSchema }))
    .mutation(({ ctx, input }) => ctx.engine.settings.setLogLevel(input.level)),
  setUpdates: call
    .input(z.object({ updates: updateSettingsSchema }))
    .mutation(({ ctx, input }) => ctx.engine.settings.setUpdates(input.updates)),
  /** Seals the secrets anew for the service (keyfile) or for this user alone (os). */
  moveSecrets: call
    .input(z.object({ to: z.enum(vaultKinds) }))
    .mutation(({ ctx, input }) => ctx.engine.settings.moveSecrets(input.to)),
})
