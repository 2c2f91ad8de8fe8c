import { Button, Checkbox } from '@fluentui/react-components'
import { LinkDismiss16Regular, Warning20Filled } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import { faultOf } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { ActDialog } from './act-dialog.tsx'
import type { QuoteDialogProps } from './actions.tsx'
import { type Look, type Ticket, useLook, useQuoteChange } from './asks.ts'
import css from './quote-actions.module.css'
import { TicketPicker } from './ticket-picker.tsx'

/** Links a quote to a ticket of Halo, or takes the link away. */
export function TicketDialog({ quote, onClose }: QuoteDialogProps) {
  const { data, error, isFetching, refetch } = useLook(quote)
  const change = useQuoteChange(quote)
  const [picked, setPicked] = useState<Ticket | null>(null)
  const [hasClosed, setHasClosed] = useState(false)
  const [asks, setAsks] = useState(false)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const now = data?.state.ticketId ?? null
  const isOther = picked !== null && picked.id !== now && isOfAnother(picked, data)
  const pick = (ticket: Ticket | null): void => {
    setPicked(ticket)
    setAsks(false)
    setTrouble(null)
  }
  const link = async (to: number | null): Promise<void> => {
    const said =
      to === null ? `${quote.title} is linked to no ticket now.` : `${quote.title} is linked to ticket ${to}.`
    const done = await change.run({ do: 'link', to, from: now }, said)
    if (done.ok) onClose()
    else setTrouble(done.fault)
  }
  const onSend = (): void => {
    if (!picked) return
    // A ticket of another client is rarely what is meant: one more answer.
    if (isOther && !asks) setAsks(true)
    else void link(picked.id)
  }
  const canPick = data !== undefined && data.state.ticketObstacle === null
  return (
    <ActDialog
      title={`Link ${quote.title} to a ticket`}
      doIt={canPick ? (asks ? 'Link it all the same' : picked ? `Link ticket ${picked.id}` : 'Link') : null}
      isBusy={change.isBusy}
      isReady={picked !== null && picked.id !== now}
      onSend={onSend}
      onClose={onClose}
      beside={
        now !== null &&
        canPick && (
          <Button icon={<LinkDismiss16Regular />} disabled={change.isBusy} onClick={() => void link(null)}>
            Take the link away
          </Button>
        )
      }
    >
      {error && !isFetching ? (
        <Trouble fault={faultOf(error)} actions={<Button onClick={() => void refetch()}>Try again</Button>} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : data.state.ticketObstacle ? (
        <Trouble fault={data.state.ticketObstacle} />
      ) : (
        <>
          <Linked look={data} />
          <TicketPicker
            quote={quote}
            clientId={data.state.client?.id ?? null}
            now={now}
            hasClosed={hasClosed}
            picked={picked}
            onPick={pick}
            onSend={onSend}
          />
          <Checkbox
            label="Closed ones, too"
            checked={hasClosed}
            onChange={(_, { checked }) => setHasClosed(checked === true)}
          />
          {isOther && picked && <OtherClient ticket={picked} look={data} />}
          {trouble && <Trouble fault={trouble} />}
        </>
      )}
    </ActDialog>
  )
}

const isOfAnother = ({ client }: Ticket, look: Look | undefined): boolean => {
  const own = look?.state.client ?? null
  return client !== null && own !== null && client.id !== own.id
}

function Linked({ look: { state } }: { look: Look }) {
  const { client, ticket, ticketId } = state
  return (
    <p className="quiet">
      {ticketId === null
        ? 'It is linked to no ticket.'
        : ticket
          ? `It is linked to ticket ${ticketId}, "${ticket.subject}".`
          : `It is linked to ticket ${ticketId}, which Halo does not have any more.`}
      {client && ` Its client is ${client.name}: tickets of that client come first.`}
    </p>
  )
}

function OtherClient({ ticket, look }: { ticket: Ticket; look: Look }) {
  return (
    <p className={css.warning} role="alert">
      <span className={css.sign} aria-hidden="true">
        <Warning20Filled />
      </span>
      <span>
        Ticket {ticket.id} is of {ticket.client?.name || 'another client'}, the quote is of{' '}
        {look.state.client?.name}. Whoever sees that ticket will see this quote with it.
      </span>
    </p>
  )
}
