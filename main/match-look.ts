import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { Destination } from '../app/halo/destination.ts'
import { contactSchema, customerSchema } from '../app/model/commerce.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import {
  domainOf,
  type ProposedMatch,
  proposing,
  type UnlinkedClient,
  type UnlinkedCustomer,
} from '../app/model/match-customers.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { SourceRow } from '../app/store/sources.ts'

/** Who could be matched: the customers and clients that nobody is linked to, and what is proposed, by customer. Customers are in the order of their names. */
export type MatchLook = {
  readonly customers: readonly UnlinkedCustomer[]
  readonly clients: readonly UnlinkedClient[]
  readonly proposals: ReadonlyMap<number, ProposedMatch>
}

/** Customers read between two pauses; with their contacts a few milliseconds. */
const sliceRows = 100

/** Compares the mirror with the tenant's Halo. Never holds the thread for long: window, tray and API wait for it. Faults: Halo's. */
export async function makeLook(store: Store, halo: Destination, tenant: Tenant): Promise<Result<MatchLook>> {
  if (!halo.unlinkedClients) return fail(cannotMatch)
  const owner = await halo.owner(tenant.instanceUrl, 'preview')
  if (!owner.ok) return owner
  const found = await halo.unlinkedClients(owner.value)
  if (!found.ok) return found
  const { clients, linkedIds } = found.value
  const linked = new Set(linkedIds)
  const customers = (await unlinkedCustomers(store, tenant.id)).filter(
    ({ commerceId }) => !linked.has(commerceId),
  )
  return ok(await proposed(byName(customers), clients))
}

export const cannotMatch = fault('halo-error', {
  raw: 'The clients of this kind of Halo cannot be matched from here.',
})

/** The look without those that are linked by now. */
export const lookWithout = (
  { customers, clients }: MatchLook,
  linked: readonly { readonly commerceId: number; readonly haloId: number }[],
): Promise<MatchLook> => {
  const commerceIds = new Set(linked.map(({ commerceId }) => commerceId))
  const haloIds = new Set(linked.map(({ haloId }) => haloId))
  return proposed(
    customers.filter(({ commerceId }) => !commerceIds.has(commerceId)),
    clients.filter(({ haloId }) => !haloIds.has(haloId)),
  )
}

async function proposed(
  customers: readonly UnlinkedCustomer[],
  clients: readonly UnlinkedClient[],
): Promise<MatchLook> {
  const steps = proposing(customers, clients)
  for (;;) {
    const step = steps.next()
    if (step.done) {
      const proposals = new Map(step.value.map((one) => [one.commerceId, one]))
      return { customers, clients, proposals }
    }
    await setImmediate()
  }
}

function byName(customers: readonly UnlinkedCustomer[]): UnlinkedCustomer[] {
  const keyed = customers.map((customer) => ({ customer, key: customer.name.toLowerCase() }))
  keyed.sort((a, b) =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : a.customer.commerceId - b.customer.commerceId,
  )
  return keyed.map(({ customer }) => customer)
}

/** Customers of the mirror that no sync has written and no client is known for, in slices. */
async function unlinkedCustomers(store: Store, tenantId: number): Promise<UnlinkedCustomer[]> {
  const customers: UnlinkedCustomer[] = []
  for (let after = 0; ; ) {
    const rows = store.unlinked.batch(tenantId, after, sliceRows)
    const domains = domainsOf(
      store,
      tenantId,
      rows.map(({ id }) => id),
    )
    for (const row of rows) {
      const customer = parsed(customerSchema, row)
      if (!customer) continue
      const { name, accountNumber } = customer
      const own = [...(domains.get(row.id) ?? [])]
      customers.push({ commerceId: row.id, name: name ?? '', number: accountNumber ?? '', domains: own })
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < sliceRows) return customers
    await setImmediate()
  }
}

function domainsOf(store: Store, tenantId: number, customerIds: readonly number[]): Map<number, Set<string>> {
  const domains = new Map<number, Set<string>>()
  for (const row of store.sources.childrenOf(tenantId, 'contact', customerIds)) {
    const contact = parsed(contactSchema, row)
    const domain = domainOf(contact?.email ?? '')
    const customer = contact?.customerID
    if (domain === '' || typeof customer !== 'number') continue
    domains.set(customer, (domains.get(customer) ?? new Set()).add(domain))
  }
  return domains
}

/** A row of the mirror that cannot be read is no customer to match. */
function parsed<T>(schema: z.ZodType<T>, row: SourceRow): T | null {
  const read = schema.safeParse(JSON.parse(row.body))
  return read.success ? read.data : null
}
