import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Made, OwnValues, RemoveOutcome, SheetUndo, UndoOptions } from '../undo.ts'
import type { Context } from './context.ts'
import type { LiveTable, SqlDialect, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { loadReferences, type References, referredFrom, referrerWords } from './references.ts'
import { type RowPlan, rowKey } from './rows.ts'
import { readRows } from './statements.ts'
import { type TableName, writtenTables } from './tables/all.ts'
import { changedIn, collectOwn, type Pair } from './undo-pairs.ts'
import { changed, labelOf, laySideBySide, type Side } from './undo-sides.ts'

/** What an import created in any SQL Halo, taken back: each call is one transaction. */
export function sqlUndo(dialect: SqlDialect, schemaOf: () => LiveSchema): SheetUndo {
  const contextOf = (
    session: SqlSession,
    batch: readonly Made<unknown>[],
    options: UndoOptions,
  ): Context => ({
    ...{ session, statements: dialect.statements, schema: schemaOf(), overlay: null },
    options: { ...options, mode: 'write', createItemsFromQuotes: false },
    tenant: options.owner.haloTenantId,
    anew: new Set(batch.flatMap(({ beside }) => beside.map(({ table, id }) => `${table}:${id}`))),
  })
  return {
    ownValues: (entity, batch, options) =>
      dialect.transaction('read', async (session) => {
        const sides = await laySideBySide(contextOf(session, batch, options), entity, batch)
        return ok(collectOwn(sides.records.flatMap(({ pairs, beside }) => [...pairs, ...beside])))
      }),
    remove: (entity, batch, options) =>
      togetherOrApart(batch, (part) =>
        dialect.transaction('write', async (session) => {
          const references = await loadReferences(dialect, session)
          if (!references.ok) return references
          const context = contextOf(session, part, options)
          return removeAll({ context, references: references.value, own: options.own }, entity, part)
        }),
      ),
  }
}

/**
 * A batch in one transaction; and when the database refuses to remove something, each record in one of its own. What is refused alone is what
 * something of the database's own refers to.
 */
async function togetherOrApart<R extends HaloRecord[Entity]>(
  batch: readonly Made<R>[],
  remove: (part: readonly Made<R>[]) => Promise<Result<RemoveOutcome[]>>,
): Promise<Result<RemoveOutcome[]>> {
  const together = await remove(batch)
  if (together.ok || together.fault.next !== 'stop' || together.fault.side !== 'halo') return together
  const outcomes: RemoveOutcome[] = []
  for (const one of batch) {
    const alone = batch.length === 1 ? together : await remove([one])
    if (alone.ok) outcomes.push(...alone.value)
    else if (alone.fault.next !== 'stop') return alone
    else outcomes.push({ haloId: one.haloId, kind: 'left', fault: refused(one.record, alone.fault) })
  }
  return ok(outcomes)
}

type Work = { readonly context: Context; readonly references: References; readonly own: OwnValues }

async function removeAll<E extends Entity>(
  work: Work,
  entity: E,
  batch: readonly Made<HaloRecord[E]>[],
): Promise<Result<RemoveOutcome[]>> {
  const { records, keys } = await laySideBySide(work.context, entity, batch)
  const judged = records.map((side, at) => judge(side, (batch[at] as Made<HaloRecord[E]>).record, keys, work))
  const named = await referredTo(work, records)
  const outcomes = batch.map(({ haloId, record }, at): RemoveOutcome => {
    const side = records[at] as Side
    if (side.standing === null) return { haloId, kind: 'gone', fault: null }
    const from = side.pairs.flatMap(({ plan, row }) => named(plan.table.id, rowKey(plan.table, row)) ?? [])[0]
    const trouble = judged[at] ?? (from === undefined ? null : related(record, from))
    return { haloId, kind: trouble ? 'left' : 'removed', fault: trouble }
  })
  const going = records.filter((_, at) => outcomes[at]?.kind === 'removed')
  const removed = await removeRows(work, going, keys)
  return removed.ok ? ok(outcomes) : removed
}

function judge(
  side: Side,
  record: HaloRecord[Entity],
  keys: ReadonlyMap<RowPlan, number>,
  { own }: Work,
): Fault | null {
  if (side.trouble) return side.trouble
  for (const pair of side.pairs) {
    const field = changedIn(pair, keys, own)
    if (field !== null) return changed(record, field)
  }
  return null
}

const related = (record: HaloRecord[Entity], from: string): Fault =>
  fault('undo-related', { facts: { label: labelOf(record), by: referrerWords(from) } })

/** Who refers to the rows of these records, asked for all of a table at once. */
async function referredTo(
  { context, references }: Work,
  sides: readonly Side[],
): Promise<(id: TableName, key: number) => string | undefined> {
  const keys = keysByTable(sides.flatMap(({ pairs }) => pairs))
  const found = new Map<TableName, ReadonlyMap<number, string>>()
  for (const [table, some] of keys) {
    const session = [context.session, context.statements] as const
    found.set(table.id, await referredFrom(session, references, table.id, some))
  }
  return (id, key) => found.get(id)?.get(key)
}

function keysByTable(pairs: readonly Pair[]): Map<LiveTable, number[]> {
  const keys = new Map<LiveTable, number[]>()
  for (const { plan, row } of pairs)
    keys.set(plan.table, [...(keys.get(plan.table) ?? []), rowKey(plan.table, row)])
  return keys
}

/** Children first; then the contacts and sites made for them that nothing needs any more. */
function removeRows(
  work: Work,
  sides: readonly Side[],
  keys: ReadonlyMap<RowPlan, number>,
): Promise<Result<null>> {
  const { session } = work.context
  return session.attempt(async () => {
    await removeFrom(
      work,
      sides.flatMap(({ pairs }) => pairs),
    )
    // A contact first: it stands on the site.
    for (const id of ['user', 'site'] as const) {
      const made = sides.flatMap(({ beside }) => beside.filter(({ plan }) => plan.table.id === id))
      await removeFrom(work, await unused(work, id, made, keys))
    }
    return ok(null)
  })
}

async function removeFrom({ context }: Work, pairs: readonly Pair[]): Promise<void> {
  const byTable = keysByTable(pairs)
  for (const id of writtenTables.toReversed()) {
    const table = context.schema.tables[id]
    const gone = byTable.get(table)
    if (gone) await context.session.remove(table, gone)
  }
}

/** Those that are as they were made and that nothing refers to. */
async function unused(
  { context, references, own }: Work,
  id: 'user' | 'site',
  made: readonly Pair[],
  keys: ReadonlyMap<RowPlan, number>,
): Promise<readonly Pair[]> {
  const same = made.filter((pair) => changedIn(pair, keys, own) === null)
  if (same.length === 0) return []
  const table = context.schema.tables[id]
  const some = same.map(({ row }) => rowKey(table, row))
  const session = [context.session, context.statements] as const
  const found = await referredFrom(session, references, id, some)
  const people = id === 'user' ? null : await standingOn(context, some)
  return same.filter(({ row }) => !found.has(rowKey(table, row)) && !people?.has(rowKey(table, row)))
}

/** Sites on which somebody or an address is. */
async function standingOn({ session, statements, schema }: Context, sites: number[]): Promise<Set<number>> {
  const { user, address } = schema.tables
  const people = await readRows(session, statements, user, ['Uid', 'Usite'], 'Usite', sites)
  const addresses = await readRows(session, statements, address, ['ASID', 'ASSiteID'], 'ASSiteID', sites)
  return new Set([...people.map((row) => Number(row.Usite)), ...addresses.map((row) => Number(row.ASSiteID))])
}

const refused = (record: HaloRecord[Entity], { raw }: Fault): Fault =>
  fault('undo-related', { facts: { label: labelOf(record) }, ...(raw !== undefined && { raw }) })
