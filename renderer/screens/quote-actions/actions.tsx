import { Cart16Regular, Mail16Regular, Tag16Regular, TicketDiagonal16Regular } from '@fluentui/react-icons'
import type { ComponentType, ReactElement } from 'react'
import type { RecordRow } from '../../api.ts'
import { later } from '../../later.tsx'

/** A quote that is in Halo. `title`: what a person calls it. */
export type QuoteInHalo = {
  readonly tenantId: number
  readonly commerceId: number
  readonly haloId: number
  readonly title: string
}

/** A quote as a list or page knows it. `haloId` null: it was never written to Halo. */
export type QuoteHere = Omit<QuoteInHalo, 'haloId'> & { readonly haloId: number | null }

export const quoteOf = ({ tenantId, commerceId, haloId, label }: RecordRow): QuoteHere => ({
  ...{ tenantId, commerceId, haloId },
  title: label,
})

export type QuoteDialogProps = { readonly quote: QuoteInHalo; readonly onClose: () => void }

/** One thing that a person can do with a quote. It acts in Halo or by mail; Commerce is never told. */
export type QuoteAction = {
  readonly id: string
  /** As the menu has it; it ends in "…" because a dialog comes. */
  readonly name: string
  readonly icon: ReactElement
  /** Made by `later`, so that its code is fetched when it is wanted. */
  readonly Dialog: ComponentType<QuoteDialogProps>
}

/** Links it to a ticket of Halo. */
export const ticketAction: QuoteAction = {
  ...{ id: 'ticket', name: 'Link to ticket…', icon: <TicketDiagonal16Regular /> },
  Dialog: later(async () => (await import('./ticket-dialog.tsx')).TicketDialog),
}

/** Gives it another status in Halo. */
export const statusAction: QuoteAction = {
  ...{ id: 'status', name: 'Change status…', icon: <Tag16Regular /> },
  Dialog: later(async () => (await import('./status-dialog.tsx')).StatusDialog),
}

const CreateOrder = later(async () => (await import('./create-order.tsx')).CreateOrder)

const SendQuote = later<QuoteDialogProps>(
  async () => (await import('../send-quote/send-quote.tsx')).SendQuote,
)

/** The entries of a quote's menu, in the order shown: on its page, and on its row in the list. */
export const quoteActions: readonly QuoteAction[] = [
  ticketAction,
  statusAction,
  { id: 'create-order', name: 'Create sales order…', icon: <Cart16Regular />, Dialog: CreateOrder },
  { id: 'send', name: 'Send by mail…', icon: <Mail16Regular />, Dialog: SendQuote },
]
