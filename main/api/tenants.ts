import { z } from 'zod'
import { haloTargetSchema } from '../../app/model/halo-target.ts'
import { type NewTenant, tenantSchema } from '../../app/model/tenant.ts'
import { call, idSchema, router } from './trpc.ts'
import { wholeCost } from './whole-cost.ts'

const keySchema = z.string().trim().min(1).max(500)
/** Not trimmed: a password may begin or end with a space. */
const secretSchema = z.string().min(1).max(500)
const given = tenantSchema.omit({ id: true, createdAt: true }).shape

const newTenantSchema = z.object({
  name: given.name,
  instanceUrl: given.instanceUrl.trim().min(1).max(500),
  apiUrl: given.apiUrl.trim().min(1).max(500).exactOptional(),
  keyIn: given.keyIn.exactOptional(),
  isEnabled: given.isEnabled.exactOptional(),
  syncFrom: z.iso.datetime().exactOptional(),
  requestsPerMinute: given.requestsPerMinute.exactOptional(),
  requestsPerDay: given.requestsPerDay.exactOptional(),
  reserve: given.reserve.exactOptional(),
  halo: given.halo.exactOptional(),
  schedule: given.schedule.exactOptional(),
  reconcile: given.reconcile.exactOptional(),
  pausedUntil: z.iso.datetime().nullable().exactOptional(),
  entities: given.entities.exactOptional(),
  mapping: given.mapping.exactOptional(),
}) satisfies z.ZodType<NewTenant>

const patchSchema = newTenantSchema.extend({
  name: newTenantSchema.shape.name.exactOptional(),
  instanceUrl: newTenantSchema.shape.instanceUrl.exactOptional(),
})

/** Tenants: list, health, and every change to them. The key goes in and never comes out. */
export const tenantRouter = router({
  list: call.query(({ ctx }) => ctx.engine.tenants.list()),
  get: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => ctx.engine.tenants.get(input.id)),
  health: call.query(({ ctx }) => ctx.engine.tenants.health()),
  /** What reading everything anew would cost; null for an unknown tenant. */
  wholeCost: call.input(z.object({ id: idSchema })).query(({ ctx, input }) => {
    const tenant = ctx.engine.tenants.get(input.id)?.tenant
    return tenant ? wholeCost(ctx.engine.store.sources, tenant) : null
  }),
  losses: call
    .input(z.object({ id: idSchema }))
    .query(({ ctx, input }) => ctx.engine.store.tenants.losses(input.id)),
  add: call
    .input(z.object({ tenant: newTenantSchema, key: keySchema, haloSecret: secretSchema.exactOptional() }))
    .mutation(({ ctx, input }) => ctx.engine.tenants.add(input.tenant, input.key, input.haloSecret)),
  update: call
    .input(z.object({ id: idSchema, patch: patchSchema, haloSecret: secretSchema.exactOptional() }))
    .mutation(({ ctx, input }) => ctx.engine.tenants.update(input.id, input.patch, input.haloSecret)),
  addSample: call.mutation(({ ctx }) => ctx.engine.tenants.addSample()),
  setKey: call
    .input(z.object({ id: idSchema, key: keySchema }))
    .mutation(({ ctx, input }) => ctx.engine.tenants.setKey(input.id, input.key)),
  setHaloSecret: call
    .input(z.object({ id: idSchema, secret: secretSchema }))
    .mutation(({ ctx, input }) => ctx.engine.tenants.setHaloSecret(input.id, input.secret)),
  remove: call
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input }) => ctx.engine.tenants.remove(input.id)),
  /** `key` is the one typed in the form; a stored tenant is tested with its own when it is absent. */
  test: call
    .input(
      z.object({
        tenant: z.union([z.strictObject({ id: idSchema }), newTenantSchema]),
        key: keySchema.exactOptional(),
        haloSecret: secretSchema.exactOptional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.engine.tenants.test(input.tenant, input.key, input.haloSecret)),
  /** What a sync does there, tried on the customer's own server; nothing stays. */
  selfTest: call
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input }) => ctx.engine.tenants.selfTest(input.id)),
  /** Halo's half of the test alone, for a target in a form. `id`: whose stored secret to take when `secret` is absent. */
  testHalo: call
    .input(
      z.object({
        id: idSchema.nullable(),
        target: haloTargetSchema,
        secret: secretSchema.exactOptional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.engine.tenants.testHalo(input.id, input.target, input.secret)),
})
