import type { HaloChoice } from '../app/halo/destination.ts'
import type { Change, QuoteState, TicketList, TicketQuery } from '../app/halo/quote-actions.ts'
import { ok, type Result } from '../app/model/fault.ts'
import type { StatusChoice } from '../app/model/status-choice.ts'
import { haloAddressOf, ticketLinkOf } from '../app/model/ticket-link.ts'
import {
  changes,
  choiceOf,
  nameOf,
  note,
  type OpenQuote,
  type QuoteDeskParts,
  withQuote,
} from './quote-place.ts'
import { undoQuoteChange } from './quote-undo.ts'

/** A quote as Halo has it now, with what decides about its status. */
export type QuoteLook = {
  readonly state: QuoteState
  /** Halo's ticket page; '' where the tenant's settings tell no address of Halo, or no ticket is linked. */
  readonly ticketLink: string
  readonly statuses: readonly HaloChoice[]
  /** Commerce's own; -1: none. */
  readonly commerceStatus: number
  /** What the mapping says of Commerce's status: a status of Halo, or that Halo's is left alone. */
  readonly mapped: number | 'left alone' | 'not decided'
  /** A person's choice, while it holds. */
  readonly choice: StatusChoice | null
}

/** `was`: what Halo had before. `auditId` undoes it; null when nothing was changed. */
export type QuoteChanged = { readonly was: number | null; readonly auditId: number | null }

/** What a person does with a synced quote in Halo. Quotes go by Commerce's id; each change is in the audit trail, and Commerce is never told. */
export type QuoteDesk = {
  look(tenantId: number, quoteId: number): Promise<Result<QuoteLook>>
  tickets(
    tenantId: number,
    quoteId: number,
    query: Omit<TicketQuery, 'owner' | 'quoteId'>,
  ): Promise<Result<TicketList>>
  /** null takes the link away. */
  linkTicket(tenantId: number, quoteId: number, change: Change<number | null>): Promise<Result<QuoteChanged>>
  /** Keeps it as the person's choice: no sync changes it before Commerce's own status does. */
  setStatus(tenantId: number, quoteId: number, change: Change<number>): Promise<Result<QuoteChanged>>
  /** Takes a change back while Halo still has what it made; else `changed-meanwhile`. */
  undo(tenantId: number, auditId: number): Promise<Result<null>>
  /** The mapping decides about its status again, from the next run on. */
  release(tenantId: number, quoteId: number): Result<{ readonly auditId: number | null }>
}

export function createQuoteDesk(parts: QuoteDeskParts): QuoteDesk {
  const at = <T>(
    tenantId: number,
    quoteId: number,
    work: (open: OpenQuote) => Promise<Result<T>>,
  ): Promise<Result<T>> => withQuote(parts, tenantId, quoteId, work)
  return {
    look: (tenantId, quoteId) => at(tenantId, quoteId, (open) => look(parts, open)),
    tickets: (tenantId, quoteId, query) =>
      at(tenantId, quoteId, ({ actions, owner, haloId }) =>
        actions.tickets({ ...query, owner, quoteId: haloId }),
      ),
    linkTicket: (tenantId, quoteId, change) =>
      at(tenantId, quoteId, (open) => linkTicket(parts, open, change)),
    setStatus: (tenantId, quoteId, change) => at(tenantId, quoteId, (open) => setStatus(parts, open, change)),
    undo: (tenantId, auditId) => undoQuoteChange(parts, tenantId, auditId),
    release: (tenantId, quoteId) => release(parts, tenantId, quoteId),
  }
}

async function look({ store }: QuoteDeskParts, open: OpenQuote): Promise<Result<QuoteLook>> {
  const { tenant, halo, actions, owner, haloId, quote } = open
  const state = await actions.state(owner, haloId)
  if (!state.ok) return state
  const statuses = await halo.choices('quoteStatus')
  if (!statuses.ok) return statuses
  const { quoteStatus, interpretation } = tenant.mapping
  const key = String(quote.commerceStatus)
  return ok({
    state: state.value,
    ticketLink: ticketLinkOf(haloAddressOf(tenant.halo, interpretation), state.value.ticketId),
    statuses: statuses.value,
    commerceStatus: quote.commerceStatus,
    mapped: Object.hasOwn(quoteStatus, key) ? (quoteStatus[key] ?? 'left alone') : 'not decided',
    choice: choiceOf(store, tenant.id, quote),
  })
}

async function linkTicket(
  parts: QuoteDeskParts,
  { tenant, actions, owner, haloId, quote }: OpenQuote,
  change: Change<number | null>,
): Promise<Result<QuoteChanged>> {
  const linked = await actions.linkTicket(owner, haloId, change)
  if (!linked.ok) return linked
  const { was } = linked.value
  if (was === change.to) return ok({ was, auditId: null })
  const what = change.to === null ? changes.unlinked : changes.linked
  const auditId = note(parts, tenant.id, what, {
    before: { ticket: was },
    after: { ...nameOf(quote), ticket: change.to },
  })
  return ok({ was, auditId })
}

async function setStatus(
  parts: QuoteDeskParts,
  { tenant, halo, actions, owner, haloId, quote }: OpenQuote,
  change: Change<number>,
): Promise<Result<QuoteChanged>> {
  const { store, clock, who } = parts
  const set = await actions.setStatus(owner, haloId, change)
  if (!set.ok) return set
  const statuses = await halo.choices('quoteStatus')
  const named = (status: number | null): string =>
    (statuses.ok && statuses.value.find(({ id }) => id === status)?.name) || String(status ?? '')
  const { was } = set.value
  const name = named(change.to)
  const before = choiceOf(store, tenant.id, quote)
  const chosenAt = new Date(clock.now()).toISOString()
  const { commerceStatus } = quote
  const auditId = store.inTransaction(() => {
    const choice = { quoteId: quote.id, haloStatus: change.to, name, commerceStatus, chosenAt, who }
    store.statusChoices.set(tenant.id, choice)
    return note(parts, tenant.id, changes.status, {
      before: { status: named(was), undo: { status: was, choice: before } },
      after: { ...nameOf(quote), status: name, undo: { status: change.to } },
    })
  })
  return ok({ was, auditId })
}

function release({ store, ...parts }: QuoteDeskParts, tenantId: number, quoteId: number) {
  const choice = store.statusChoices.of(tenantId, [quoteId]).get(quoteId)
  if (!choice) return ok({ auditId: null })
  const label = store.records.get(tenantId, 'quotes', quoteId)?.label ?? ''
  const auditId = store.inTransaction(() => {
    store.statusChoices.release(tenantId, quoteId)
    return note({ store, ...parts }, tenantId, 'quote status follows the mapping', {
      before: { status: choice.name || choice.haloStatus },
      after: { quoteId, quote: label },
    })
  })
  return ok({ auditId })
}
