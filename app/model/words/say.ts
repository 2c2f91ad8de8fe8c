import type { FaultCode } from '../fault.ts'

export type Facts = Readonly<Record<string, string | number>>

/** What happened (and whose side it is on), and what a person does about it now. Full sentences, also without any facts. */
export type FaultWords = {
  readonly what: (facts: Facts) => string
  readonly doNow: (facts: Facts) => string
}

export type WordsFor<C extends FaultCode> = { readonly [Code in C]: FaultWords }

/** `pattern` with its $ replaced by the fact; `otherwise` when the fact is missing or empty. Long facts are cut. */
export function say(facts: Facts, name: string, pattern: string, otherwise = ''): string {
  const value = facts[name]
  if (value === undefined || value === '' || (typeof value === 'number' && !Number.isFinite(value)))
    return otherwise
  const text = typeof value === 'number' ? String(value) : value.replace(/\s+/g, ' ').trim()
  const short = text.length > 300 ? `${text.slice(0, 300).toWellFormed()}...` : text
  return short === '' ? otherwise : pattern.split('$').join(short)
}

/** Words that need no facts. */
export const plain = (what: string, doNow: string): FaultWords => ({ what: () => what, doNow: () => doNow })
