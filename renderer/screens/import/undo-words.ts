import type { Entity } from '../../../app/model/tenant.ts'
import type { ImportBrief } from './asks.ts'

/** What goes with a removed record. */
export const withThem: Readonly<Record<Entity, string>> = {
  customers: ', with their sites, addresses and contacts',
  products: '',
  quotes: ', with their lines and the contacts that were made for them',
  salesOrders: ', with their lines and the contacts that were made for them',
}

/** What an undo can remove at most: created, and not gone yet. */
export const mostToRemove = ({ undo: { counts } }: ImportBrief): number =>
  counts.created - counts.removed - counts.gone

/** "command line (ann)" */
export function beginnerWords(one: ImportBrief['begun']): string {
  if (one === null) return ''
  const who = one.who === 'person' ? 'a person' : one.who
  return one.account === null ? who : `${who} (${one.account})`
}

export const isTouchedByUndo = (state: ImportBrief['state']): boolean =>
  state === 'undoing' || state === 'half-undone' || state === 'undone'
