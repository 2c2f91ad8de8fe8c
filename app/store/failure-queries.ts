import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { Entity } from '../model/tenant.ts'
import { groupKey, readGroupKey } from './failure-cause.ts'
import type { FailureChoice } from './failures.ts'
import { type Lists, lists, partOf, type Where, where } from './filter.ts'

export type FailureState = 'open' | 'parked' | 'ignored' | 'closed'

export type StoredFailure = {
  readonly id: number
  readonly tenantId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly fault: Fault
  readonly cause: string
  readonly payload: string | null
  readonly firstAt: string
  readonly lastAt: string
  readonly tries: number
  /** Null: nothing is tried by itself (parked, ignored or closed). */
  readonly nextTryAt: string | null
  readonly isParked: boolean
  readonly ignoredReason: string | null
  readonly closedAt: string | null
  readonly closedByRun: number | null
}

/** Open ones are of two kinds, never mixed. `healing`: tried again by itself. `needsYou`: parked, or a person must change something first. */
export type FailureKind = 'healing' | 'needsYou'

export type FailureGroup = {
  readonly key: string
  readonly kind: FailureKind
  readonly tenantId: number
  readonly entity: Entity
  readonly cause: string
  /** The newest one's; its words stand for the group. */
  readonly fault: Fault
  readonly count: number
  readonly parked: number
  readonly firstAt: string
  readonly lastAt: string
  readonly nextTryAt: string | null
}

/** `state` left out: all that are not closed and not ignored. */
type FailureQuery = {
  readonly group?: string
  readonly tenantId?: number
  readonly entity?: Entity
  readonly state?: FailureState
  readonly kind?: FailureKind
  /** Part of the record's name, any case. */
  readonly search?: string
}
type FailureList = { readonly rows: readonly StoredFailure[]; readonly total: number }

/** Open and not ignored. */
type FailureCounts = Readonly<Record<FailureKind, number>>
/** How many there are in each state, for the filter. */
type FailureStates = Readonly<Record<FailureState, number>>

type RawFailure = Omit<StoredFailure, 'fault' | 'isParked'> & {
  readonly fault: string
  readonly isParked: number
}
const columns = `id, tenant_id AS tenantId, entity, commerce_id AS commerceId, label, fault, cause, payload, first_at AS firstAt,
  last_at AS lastAt, tries, next_try_at AS nextTryAt, is_parked AS isParked, ignored_reason AS ignoredReason,
  closed_at AS closedAt, closed_by_run AS closedByRun`
const failureFrom = (raw: RawFailure): StoredFailure => ({
  ...raw,
  fault: JSON.parse(raw.fault),
  isParked: raw.isParked === 1,
})

const needsYou = "(is_parked = 1 OR next = 'setup')"
const attention = 'closed_at IS NULL AND ignored_reason IS NULL'
const stateIs: Readonly<Record<FailureState, string>> = {
  open: attention,
  parked: `${attention} AND is_parked = 1`,
  ignored: 'closed_at IS NULL AND ignored_reason IS NOT NULL',
  closed: 'closed_at IS NOT NULL',
}

export type FailureQueries = ReturnType<typeof failureQueries>

/** What the screens ask of the failures. */
export function failureQueries(db: Database) {
  const asked = lists(db)
  return { ...rowQueries(db, asked), groups: groups(asked), counts: counts(asked), states: states(asked) }
}

/** Null for a group's key that is none: it matches nothing. */
function filterOf(always: string, query: FailureQuery): Where | null {
  const group = query.group === undefined ? undefined : readGroupKey(query.group)
  if (group === null) return null
  return where(always, [
    ['tenant_id = ?', group?.tenantId],
    ['entity = ?', group?.entity],
    ['cause = ?', group?.cause],
    ['tenant_id = ?', query.tenantId],
    ['entity = ?', query.entity],
    [`${needsYou} = ?`, query.kind && Number(query.kind === 'needsYou')],
    ['instr(lower(label), ?) > 0', partOf(query.search)],
  ])
}

