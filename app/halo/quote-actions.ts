import type { Fault, Result } from '../model/fault.ts'
import type { Owner } from './destination.ts'

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
  readonly createdAt: string | null
}

export type HaloClient = { readonly id: number; readonly name: string }

/** What Halo has of a quote now, as far as a person can change it. */
export type QuoteState = {
  readonly client: HaloClient | null
  /** 0 counts as none. */
  readonly ticketId: number | null
  /** null: none is linked, or the one that is was deleted. */
  readonly ticket: HaloTicket | null
  readonly statusId: number | null
  /** Why no ticket can be linked here; null when one can. */
  readonly ticketObstacle: Fault | null
  /** Why the status cannot be changed here; null when it can. */
  readonly statusObstacle: Fault | null
}

export type TicketQuery = {
  readonly owner: Owner
  /** The quote that a ticket is wanted for: tickets of its client come first. */
  readonly quoteId: number
  /** A number, or words of the subject, any case; '' for all. */
  readonly search: string
  readonly hasClosed: boolean
  readonly offset: number
  /** 100 at most. */
  readonly limit: number
}
/** `hasMore`: there are rows after these. Halo counts none of them. */
export type TicketList = { readonly rows: readonly HaloTicket[]; readonly hasMore: boolean }

/**
 * What a person may change of a synced quote. Each writes the one field and what Halo keeps of a change, in one transaction, and nothing of it goes to
 * Commerce. All take the quote by Halo's id, and answer `quote-gone` when it is not there or not the owner's.
 */
export type QuoteActions = {
  state(owner: Owner, quoteId: number): Promise<Result<QuoteState>>
  /** Open ones first, those of the quote's client before others, newest first; never a deleted one. */
  tickets(query: TicketQuery): Promise<Result<TicketList>>
  /** null takes the link away. Answers what was linked before. Fault: ticket-gone. */
  linkTicket(
    owner: Owner,
    quoteId: number,
    ticketId: number | null,
  ): Promise<Result<{ readonly was: number | null }>>
  /** Answers the status before. Fault: status-gone, when Halo has no such quote status. */
  setStatus(owner: Owner, quoteId: number, statusId: number): Promise<Result<{ readonly was: number | null }>>
}
