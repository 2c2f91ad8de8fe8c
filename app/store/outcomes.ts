import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { FieldChange, OutcomeKind, RecordOutcome } from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { Entity } from '../model/tenant.ts'
import { lists, partOf, where } from './filter.ts'
import { faultFrom, listFrom, toJson } from './json.ts'

/** A stored outcome. `seq` counts from 1 within the run, in the order of the work. */
export type StoredOutcome = RecordOutcome & {
  readonly runId: number
  readonly seq: number
  readonly at: string
}
export type OutcomeList = { readonly rows: readonly StoredOutcome[]; readonly total: number }
export type OutcomeQuery = {
  readonly entity?: Entity
  readonly kind?: OutcomeKind
  /** Part of the label, any case. */
  readonly search?: string
  readonly offset: number
  readonly limit: number
}

type RawOutcome = Omit<StoredOutcome, 'fault' | 'notes' | 'changes'> & {
  readonly fault: string | null
  readonly notes: string | null
  readonly changes: string | null
}
const columns = `run_id AS runId, seq, entity, commerce_id AS commerceId, kind, label, halo_id AS haloId, fault, notes, changes, at`
const outcomeFrom = (raw: RawOutcome): StoredOutcome => ({
  ...raw,
  fault: faultFrom(raw.fault),
  notes: listFrom<Fault>(raw.notes),
  changes: listFrom<FieldChange>(raw.changes),
})

export type Outcomes = ReturnType<typeof outcomes>

/** What became of each record in each run. Unchanged records are only counted, in the run itself. */
export function outcomes(db: Database, clock: Clock) {
  return { addOutcomes: addOutcomes(db, clock), ...outcomeReads(db) }
}

function addOutcomes(db: Database, clock: Clock) {
  const tenantOf = db.prepare<[number], number>('SELECT tenant_id FROM run WHERE id = ?').pluck()
  const last = db.prepare<[number], number>('SELECT max(seq) FROM outcome WHERE run_id = ?').pluck()
  const add = db.prepare(
    `INSERT INTO outcome (run_id, seq, tenant_id, entity, commerce_id, kind, label, halo_id, fault, notes, changes, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addAll = db.transaction((runId: number, batch: readonly RecordOutcome[]) => {
    const tenantId = tenantOf.get(runId)
    if (tenantId === undefined) return
    const at = new Date(clock.now()).toISOString()
    let seq = last.get(runId) ?? 0
    for (const o of batch) {
      if (o.kind === 'unchanged') continue
      seq += 1
      add.run(
        ...[runId, seq, tenantId, o.entity, o.commerceId, o.kind, o.label, o.haloId],
        ...[toJson(o.fault), toJson(o.notes), toJson(o.changes), at],
      )
    }
  })
  /** Keeps these outcomes, in one transaction; the unchanged are left out, and so is a run whose tenant was removed meanwhile. */
  return (runId: number, batch: readonly RecordOutcome[]): void => {
    addAll.immediate(runId, batch)
  }
}

/** A record whose last outcome in a preview differs from that in a run; null: not among its outcomes, so unchanged or not met. */
export type Difference = {
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly said: OutcomeKind | null
  readonly did: OutcomeKind | null
}
export type DifferenceList = { readonly rows: readonly Difference[]; readonly total: number }

// A record can come up twice in a run (read by list, then by id): the last word counts. SQLite takes the other columns from the row of
// max(seq), and all of them from the index outcome_of_kind; the names are looked up for the rows that are shown alone.
const lastOf = (run: string): string =>
  `SELECT entity, commerce_id AS id, kind, max(seq) AS seq FROM outcome INDEXED BY outcome_of_kind WHERE run_id = ${run} GROUP BY 1, 2`
const differencesSql = `WITH p AS MATERIALIZED (${lastOf('@previewId')}), r AS MATERIALIZED (${lastOf('@runId')}),
  d AS (
    SELECT p.entity, p.id, p.kind AS said, r.kind AS did, @previewId AS run, p.seq
      FROM p LEFT JOIN r ON r.entity = p.entity AND r.id = p.id WHERE r.kind IS NOT p.kind
    UNION ALL SELECT r.entity, r.id, NULL, r.kind, @runId, r.seq
      FROM r LEFT JOIN p ON p.entity = r.entity AND p.id = r.id WHERE p.kind IS NULL)
  SELECT entity, id AS commerceId, (SELECT label FROM outcome WHERE run_id = d.run AND seq = d.seq) AS label, said, did,
    total FROM (SELECT *, count(*) OVER () AS total FROM d ORDER BY did IS NULL, entity, id LIMIT @limit) d`

function outcomeReads(db: Database) {
  const { rows, count } = lists(db)
  const one = db.prepare<[number, number], RawOutcome>(
    `SELECT ${columns} FROM outcome WHERE run_id = ? AND seq = ?`,
  )
  const after = db.prepare<[number, number, number], RawOutcome>(
    `SELECT ${columns} FROM outcome WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const differing = db.prepare<
    { previewId: number; runId: number; limit: number },
    Difference & { total: number }
  >(differencesSql)
  const history = db.prepare<[number, string, number, number], RawOutcome>(
    `SELECT ${columns} FROM outcome WHERE tenant_id = ? AND entity = ? AND commerce_id = ? ORDER BY run_id DESC, seq DESC LIMIT ?`,
  )
  return {
    /** Outcomes of a run, in the order of the work. */
    outcomes: (runId: number, query: OutcomeQuery): OutcomeList => {
      const { sql, values } = where('TRUE', [
        ['run_id = ?', runId],
        ['entity = ?', query.entity],
        ['kind = ?', query.kind],
        ['instr(lower(label), ?) > 0', partOf(query.search)],
      ])
      // The numbers first, from an index: a preview's rows are long, and skipping over 90,000 of them would read them all.
      const numbers = `SELECT seq FROM outcome WHERE ${sql} ORDER BY seq LIMIT ? OFFSET ?`
      const found = rows<RawOutcome>(
        `SELECT ${columns} FROM outcome WHERE run_id = ? AND seq IN (${numbers}) ORDER BY seq`,
        [runId, ...values, query.limit, query.offset],
      )
      return {
        rows: found.map(outcomeFrom),
        total: count(`SELECT count(*) AS n FROM outcome WHERE ${sql}`, values),
      }
    },
    /** One outcome by its number; null when it is not kept any more. */
    outcome: (runId: number, seq: number): StoredOutcome | null => {
      const raw = one.get(runId, seq)
      return raw ? outcomeFrom(raw) : null
    },
    /** Outcomes behind this number, for an export that goes through all of them. */
    outcomesAfter: (runId: number, seq: number, limit: number): readonly StoredOutcome[] =>
      after.all(runId, seq, limit).map(outcomeFrom),
    /** Records that a preview and a run after it disagree about, or that only one of them met; `limit` of them, and how many there are. */
    differences: (previewId: number, runId: number, limit: number): DifferenceList => {
      const found = differing.all({ previewId, runId, limit })
      return { rows: found.map(({ total: _, ...row }) => row), total: found[0]?.total ?? 0 }
    },
    /** What became of one record, newest first. */
    history: (
      tenantId: number,
      entity: Entity,
      commerceId: number,
      limit: number,
    ): readonly StoredOutcome[] => history.all(tenantId, entity, commerceId, limit).map(outcomeFrom),
  }
}
