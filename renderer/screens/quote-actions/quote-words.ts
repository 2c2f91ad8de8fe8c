import { statusWord } from '../../words.ts'
import type { Look } from './asks.ts'

/** Halo's own name of a status; its number for one that is gone. */
export const nameOf = (statuses: Look['statuses'], id: number): string =>
  statuses.find((status) => status.id === id)?.name || String(id)

/** What Commerce says, and what the mapping makes of it. */
export function whatDecides({
  commerceStatus,
  mapped,
  statuses,
}: Pick<Look, 'commerceStatus' | 'mapped' | 'statuses'>): string {
  const says = commerceStatus < 0 ? 'no status' : `"${statusWord('quotes', commerceStatus)}"`
  const sets =
    mapped === 'not decided'
      ? 'no Halo status is mapped to that'
      : mapped === 'left alone'
        ? 'the mapping leaves the status in Halo alone'
        : `the mapping sets "${nameOf(statuses, mapped)}"`
  return `Datto Commerce says ${says}; ${sets}.`
}
