import { z } from 'zod'
import { hostOfLink } from '../../app/model/map/link.ts'
import { updateSettingsSchema } from '../../app/model/settings.ts'

/** What the shell needs to know, read through the API. Only these fields are checked: the service may be of another version than the desktop. */
const runSchema = z.object({
  kind: z.string(),
  outcome: z.string().nullable(),
  fault: z.object({ code: z.string(), next: z.string() }).nullable(),
})
export const answers = {
  tenants: z.array(
    z.object({
      tenant: z.object({
        id: z.int(),
        name: z.string(),
        instanceUrl: z.string(),
        isEnabled: z.boolean(),
        pausedUntil: z.string().nullable(),
        // A service of another version may not send it.
        mapping: z
          .object({
            interpretation: z.object({
              linkHosts: z.array(z.string()).optional(),
              haloAddress: z.string().optional(),
            }),
          })
          .optional(),
        halo: z.object({ address: z.string().optional() }).optional(),
      }),
    }),
  ),
  health: z.array(
    z.object({
      tenantId: z.int(),
      lastGoodAt: z.string().nullable(),
      nextDueAt: z.string().nullable(),
      recentRuns: z.array(runSchema),
      failures: z.object({ needsYou: z.int() }),
    }),
  ),
  live: z.array(z.object({ tenantId: z.int() })),
  settings: z.object({ updates: updateSettingsSchema }),
}
type Answer<K extends keyof typeof answers> = z.infer<(typeof answers)[K]>

/** good: all in order; failing: a person must act, or it failed twice running; shaky: one failure that may heal by itself. */
export type TenantState = 'good' | 'shaky' | 'failing'

export type ShellTenant = {
  readonly id: number
  readonly name: string
  readonly instanceUrl: string
  /** Hosts besides its portal to which its links may lead; its Halo is one. */
  readonly linkHosts: readonly string[]
  readonly isEnabled: boolean
  readonly pausedUntil: string | null
  readonly isRunning: boolean
  readonly state: TenantState
  readonly needsYou: number
  readonly lastGoodAt: string | null
  readonly nextDueAt: string | null
}

/** What window, tray and notifications go by. `isReachable`: false when the service does not answer; the tenants are then as last seen. */
export type ShellFacts = { readonly isReachable: boolean; readonly tenants: readonly ShellTenant[] }

export const noFacts: ShellFacts = { isReachable: true, tenants: [] }

/** Joins the API's answers. */
export function factsOf(
  tenants: Answer<'tenants'>,
  health: Answer<'health'>,
  live: Answer<'live'>,
): ShellFacts {
  const running = new Set(live.map(({ tenantId }) => tenantId))
  const healthOf = new Map(health.map((one) => [one.tenantId, one]))
  return {
    isReachable: true,
    tenants: tenants.map(({ tenant }) => {
      const of = healthOf.get(tenant.id)
      const needsYou = of?.failures.needsYou ?? 0
      const { mapping, halo, ...known } = tenant
      const { linkHosts = [], haloAddress = '' } = mapping?.interpretation ?? {}
      const ofHalo = [halo?.address ?? '', haloAddress].map(hostOfLink).filter((host) => host !== '')
      return {
        ...known,
        linkHosts: [...linkHosts, ...ofHalo],
        isRunning: running.has(tenant.id),
        state: needsYou > 0 ? 'failing' : stateOf(of?.recentRuns ?? []),
        needsYou,
        lastGoodAt: of?.lastGoodAt ?? null,
        nextDueAt: of?.nextDueAt ?? null,
      }
    }),
  }
}

/** By the last ended runs, newest first. A preview writes nothing, and what a person or a restart ended says nothing about the tenant. */
function stateOf(runs: readonly z.infer<typeof runSchema>[]): TenantState {
  const telling = runs.filter(
    ({ kind, outcome, fault }) =>
      kind !== 'preview' && outcome !== null && outcome !== 'cancelled' && fault?.code !== 'interrupted',
  )
  const [last, before] = telling
  if (last?.outcome !== 'stopped') return 'good'
  return last.fault?.next === 'retry' && before?.outcome !== 'stopped' ? 'shaky' : 'failing'
}
