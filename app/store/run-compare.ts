import type { Database } from 'better-sqlite3'
import type { OutcomeKind } from '../model/outcome.ts'
import type { Entity } from '../model/tenant.ts'

/** A record whose last outcome in a preview differs from that in a run; null: not among its outcomes, so unchanged or not met. */
export type Difference = {
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly said: OutcomeKind | null
  readonly did: OutcomeKind | null
}
type DifferenceList = { readonly rows: readonly Difference[]; readonly total: number }

type Brief = {
  readonly entity: Entity
  readonly commerceId: number
  readonly kind: OutcomeKind
  readonly seq: number
}

/**
 * Compares what a preview said with what a run did. Both are read from the index alone and joined in memory, which for 100,000 records is
 * several times quicker than SQLite's own grouping; names are looked up for the rows that are shown.
 */
export function differences(
  db: Database,
): (previewId: number, runId: number, limit: number) => DifferenceList {
  const briefs = db.prepare<[number], Brief>(
    'SELECT entity, commerce_id AS commerceId, kind, seq FROM outcome INDEXED BY outcome_of_kind WHERE run_id = ?',
  )
  const label = db
    .prepare<[number, number], string>('SELECT label FROM outcome WHERE run_id = ? AND seq = ?')
    .pluck()
  /** A record can come up twice in a run (read by list, then by id): the last word counts. */
  const lastOf = (runId: number): Map<string, Brief> => {
    const last = new Map<string, Brief>()
    for (const brief of briefs.iterate(runId)) {
      const key = `${brief.entity} ${brief.commerceId}`
      if ((last.get(key)?.seq ?? 0) < brief.seq) last.set(key, brief)
    }
    return last
  }
  return (previewId, runId, limit) => {
    const said = lastOf(previewId)
    const did = lastOf(runId)
    const found = [
      ...[...did].filter(([key, { kind }]) => said.get(key)?.kind !== kind),
      ...[...said].filter(([key]) => !did.has(key)),
    ]
    const rows = found.slice(0, limit).map(([key, { entity, commerceId, seq }]) => ({
      entity,
      commerceId,
      label: label.get(did.has(key) ? runId : previewId, seq) ?? '',
      said: said.get(key)?.kind ?? null,
      did: did.get(key)?.kind ?? null,
    }))
    return { rows, total: found.length }
  }
}
