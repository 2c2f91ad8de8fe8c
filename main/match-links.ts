import { z } from 'zod'
import type { LinkOutcome } from '../app/halo/destination.ts'
import type { Store } from '../app/store/open.ts'

/** What a person confirmed: this customer is that client. */
export type ConfirmedMatch = { readonly commerceId: number; readonly haloId: number }

type Noting = { readonly store: Store; readonly who: string }

const linkedWhat = 'customers linked to clients'
const takenBackWhat = 'customer links taken back'
/** Rows of the audit trail that are looked through: links of a few days at most, since a sync uses them. */
const lookedAt = 200

const pairsSchema = z.array(z.object({ commerceId: z.int(), haloId: z.int() }))
const takenBackSchema = z.object({ auditIds: z.array(z.int()) })

/** Those that were linked, or whose link was taken back. */
export const linkedPairs = (outcomes: readonly LinkOutcome[]): ConfirmedMatch[] =>
  outcomes.flatMap(({ commerceId, haloId, fault }) => (fault === null ? [{ commerceId, haloId }] : []))

/** Notes links in the audit trail; answers the row's number, null when there are none. */
export function noteLinks(
  { store, who }: Noting,
  tenantId: number,
  pairs: readonly ConfirmedMatch[],
): number | null {
  if (pairs.length === 0) return null
  return store.audit.add({ who, what: linkedWhat, tenantId, before: null, after: pairs })
}

/** Links that can be taken back: made by a person, not taken back yet, and used by no sync. */
export function linksToTakeBack(
  store: Store,
  tenantId: number,
): { readonly auditIds: readonly number[]; readonly customers: number } {
  const rows = store.audit.list(tenantId, 0, lookedAt)
  const takenBack = new Set(
    rows.flatMap(({ what, after }) =>
      what === takenBackWhat ? (takenBackSchema.safeParse(after).data?.auditIds ?? []) : [],
    ),
  )
  const auditIds: number[] = []
  let customers = 0
  for (const { id, what, after } of rows) {
    if (what !== linkedWhat || takenBack.has(id)) continue
    const ids = (pairsSchema.safeParse(after).data ?? []).map(({ commerceId }) => commerceId)
    const free = ids.length - store.unlinked.linkedAmong(tenantId, ids).size
    if (free === 0) continue
    auditIds.push(id)
    customers += free
  }
  return { auditIds, customers }
}

/** The pairs that these rows of the audit trail linked; null when one is no such row of this tenant. */
export function pairsOfLinks(
  store: Store,
  tenantId: number,
  auditIds: readonly number[],
): readonly ConfirmedMatch[] | null {
  const found = auditIds.map((id) => {
    const row = store.audit.get(id)
    return row?.tenantId === tenantId && row.what === linkedWhat
      ? pairsSchema.safeParse(row.after).data
      : undefined
  })
  return found.every((pairs) => pairs !== undefined) ? found.flat() : null
}

export function noteTakenBack(
  { store, who }: Noting,
  tenantId: number,
  auditIds: readonly number[],
  pairs: readonly ConfirmedMatch[],
): void {
  store.audit.add({ who, what: takenBackWhat, tenantId, before: pairs, after: { auditIds } })
}
