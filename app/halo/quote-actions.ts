import type { Fault, Result } from '../model/fault.ts'
import type { Owner } from './destination.ts'

export type HaloClient = { readonly id: number; readonly name: string }

/** A ticket of Halo, as little of it as a person needs to tell it from others. */
export type HaloTicket = {
  /** FAULTS.Faultid. */
  readonly id: number
  readonly subject: string
  /** Name of its status, its number where it has none; '' when there is none. */
  readonly status: string
  readonly isClosed: boolean
  /** Whose it is; null: nobody's. */
  readonly client: HaloClient | null
  /** UTC ISO; null when Halo does not say. */
  readonly openedAt: string | null
}

/** What Halo has of a quote now, as far as a person can change it. */
export type QuoteState = {
  readonly client: HaloClient | null
  readonly ticketId: number | null
  /** null: none is linked, or the one that is was deleted. */
  readonly ticket: HaloTicket | null
  /** LOOKUP 39. */
  readonly statusId: number | null
  /** Why no ticket can be linked in this Halo; null when one can. */
  readonly ticketObstacle: Fault | null
}

export type TicketQuery = {
  readonly owner: Owner
  /** The quote that a ticket is wanted for. */
  readonly quoteId: number
  /** A ticket's number, or words of its subject in any case and order; '' for all. */
  readonly search: string
  /** Closed ones, too. */
  readonly hasClosed: boolean
  readonly offset: number
  /** 100 at most. */
  readonly limit: number
}
/** `hasMore`: there are rows after these. `isCut`: Halo has so many tickets that not all of them were looked through. */
export type TicketList = {
  readonly rows: readonly HaloTicket[]
  readonly hasMore: boolean
  readonly isCut: boolean
}

/** `from`: what Halo must have now, else `changed-meanwhile`; absent: whatever it has. */
export type Change<T> = { readonly to: T; readonly from?: T }

/**
 * What a person may change of a synced quote: the one field, in one transaction, and nothing of it goes to Commerce. All take the quote by Halo's id,
 * and answer `quote-gone` when it is not there or not the owner's. Changes answer what was there before.
 */
export type QuoteActions = {
  state(owner: Owner, quoteId: number): Promise<Result<QuoteState>>
  /** Those of the quote's client first, among them open ones, then the newest; never a deleted or merged one. */
  tickets(query: TicketQuery): Promise<Result<TicketList>>
  /** null takes the link away. Fault: ticket-gone. */
  linkTicket(
    owner: Owner,
    quoteId: number,
    change: Change<number | null>,
  ): Promise<Result<{ readonly was: number | null }>>
  /** Fault: status-gone, when Halo has no such quote status, or an inactive one. */
  setStatus(
    owner: Owner,
    quoteId: number,
    change: Change<number | null>,
  ): Promise<Result<{ readonly was: number | null }>>
}
