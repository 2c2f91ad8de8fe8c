import type { Candidate, MatchRow, Query } from './asks.ts'

const signWords: Readonly<Record<Candidate['by'][number], string>> = {
  number: 'number',
  name: 'name',
  domain: 'e-mail domain',
}

/** "Same number and name". */
export function whyOf({ by }: Pick<Candidate, 'by'>): string {
  const words = by.map((sign) => signWords[sign])
  const last = words.pop() ?? ''
  return `Same ${words.length > 0 ? `${words.join(', ')} and ` : ''}${last}`
}

export const surenessWords: Readonly<
  Record<NonNullable<MatchRow['sureness']>, { readonly word: string; readonly means: string }>
> = {
  sure: {
    word: 'Sure',
    means:
      'Number and another sign agree with this client alone, or it is the only one that looks like it. Selected at first.',
  },
  likely: {
    word: 'Likely',
    means: 'One client alone, but by one weak sign, or another number speaks against it.',
  },
  unsure: {
    word: 'Unsure',
    means: 'Several clients look like it, or several customers look like the client.',
  },
}

export const showWords: Readonly<Record<Exclude<Query['show'], 'alike'>, string>> = {
  sure: 'Sure',
  likely: 'Likely',
  unsure: 'Unsure',
  none: 'Like no client',
  new: 'Said to be new',
  all: 'All without a link',
}
