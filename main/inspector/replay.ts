import { addressed } from '../../app/commerce/address.ts'
import type { HttpClient } from '../../app/http/types.ts'
import type { Exchange } from '../../app/model/exchange.ts'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { BudgetLimits } from '../../app/model/ports.ts'
import type { Tenant } from '../../app/model/tenant.ts'
import type { Store } from '../../app/store/open.ts'

export type KeyedTenants = {
  /** The API key; key-missing or secret-lost when there is none to be had. */
  keyOf(id: number): Result<string>
  budgetKeyOf(key: string): string
}

type ReplayParts = {
  readonly store: Pick<Store, 'tenants' | 'audit'>
  readonly http: HttpClient
  readonly tenants: KeyedTenants
}

/**
 * Sends a recorded read request once more, with the tenant's key as it is now and from the part of the budget kept for people. Only GET to the tenant's own
 * Commerce address is sent: a write is never repeated, and a key goes nowhere but where it belongs. The answer is recorded as any other;
 * its id comes back also when it is a refusal, since that is what the person wanted to see. Faults: input-invalid for what may not be sent again,
 * tenant-unknown, key-missing, secret-lost, day-limit and the like when nothing could be sent.
 */
export async function sendAgain(
  { store, http, tenants }: ReplayParts,
  exchange: Exchange,
): Promise<Result<{ readonly exchangeId: number | null }>> {
  const tenant = exchange.tenantId === null ? null : store.tenants.get(exchange.tenantId)
  if (!tenant) return fail(fault('tenant-unknown', { facts: { id: exchange.tenantId ?? 0 } }))
  const way = wayOf(exchange, tenant)
  if (!way) return refuse()
  const key = tenants.keyOf(tenant.id)
  if (!key.ok) return key
  store.audit.add({ who: 'person', what: 'exchange.send', tenantId: tenant.id, after: { path: way.path } })
  const answer = await http.send({
    method: 'GET',
    ...addressed(way.origin, way.path, way.params, { keyIn: tenant.keyIn, key: key.value }),
    ...{ host: 'commerce', purpose: 'replay', tenantId: tenant.id, runId: null, maxAttempts: 1 },
    budget: { key: tenants.budgetKeyOf(key.value), limits: limitsOf(tenant) },
    secrets: [key.value],
  })
  if (answer.ok) return ok({ exchangeId: answer.value.exchangeId })
  const { exchangeId } = answer.fault
  return exchangeId === undefined ? answer : ok({ exchangeId })
}

const refuse = () =>
  fail(
    fault('input-invalid', {
      facts: { problem: 'Only a read request to the tenant’s own Commerce address can be sent again.' },
    }),
  )

/** A person's request may use the reserve. */
const limitsOf = (tenant: Tenant): BudgetLimits => ({
  perMinute: tenant.requestsPerMinute,
  perDay: tenant.requestsPerDay,
  reserve: 0,
})

type Way = { readonly origin: string; readonly path: string; readonly params: Record<string, string> }

/** Where it went, without what was masked; null when it may not be sent again. */
function wayOf({ method, host, url }: Exchange, tenant: Tenant): Way | null {
  if (method !== 'GET' || host !== 'commerce' || !URL.canParse(url) || !URL.canParse(tenant.apiUrl))
    return null
  const asked = new URL(url)
  if (asked.origin !== new URL(tenant.apiUrl).origin || asked.username !== '' || asked.password !== '')
    return null
  const params = [...asked.searchParams].filter(([name]) => name.toLowerCase() !== 'apikey')
  return { origin: asked.origin, path: asked.pathname, params: Object.fromEntries(params) }
}
