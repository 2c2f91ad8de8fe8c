import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { FieldChange, OutcomeKind, RecordOutcome } from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { Entity } from '../model/tenant.ts'
import { lists, partOf, where } from './filter.ts'
import { faultFrom, listFrom, toJson } from './json.ts'
import { differences } from './run-compare.ts'

/** A stored outcome. `seq` counts from 1 within the run, in the order of the work. */
export type StoredOutcome = RecordOutcome & {
  readonly runId: number
  readonly seq: number
  readonly at: string
}
type OutcomeList = { readonly rows: readonly StoredOutcome[]; readonly total: number }
type OutcomeQuery = {
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

function outcomeReads(db: Database) {
  const { rows, count } = lists(db)
  const first = db.prepare<[number], number | null>('SELECT min(seq) FROM outcome WHERE run_id = ?').pluck()
  const one = db.prepare<[number, number], RawOutcome>(
    `SELECT ${columns} FROM outcome WHERE run_id = ? AND seq = ?`,
  )
  const after = db.prepare<[number, number, number], RawOutcome>(
    `SELECT ${columns} FROM outcome WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const history = db.prepare<[number, string, number, number], RawOutcome>(
    `SELECT ${columns} FROM outcome WHERE tenant_id = ? AND entity = ? AND commerce_id = ? ORDER BY run_id DESC, seq DESC LIMIT ?`,
  )
  return {
    /** Outcomes of a run, in the order of the work. */
    outcomes: (runId: number, query: OutcomeQuery): OutcomeList => {
      const { entity, kind, offset, limit } = query
      const search = partOf(query.search)
      const { sql, values } = where('TRUE', [
        ['run_id = ?', runId],
        ['entity = ?', entity],
        ['kind = ?', kind],
        ['instr(lower(label), ?) > 0', search],
      ])
      const isAll = entity === undefined && kind === undefined && search === undefined
      const from = (first.get(runId) ?? 1) + offset
      // A preview's rows are long: what is filtered, counted and skipped comes from an index, and of all of them a number is a place.
      const numbers = isAll
        ? 'seq >= ? AND seq < ?'
        : `seq IN (SELECT seq FROM outcome INDEXED BY outcome_of_kind WHERE ${sql} ORDER BY seq LIMIT ? OFFSET ?)`
      const found = rows<RawOutcome>(
        `SELECT ${columns} FROM outcome WHERE run_id = ? AND ${numbers} ORDER BY seq`,
        isAll ? [runId, from, from + limit] : [runId, ...values, limit, offset],
      )
      return {
        rows: found.map(outcomeFrom),
        total: count(`SELECT count(*) AS n FROM outcome INDEXED BY outcome_of_kind WHERE ${sql}`, values),
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
    differences: differences(db),
    /** What became of one record, newest first. */
    history: (
      tenantId: number,
      entity: Entity,
      commerceId: number,
      limit: number,
    ): readonly StoredOutcome[] => history.all(tenantId, entity, commerceId, limit).map(outcomeFrom),
  }
}
