import { Button, Spinner } from '@fluentui/react-components'
import { ArrowClockwise16Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { faultOf } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { Time } from '../../ui/time.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import type { QuoteInHalo } from './actions.tsx'
import { type Ticket, useTickets } from './asks.ts'
import css from './quote-actions.module.css'

/** After the last key, so that a word is one question to Halo and not seven. */
const typingMs = 250
const rowsAtOnce = 20
/** A hundred are more than a person reads; words tell them apart better. */
const mostRows = 100

type TicketPickerProps = {
  readonly quote: QuoteInHalo
  readonly clientId: number | null
  /** The ticket that is linked now. */
  readonly now: number | null
  readonly hasClosed: boolean
  readonly picked: Ticket | null
  readonly onPick: (ticket: Ticket | null) => void
  readonly onSend: () => void
}

/** An input with the tickets that it finds: the focus stays in it, arrows walk through the list, Enter links the marked one (WAI-ARIA combobox). */
export function TicketPicker(props: TicketPickerProps) {
  const { quote, hasClosed, picked, onPick } = props
  const id = useId()
  const [text, setText] = useState('')
  const [limit, setLimit] = useState(rowsAtOnce)
  const search = useSettled(text.trim())
  const asked = useTickets(quote, { search, hasClosed, limit })
  const rows = asked.data?.rows ?? []
  return (
    <div className={css.picker}>
      <div className={css.search}>
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to look for something
          autoFocus
          className={css.input}
          role="combobox"
          aria-label="Find a ticket by its number or words of its subject"
          aria-expanded={rows.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={
            picked && rows.some((row) => row.id === picked.id) ? `${id}-${picked.id}` : undefined
          }
          autoComplete="off"
          spellCheck={false}
          placeholder="Number, or words of the subject"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setLimit(rowsAtOnce)
            onPick(null)
          }}
          onKeyDown={(event) => onKey(event, id, rows, props)}
        />
        {asked.isFetching && <Spinner size="tiny" aria-label="Asking Halo" />}
      </div>
      <div className={css.found} data-old={asked.isPlaceholderData || undefined}>
        {asked.error && !asked.isFetching ? (
          <Trouble fault={faultOf(asked.error)} actions={<Again onClick={() => void asked.refetch()} />} />
        ) : (
          <Tickets {...props} id={id} rows={rows} />
        )}
        <Rest
          found={asked.data}
          isAll={search === ''}
          canMore={limit < mostRows}
          onMore={() => setLimit(Math.min(mostRows, limit + rowsAtOnce))}
        />
      </div>
      <span role="status" className="visually-hidden">
        {asked.data && !asked.isFetching && plural(rows.length, 'ticket')}
      </span>
    </div>
  )
}

const Again = ({ onClick }: { onClick: () => void }) => (
  <Button size="small" icon={<ArrowClockwise16Regular />} onClick={onClick}>
    Try again
  </Button>
)

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }

function onKey(
  event: KeyboardEvent,
  id: string,
  rows: readonly Ticket[],
  { now, picked, onPick, onSend }: TicketPickerProps,
): void {
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
    event.preventDefault()
    if (picked && picked.id !== now) onSend()
  }
  const step = steps[event.key]
  if (step === undefined || rows.length === 0) return
  event.preventDefault()
  const at = rows.findIndex((row) => row.id === picked?.id)
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))]
  if (!next) return
  onPick(next)
  document.getElementById(`${id}-${next.id}`)?.scrollIntoView({ block: 'nearest' })
}

/** What is typed, once it stands still. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

type TicketsProps = TicketPickerProps & { readonly id: string; readonly rows: readonly Ticket[] }

function Tickets({ id, rows, clientId, now, picked, onPick }: TicketsProps) {
  return (
    <div role="listbox" id={`${id}-list`} aria-label="Tickets" className={css.tickets}>
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
        <div
          key={row.id}
          id={`${id}-${row.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={row.id === picked?.id}
          className={css.ticket}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(row)}
        >
          <span className={css.number}>{row.id}</span>
          <span className={css.subject} title={row.subject}>
            {row.subject || 'No subject'}
          </span>
          <span className={css.state}>
            {row.id === now ? 'Linked now' : row.isClosed ? `${row.status || 'Closed'} (closed)` : row.status}
          </span>
          <span className={css.client} data-other={isOther(row, clientId) || undefined}>
            {row.client?.name || (row.client ? `Client ${row.client.id}` : 'No client')}
          </span>
          <span className={css.opened}>
            {row.openedAt === null ? 'Not said when' : <Time at={row.openedAt} />}
          </span>
        </div>
      ))}
    </div>
  )
}

const isOther = ({ client }: Ticket, clientId: number | null): boolean =>
  client !== null && clientId !== null && client.id !== clientId

type RestProps = {
  readonly found:
    | { readonly rows: readonly Ticket[]; readonly hasMore: boolean; readonly isCut: boolean }
    | undefined
  readonly isAll: boolean
  readonly canMore: boolean
  readonly onMore: () => void
}

/** What the list does not show, and how to come to it. */
function Rest({ found, isAll, canMore, onMore }: RestProps) {
  if (!found) return null
  const nothing = isAll ? 'Halo has no open ticket.' : 'No ticket fits. Try its number, or other words.'
  return (
    <>
      {found.rows.length === 0 && <p className={css.note}>{nothing}</p>}
      {found.hasMore &&
        (canMore ? (
          <Button size="small" appearance="subtle" onClick={onMore}>
            Show {rowsAtOnce} more
          </Button>
        ) : (
          <p className={css.note}>There are more: add a word to the search.</p>
        ))}
      {found.isCut && (
        <p className={css.note}>
          This Halo does not search by itself, and only its newest tickets were looked through. Any ticket is
          found by its number.
        </p>
      )}
    </>
  )
}