function rowQueries(db: Database, { rows, count }: Lists) {
  const one = db.prepare<[number], RawFailure>(`SELECT ${columns} FROM failure WHERE id = ?`)
  const ofRecord = db.prepare<[number, string, number], RawFailure>(
    `SELECT ${columns} FROM failure WHERE tenant_id = ? AND entity = ? AND commerce_id = ?`,
  )
  return {
    /** Newest first. */
    list: (query: FailureQuery, offset: number, limit: number): FailureList => {
      const filter = filterOf(stateIs[query.state ?? 'open'], query)
      if (!filter) return { rows: [], total: 0 }
      const found = rows<RawFailure>(
        `SELECT ${columns} FROM failure WHERE ${filter.sql} ORDER BY last_at DESC, id DESC LIMIT ? OFFSET ?`,
        [...filter.values, limit, offset],
      )
      const total = count(`SELECT count(*) AS n FROM failure WHERE ${filter.sql}`, filter.values)
      return { rows: found.map(failureFrom), total }
    },
    /** What is known of this record's failing; null when it never failed, or long ago. */
    ofRecord: (tenantId: number, entity: Entity, commerceId: number): StoredFailure | null => {
      const raw = ofRecord.get(tenantId, entity, commerceId)
      return raw ? failureFrom(raw) : null
    },
    get: (id: number): StoredFailure | null => {
      const raw = one.get(id)
      return raw ? failureFrom(raw) : null
    },
    /** Ids of the failures that a choice means: rows, or what a group (or all) has in this state. */
    idsOf: (choice: FailureChoice, state: Exclude<FailureState, 'closed'> = 'open'): readonly number[] => {
      if ('ids' in choice) return choice.ids
      const filter = filterOf(stateIs[state], choice)
      if (!filter) return []
      return rows<{ id: number }>(`SELECT id FROM failure WHERE ${filter.sql}`, filter.values).map(
        (row) => row.id,
      )
    },
  }
}

type RawGroup = Omit<FailureGroup, 'key' | 'kind' | 'fault'> & {
  readonly fault: string
  readonly needsYou: number
}

/** Failures by cause and kind, the newest group first; open ones unless another state is asked for. */
function groups({
  rows,
}: Lists): (query?: Pick<FailureQuery, 'tenantId' | 'state'>) => readonly FailureGroup[] {
  return ({ tenantId, state = 'open' } = {}) => {
    const { sql, values } = where(stateIs[state], [['tenant_id = ?', tenantId]])
    const found = rows<RawGroup>(
      `SELECT g.*, f.fault FROM (
         SELECT tenant_id AS tenantId, entity, cause, ${needsYou} AS needsYou, count(*) AS count, sum(is_parked) AS parked,
           min(first_at) AS firstAt, max(last_at) AS lastAt, min(next_try_at) AS nextTryAt
         FROM failure WHERE ${sql} GROUP BY tenant_id, entity, cause, 4) g
       JOIN failure f ON f.id = (SELECT id FROM failure WHERE tenant_id = g.tenantId AND entity = g.entity AND cause = g.cause
         AND ${needsYou} = g.needsYou AND ${stateIs[state]} ORDER BY last_at DESC, id DESC LIMIT 1)
       ORDER BY g.lastAt DESC, g.count DESC`,
      values,
    )
    return found.map(({ needsYou: needs, ...raw }) => ({
      ...raw,
      kind: needs === 1 ? 'needsYou' : 'healing',
      fault: JSON.parse(raw.fault),
      key: groupKey(raw.tenantId, raw.entity, raw.cause),
    }))
  }
}

function states({ rows }: Lists): (tenantId?: number) => FailureStates {
  const sums = (['open', 'parked', 'ignored', 'closed'] as const)
    .map((state) => `coalesce(sum(${stateIs[state]}), 0) AS ${state}`)
    .join(', ')
  return (tenantId) => {
    const { sql, values } = where('TRUE', [['tenant_id = ?', tenantId]])
    const [found] = rows<FailureStates>(`SELECT ${sums} FROM failure WHERE ${sql}`, values)
    return found ?? { open: 0, parked: 0, ignored: 0, closed: 0 }
  }
}

function counts({ rows }: Lists): (tenantId?: number) => FailureCounts {
  return (tenantId) => {
    const { sql, values } = where(attention, [['tenant_id = ?', tenantId]])
    const [found] = rows<FailureCounts>(
      `SELECT coalesce(sum(NOT ${needsYou}), 0) AS healing,
         coalesce(sum(${needsYou}), 0) AS needsYou FROM failure WHERE ${sql}`,
      values,
    )
    return found ?? { healing: 0, needsYou: 0 }
  }
}
