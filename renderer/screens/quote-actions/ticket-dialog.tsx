import { Button, Checkbox } from '@fluentui/react-components'
import { LinkDismiss16Regular, Warning20Filled } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import { faultOf } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { ActDialog } from './act-dialog.tsx'
import type { QuoteDialogProps, QuoteInHalo } from './actions.tsx'
import { type Look, type Ticket, useLook, useQuoteChange } from './asks.ts'
import css from './quote-actions.module.css'
import { TicketPicker } from './ticket-picker.tsx'

/** Links a quote to a ticket of Halo, or takes the link away. */
export function TicketDialog({ quote, onClose }: QuoteDialogProps) {
  const { data, error, isFetching, refetch } = useLook(quote)
  const linking = useLinking({ quote, onClose }, data)
  const { picked, asks } = linking
  const obstacle = data?.state.ticketObstacle ?? null
  const canPick = data !== undefined && obstacle === null
  return (
    <ActDialog
      title={`Link ${quote.title} to a ticket`}
      doIt={canPick ? (asks ? 'Link it all the same' : picked ? `Link ticket ${picked.id}` : 'Link') : null}
      isBusy={linking.isBusy}
      isReady={picked !== null && picked.id !== linking.now}
      onSend={linking.onSend}
      onClose={onClose}
      beside={linking.now !== null && canPick && <TakeAway linking={linking} />}
    >
      {error && !isFetching ? (
        <Trouble fault={faultOf(error)} actions={<Button onClick={() => void refetch()}>Try again</Button>} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : obstacle ? (
        <Trouble fault={obstacle} />
      ) : (
        <Choosing quote={quote} look={data} linking={linking} />
      )}
    </ActDialog>
  )
}

type Linking = ReturnType<typeof useLinking>

/** What is picked, what is asked about it, and what came of linking it. */
function useLinking({ quote, onClose }: QuoteDialogProps, look: Look | undefined) {
  const { run, isBusy } = useQuoteChange(quote)
  const [picked, setPicked] = useState<Ticket | null>(null)
  const [asks, setAsks] = useState(false)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const now = look?.state.ticketId ?? null
  const isOther = picked !== null && picked.id !== now && isOfAnother(picked, look)
  const link = async (to: number | null): Promise<void> => {
    const said =
      to === null ? `${quote.title} is linked to no ticket now.` : `${quote.title} is linked to ticket ${to}.`
    const done = await run({ do: 'link', to, from: now }, said)
    if (done.ok) onClose()
    else setTrouble(done.fault)
  }
  return {
    ...{ now, picked, isOther, asks, trouble, isBusy, link },
    pick: (ticket: Ticket | null): void => {
      setPicked(ticket)
      setAsks(false)
      setTrouble(null)
    },
    onSend: (): void => {
      // A ticket of another client is rarely what is meant: one more answer.
      if (isOther && !asks) setAsks(true)
      else if (picked) void link(picked.id)
    },
  }
}

const TakeAway = ({ linking: { isBusy, link } }: { linking: Linking }) => (
  <Button icon={<LinkDismiss16Regular />} disabled={isBusy} onClick={() => void link(null)}>
    Take the link away
  </Button>
)

type ChoosingProps = { readonly quote: QuoteInHalo; readonly look: Look; readonly linking: Linking }

function Choosing({ quote, look, linking }: ChoosingProps) {
  const [hasClosed, setHasClosed] = useState(false)
  const { now, picked, isOther, trouble, pick, onSend } = linking
  return (
    <>
      <Linked look={look} />
      <TicketPicker
        quote={quote}
        clientId={look.state.client?.id ?? null}
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
      {isOther && picked && <OtherClient ticket={picked} look={look} />}
      {trouble && <Trouble fault={trouble} />}
    </>
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
