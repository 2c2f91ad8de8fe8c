import { type Fault, fault } from '../fault.ts'
import type { StatusChoice } from '../status-choice.ts'

/**
 * One way and on change (design §7): a Halo status is written only when Commerce's status is not the one seen last and the mapping has
 * an entry for it. `null` in the mapping is a choice (leave Halo's status alone); no entry at all is said in a note, once per change.
 * `commerceStatus` -1 stands for "Commerce sent none". A person's choice is stronger while Commerce says what it said then (docs/decisions/137).
 */
export function statusChange(
  map: Readonly<Record<string, number | null>>,
  status: number | null,
  lastStatus: number | null,
  label: string,
  choice: StatusChoice | null = null,
): {
  readonly commerceStatus: number
  readonly statusToWrite: number | null
  readonly notes: readonly Fault[]
} {
  const commerceStatus = status ?? -1
  if (choice?.commerceStatus === commerceStatus) {
    const { name, haloStatus, chosenAt } = choice
    const facts = { label, name: name || haloStatus, since: chosenAt }
    // A Halo that was written to meanwhile, or has the quote anew, gets the choice again.
    const statusToWrite = commerceStatus === lastStatus ? null : haloStatus
    return { commerceStatus, statusToWrite, notes: [fault('status-chosen', { facts })] }
  }
  if (commerceStatus === lastStatus) return { commerceStatus, statusToWrite: null, notes: [] }
  const key = String(commerceStatus)
  if (Object.hasOwn(map, key)) return { commerceStatus, statusToWrite: map[key] ?? null, notes: [] }
  const note = fault('status-unmapped', { facts: { status: commerceStatus, label } })
  return { commerceStatus, statusToWrite: null, notes: [note] }
}
