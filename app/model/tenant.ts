import { z } from 'zod'
import { haloTargetSchema } from './halo-target.ts'
import { mappingSchema } from './mapping.ts'

/** When a tenant's sync is due. Times of day are in `zone` (IANA), "HH:MM". */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({
    kind: z.literal('every'),
    minutes: z.int().min(1).max(1440),
    between: z
      .object({ from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/) })
      .nullable(),
    zone: z.string().min(1),
  }),
  z.object({ kind: z.literal('cron'), line: z.string().min(1), zone: z.string().min(1) }),
])
export type Schedule = z.infer<typeof scheduleSchema>

export const entities = ['products', 'customers', 'quotes', 'salesOrders'] as const
/** The four things that are synced, in the order in which they are. */
export type Entity = (typeof entities)[number]
export const entitySchema = z.enum(entities)

export const tenantSchema = z.object({
  id: z.int(),
  name: z.string().trim().min(1).max(100),
  /** The web portal, `https://NAME.mydattocommerce.com`; links lead there and Halo stores it. */
  instanceUrl: z.string(),
  /** The API's base, without `/v1`. */
  apiUrl: z.string(),
  /** Vendor documents disagree (apis.md §1.1): the header is the default, never both. */
  keyIn: z.enum(['header', 'query']),
  isEnabled: z.boolean(),
  /** UTC ISO: only what changed after it is synced. */
  syncFrom: z.string(),
  requestsPerMinute: z.int().min(1),
  requestsPerDay: z.int().min(1),
  /** Share of both budgets, 0 to 0.5, kept free for people (test connection, import). */
  reserve: z.number().min(0).max(0.5),
  halo: haloTargetSchema,
  schedule: scheduleSchema,
  /** When everything is read anew to find what the dates missed and what is gone from Commerce. */
  reconcile: scheduleSchema,
  /** UTC ISO; scheduled runs wait until then. */
  pausedUntil: z.string().nullable(),
  entities: z.array(entitySchema),
  mapping: mappingSchema,
  createdAt: z.string(),
})
export type Tenant = z.infer<typeof tenantSchema>

/** What a person (or the command line) gives to make a tenant; the rest has defaults. */
export type NewTenant = Pick<Tenant, 'name' | 'instanceUrl'> & Partial<Omit<Tenant, 'id' | 'createdAt'>>
