import type { Owned } from './find.ts'

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null)

/** Ours by its tenant; one without a tenant may be (Halo's own integration once had only one), unless its link leads to another instance. */
function isOurs(row: Owned, tenant: number, url: string): 'yes' | 'maybe' | 'no' {
  if (row.tenant === tenant) return 'yes'
  if (row.tenant !== null) return 'no'
  const theirs = hostOf(row.url)
  const ours = hostOf(url)
  return theirs !== null && ours !== null && theirs !== ours ? 'no' : 'maybe'
}

/**
 * Picks a record's own from those with its Commerce id, as the database's side does: the one known by key if it still is this record's, else the
 * oldest of this tenant, else one without a tenant when there is exactly one.
 */
export function pickOwned(
  rows: readonly Owned[],
  { tenant, url, haloId }: { readonly tenant: number; readonly url: string; readonly haloId: number | null },
): Owned | null {
  const candidates = rows
    .toSorted((a, b) => a.haloId - b.haloId)
    .map((row) => ({ row, owned: isOurs(row, tenant, url) }))
    .filter(({ owned }) => owned !== 'no')
  const known = candidates.find(({ row }) => row.haloId === haloId)
  const own = known ?? candidates.find(({ owned }) => owned === 'yes')
  if (own) return own.row
  return candidates.length === 1 ? (candidates[0]?.row ?? null) : null
}
