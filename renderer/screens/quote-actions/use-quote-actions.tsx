import { type ReactNode, Suspense, useState } from 'react'
import type { MenuEntry } from '../../ui/context-menu.tsx'
import { type QuoteAction, type QuoteHere, type QuoteInHalo, quoteActions } from './actions.tsx'

type Opened = {
  readonly action: QuoteAction
  readonly quote: QuoteInHalo
  /** What has the focus again when the dialog closes. */
  readonly returnTo: HTMLElement | null
}

/** What can be done with a quote, for any menu; `dialog` goes into the page. */
export function useQuoteActions(): {
  readonly entriesOf: (quote: QuoteHere) => readonly MenuEntry[]
  readonly dialog: ReactNode
} {
  const [opened, setOpened] = useState<Opened | null>(null)
  const entriesOf = (quote: QuoteHere): readonly MenuEntry[] =>
    quoteActions.map((action) => {
      const { haloId } = quote
      const isThere = haloId !== null
      return {
        ...{ id: action.id, name: action.name, icon: action.icon, group: 'quote' },
        ...(isThere ? {} : { isDisabled: true, reason: notInHalo }),
        act: (returnTo) => {
          if (!isThere) return
          // Before the menu goes and gives the focus back by itself: it would take it out of the dialog, which is then hidden from screen readers.
          returnTo?.focus({ preventScroll: true })
          setOpened({ action, quote: { ...quote, haloId }, returnTo })
        },
      }
    })
  const onClose = (): void => {
    opened?.returnTo?.focus({ preventScroll: true })
    setOpened(null)
  }
  return {
    entriesOf,
    dialog: opened && (
      <Suspense>
        <opened.action.Dialog key={opened.action.id} quote={opened.quote} onClose={onClose} />
      </Suspense>
    ),
  }
}

const notInHalo = 'It is not in Halo yet: the next sync writes it'
