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
          returnTo?.focus({ preventScroll: true })
          setTimeout(() => setOpened({ action, quote: { ...quote, haloId }, returnTo }), menuGoneMs)
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

/** A menu gives the focus back as it goes. A dialog that is there by then loses it, and is hidden from screen readers although it is seen. */
const menuGoneMs = 100

const notInHalo = 'It is not in Halo yet: the next sync writes it'
