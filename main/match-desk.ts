import type { z } from 'zod'
import type { CustomerLink, Destination, LinkOutcome } from '../app/halo/destination.ts'
import { contactSchema, customerSchema } from '../app/model/commerce.ts'
import { fail, fault, type Result } from '../app/model/fault.ts'
import { domainOf, type ProposedMatch, type UnlinkedCustomer } from '../app/model/match-customers.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { SourceRow } from '../app/store/sources.ts'
import type { HaloKeeper } from './halo-keeper.ts'

/** What a person confirmed: this customer is that client. */
export type ConfirmedMatch = { readonly commerceId: number; readonly haloId: number }

/** Customers that Halo has already, but without a link: proposed, and linked when a person confirms. */
export type MatchDesk = {
  /** The customers read from Commerce so far that are not linked, with the clients that they may be. Those without any are left out. */
  propose(tenantId: number): Promise<Result<readonly ProposedMatch[]>>
  /** Links each pair by itself; a pair that cannot be is said in its outcome. Noted in the audit trail. */
  confirm(tenantId: number, pairs: readonly ConfirmedMatch[]): Promise<Result<readonly LinkOutcome[]>>
}

export type MatchDeskParts = {
  readonly store: Store
  readonly halos: HaloKeeper
  readonly onChange: () => void
  /** For the audit trail. */
  readonly who: string
}

export function createMatchDesk(parts: MatchDeskParts): MatchDesk {
  const { store, halos } = parts
  const at = <T>(
    tenantId: number,
    work: (halo: Destination, tenant: Tenant) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const tenant = store.tenants.get(tenantId)
    if (!tenant) return Promise.resolve(fail(fault('tenant-unknown', { facts: { id: tenantId } })))
    return halos.use(tenant, (halo) => work(halo, tenant))
  }
  return {
    propose: (tenantId) =>
      at(tenantId, async (halo) => halo.proposeMatches?.(unlinkedCustomers(store, tenantId)) ?? fail(cannot)),
    confirm: (tenantId, pairs) => at(tenantId, (halo, tenant) => confirm(parts, halo, tenant, pairs)),
  }
}

const cannot = fault('halo-error', { raw: 'The clients of this kind of Halo cannot be matched from here.' })

async function confirm(
  { store, who, onChange }: MatchDeskParts,
  halo: Destination,
  tenant: Tenant,
  pairs: readonly ConfirmedMatch[],
): Promise<Result<readonly LinkOutcome[]>> {
  if (!halo.linkCustomers) return fail(cannot)
  const owner = await halo.owner(tenant.instanceUrl)
  if (!owner.ok) return owner
  // The link into Commerce comes with the next sync of the customer, made from the tenant's template.
  const links = pairs.map(({ commerceId, haloId }): CustomerLink => ({ commerceId, haloId, url: '' }))
  const linked = await halo.linkCustomers(owner.value, links)
  if (!linked.ok) return linked
  const done = linked.value.filter((outcome) => outcome.fault === null)
  if (done.length > 0) {
    const after = done.map(({ commerceId, haloId }) => ({ commerceId, haloId }))
    store.audit.add({ who, what: 'customers linked to clients', tenantId: tenant.id, before: null, after })
    onChange()
  }
  return linked
}

/** Customers in the mirror that no sync has written and no client is known for. */
function unlinkedCustomers(store: Store, tenantId: number): UnlinkedCustomer[] {
  const rows = store.sources
    .all(tenantId, 'customer')
    .filter(({ id }) => (store.records.get(tenantId, 'customers', id)?.haloId ?? null) === null)
  const ids = rows.map(({ id }) => id)
  const domains = new Map<number, Set<string>>()
  for (const row of store.sources.childrenOf(tenantId, 'contact', ids)) {
    const contact = parsed(contactSchema, row)
    const domain = domainOf(contact?.email ?? '')
    const customer = contact?.customerID
    if (domain === '' || typeof customer !== 'number') continue
    domains.set(customer, (domains.get(customer) ?? new Set()).add(domain))
  }
  return rows.flatMap((row) => {
    const customer = parsed(customerSchema, row)
    if (!customer) return []
    const { name, accountNumber } = customer
    const own = [...(domains.get(row.id) ?? [])]
    return [{ commerceId: row.id, name: name ?? '', number: accountNumber ?? '', domains: own }]
  })
}

/** A row of the mirror that cannot be read is no customer to match. */
function parsed<T>(schema: z.ZodType<T>, row: SourceRow): T | null {
  const read = schema.safeParse(JSON.parse(row.body))
  return read.success ? read.data : null
}
