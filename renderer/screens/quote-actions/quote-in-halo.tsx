import { Button } from '@fluentui/react-components'
import { ArrowClockwise16Regular, ArrowUndo16Regular, Open16Regular } from '@fluentui/react-icons'
import { Suspense, useRef, useState } from 'react'
import { faultOf } from '../../api.ts'
import { dayOf, exactTime } from '../../ui/format.ts'
import { Panel } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { type QuoteAction, type QuoteInHalo, statusAction, ticketAction } from './actions.tsx'
import { actor } from './actor.ts'
import { type Look, useLook, useQuoteChange } from './asks.ts'
import css from './quote-actions.module.css'
import { nameOf, whatDecides } from './quote-words.ts'

/** On a quote's page: which ticket it is linked to, its status in Halo, and who decided about that. */
export function QuoteInHaloPanel({ quote }: { quote: QuoteInHalo }) {
  const { data, error, isFetching, refetch } = useLook(quote)
  if (error && !data)
    return (
      <Trouble
        fault={faultOf(error)}
        actions={
          <Button
            size="small"
            icon={<ArrowClockwise16Regular />}
            disabled={isFetching}
            onClick={() => void refetch()}
          >
            Ask Halo again
          </Button>
        }
      />
    )
  return (
    <Panel>
      <dl className={css.facts}>
        <dt>Ticket in Halo</dt>
        <dd>
          <Change quote={quote} action={ticketAction} name="Change the ticket" isReady={data !== undefined}>
            {data ? <LinkedTicket look={data} /> : 'Asking Halo'}
          </Change>
        </dd>
        <dt>Status in Halo</dt>
        <dd>
          <Change quote={quote} action={statusAction} name="Change the status" isReady={data !== undefined}>
            {data ? statusNow(data) : 'Asking Halo'}
          </Change>
        </dd>
      </dl>
      {data?.choice && <Chosen quote={quote} look={data} choice={data.choice} />}
    </Panel>
  )
}

const statusNow = ({ state, statuses }: Look): string =>
  state.statusId === null ? 'None' : nameOf(statuses, state.statusId)

function LinkedTicket({ look: { state, ticketLink } }: { look: Look }) {
  const { ticket, ticketId } = state
  if (ticketId === null) return 'None'
  const words = ticket ? `${ticketId} ${ticket.subject}` : `${ticketId}, which is gone in Halo`
  return ticketLink === '' || !ticket ? (
    words
  ) : (
    <a href={ticketLink} target="_blank" rel="noopener noreferrer" title="Open the ticket in Halo">
      {words} <Open16Regular aria-hidden="true" />
    </a>
  )
}

type ChangeProps = {
  readonly quote: QuoteInHalo
  readonly action: QuoteAction
  readonly name: string
  readonly isReady: boolean
  readonly children: React.ReactNode
}

/** A value with the button that changes it. */
function Change({ quote, action, name, isReady, children }: ChangeProps) {
  const [isOpen, setOpen] = useState(false)
  const around = useRef<HTMLSpanElement>(null)
  const onClose = (): void => {
    setOpen(false)
    around.current?.querySelector('button')?.focus()
  }
  return (
    <span ref={around} className={css.change}>
      <span className={css.value}>{children}</span>
      <Button size="small" aria-label={name} disabled={!isReady} onClick={() => setOpen(true)}>
        Change
      </Button>
      {isOpen && (
        <Suspense>
          <action.Dialog quote={quote} onClose={onClose} />
        </Suspense>
      )}
    </span>
  )
}

type ChosenProps = {
  readonly quote: QuoteInHalo
  readonly look: Look
  readonly choice: NonNullable<Look['choice']>
}

function Chosen({ quote, look, choice }: ChosenProps) {
  const change = useQuoteChange(quote)
  const [trouble, setTrouble] = useState<Parameters<typeof Trouble>[0]['fault'] | null>(null)
  const release = async (): Promise<void> => {
    const done = await change.run({ do: 'release' }, 'The mapping decides again, with the next sync.')
    setTrouble(done.ok ? null : done.fault)
  }
  return (
    <div className={css.chosen}>
      <p>
        "{nameOf(look.statuses, choice.haloStatus)}" was chosen by {actor(choice.who)} on{' '}
        <time dateTime={choice.chosenAt} title={exactTime(choice.chosenAt)}>
          {dayOf(choice.chosenAt)}
        </time>
        , and stays until the status in Datto Commerce changes. {whatDecides(look)}
      </p>
      <Button
        size="small"
        icon={<ArrowUndo16Regular />}
        disabled={change.isBusy}
        onClick={() => void release()}
      >
        Let the mapping decide again
      </Button>
      {trouble && <Trouble fault={trouble} />}
    </div>
  )
}
