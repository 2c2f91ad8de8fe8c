import type { FaultCode } from '../fault.ts'
import { say, type WordsFor } from './say.ts'

export type QuoteCode = Extract<
  FaultCode,
  'quote-gone' | 'ticket-gone' | 'status-gone' | 'changed-meanwhile' | 'status-chosen'
>

/** What a person did with a quote in Halo, or could not do. */
export const quoteWords: WordsFor<QuoteCode> = {
  'quote-gone': {
    what: (f) => `The quote${say(f, 'label', ' "$"')} is not in Halo${say(f, 'id', ' (number $)')} any more.`,
    doNow: () => 'Run a sync: it writes the quote anew when it is next read. Then try again.',
  },
  'ticket-gone': {
    what: (f) => `Halo has no ticket${say(f, 'ticket', ' number $')}, or it was deleted there.`,
    doNow: () => 'Search for another ticket. The quote is as it was.',
  },
  'status-gone': {
    what: (f) =>
      `Halo has no quote status${say(f, 'status', ' number $')} any more, or it was made inactive there.`,
    doNow: () => 'Choose another status. The quote is as it was.',
  },
  'changed-meanwhile': {
    what: (f) => `Somebody changed the quote${say(f, 'label', ' "$"')} in Halo meanwhile.`,
    doNow: () => 'Look at what Halo has now, and decide again. Nothing was written.',
  },
  'status-chosen': {
    what: (f) =>
      `The status in Halo${say(f, 'label', ' of "$"')} stays${say(f, 'name', ' "$"')}: it was chosen by hand${say(f, 'since', ' on $')}.`,
    doNow: () =>
      "Nothing needs to be done. The mapping decides again when Commerce's own status changes, or as soon as you choose so on the quote's page.",
  },
}
