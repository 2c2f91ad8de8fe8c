import type { Destination, Owner } from '../app/halo/destination.ts'
import type { QuoteActions } from '../app/halo/quote-actions.ts'
import { fail, fault, type Result } from '../app/model/fault.ts'
import type { Clock } from '../app/model/ports.ts'
import type { StatusChoice } from '../app/model/status-choice.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { HaloKeeper } from './halo-keeper.ts'

export type QuoteDeskParts = {
  readonly store: Store
  readonly halos: HaloKeeper
  readonly clock: Clock
  readonly onChange: () => void
  /** For the audit trail. */
  readonly who: string
}

/** One quote in an open Halo. */
export type OpenQuote = {
  readonly tenant: Tenant
  readonly halo: Destination
  readonly actions: QuoteActions
  readonly owner: Owner
  readonly haloId: number
  readonly quote: Quote
}
export type Quote = { readonly id: number; readonly label: string; readonly commerceStatus: number }

/** What the audit trail calls the changes that can be undone. */
export const changes = {
  linked: 'quote linked to a ticket',
  unlinked: 'quote unlinked from its ticket',
  status: 'quote status changed',
} as const

/** Opens the tenant's Halo for one quote. Faults: tenant-unknown, input-invalid when the quote is not in Halo, and Halo's. */
export async function withQuote<T>(
  { store, halos }: QuoteDeskParts,
  tenantId: number,
  quoteId: number,
  work: (open: OpenQuote) => Promise<Result<T>>,
): Promise<Result<T>> {
  const tenant = store.tenants.get(tenantId)
  if (!tenant) return fail(fault('tenant-unknown', { facts: { id: tenantId } }))
  const record = store.records.get(tenantId, 'quotes', quoteId)
  const haloId = record?.haloId ?? null
  if (!record || haloId === null)
    return fail(fault('input-invalid', { facts: { problem: 'the quote is not in Halo yet' } }))
  const { label, status } = record
  const quote = { id: quoteId, label, commerceStatus: statusNow(store, tenantId, quoteId) ?? status ?? -1 }
  return halos.use(tenant, async (halo) => {
    const actions = halo.quoteActions
    if (!actions)
      return fail(fault('halo-error', { raw: 'Quotes of this kind of Halo cannot be changed from here.' }))
    // A preview only looks: an owner is there since the first sync, and none is made for this.
    const owner = await halo.owner(tenant.instanceUrl, 'preview')
    return owner.ok
      ? named(label, await work({ tenant, halo, actions, owner: owner.value, haloId, quote }))
      : owner
  })
}

/** The other side's faults do not know what a person calls the quote. */
const named = <T>(label: string, result: Result<T>): Result<T> =>
  result.ok ? result : fail({ ...result.fault, facts: { label, ...result.fault.facts } })

/** Commerce's status as it was last read, which may not be in Halo yet. */
function statusNow(store: Store, tenantId: number, quoteId: number): number | null {
  const row = store.sources.get(tenantId, 'quote', quoteId)
  const status: unknown = row ? JSON.parse(row.body).status : null
  return typeof status === 'number' ? status : null
}

/** Null also for one that Commerce's own change has passed: the next run ends it. */
export function choiceOf(store: Store, tenantId: number, { id, commerceStatus }: Quote): StatusChoice | null {
  const choice = store.statusChoices.of(tenantId, [id]).get(id)
  return choice?.commerceStatus === commerceStatus ? choice : null
}

export const nameOf = ({ id, label }: Quote) => ({ quoteId: id, quote: label })

/** Into the audit trail; answers the row's number. */
export function note(
  { store, who, onChange }: Pick<QuoteDeskParts, 'store' | 'who' | 'onChange'>,
  tenantId: number,
  what: string,
  change: { readonly before: unknown; readonly after: unknown },
): number {
  const auditId = store.audit.add({ who, what, tenantId, ...change })
  onChange()
  return auditId
}
