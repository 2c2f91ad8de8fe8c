import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import { labelOfHalo } from '../../model/halo-labels.ts'
import type { Entity } from '../../model/tenant.ts'
import { referrerWords } from '../sql/references.ts'
import type { Made, RemoveOutcome, SheetUndo, UndoOptions } from '../undo.ts'
import { idOf } from './answers.ts'
import type { Context } from './context.ts'
import { besideEachOther } from './find-lists.ts'
import { referredByReport } from './undo-references.ts'
import { changedIn, collectOwn } from './undo-shape.ts'
import { pathOf, type RowOf, type Side, sidesOf } from './undo-sides.ts'

/**
 * What an import created, taken back through the API: each record is read again, held against what would be posted of it today, and removed by a
 * DELETE of its own. What refers to a record only reports can tell (fault undo-blind where the agent may ask none).
 */
export function restUndo(contextFor: (options: UndoOptions) => Promise<Result<Context>>): SheetUndo {
  return {
    ownValues: async (entity, batch, options) => {
      const context = await contextFor(options)
      if (!context.ok) return context
      const sides = await sidesOf(context.value, entity, batch)
      return sides.ok
        ? ok(
            collectOwn(
              sides.value.flatMap(({ pieces, beside }) => [...pieces, ...beside.map(({ piece }) => piece)]),
            ),
          )
        : sides
    },
    remove: async (entity, batch, options) => {
      const context = await contextFor(options)
      if (!context.ok) return context
      if (context.value.finder.way !== 'reports') return fail(fault('undo-blind'))
      const sides = await sidesOf(context.value, entity, batch)
      return sides.ok ? removeAll(context.value, batch, sides.value, options) : sides
    },
  }
}

const labelOf = (record: HaloRecord[Entity]): string => ('number' in record ? record.number : record.name)

const changed = (record: HaloRecord[Entity], field: string): Fault =>
  fault('undo-changed', {
    facts: { label: labelOf(record), field: labelOfHalo(field) ?? field },
  })

async function removeAll<E extends Entity>(
  context: Context,
  batch: readonly Made<HaloRecord[E]>[],
  sides: readonly Side[],
  { own }: Parameters<SheetUndo['remove']>[2],
): Promise<Result<RemoveOutcome[]>> {
  const referred = await referredRows(context, sides)
  if (!referred.ok) return referred
  const outcomes = await besideEachOther(
    batch.map(({ haloId, record }, at) => ({ haloId, record, side: sides[at] as Side })),
    async ({ haloId, record, side }): Promise<Result<RemoveOutcome>> => {
      if (side.isGone) return ok({ haloId, kind: 'gone', fault: null })
      const field = side.changed ?? side.pieces.flatMap((piece) => changedIn(piece, own) ?? [])[0]
      if (field !== undefined) return ok({ haloId, kind: 'left', fault: changed(record, field) })
      const from = side.rows.flatMap((row) => referred.value.get(keyOf(row)) ?? [])[0]
      if (from !== undefined) return ok({ haloId, kind: 'left', fault: related(record, referrerWords(from)) })
      return removeRecord(context, record, side)
    },
  )
  if (!outcomes.ok) return outcomes
  const gone = sides.filter((_, at) => outcomes.value[at]?.kind === 'removed')
  const people = await removeBeside(context, gone, own)
  return people.ok ? outcomes : people
}

const related = (record: HaloRecord[Entity], by: string, raw?: string): Fault =>
  fault('undo-related', { facts: { label: labelOf(record), by }, ...(raw !== undefined && { raw }) })

const keyOf = ({ table, id }: RowOf): string => `${table} ${id}`

async function referredRows(
  { api }: Context,
  sides: readonly Pick<Side, 'rows'>[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const found = new Map<string, string>()
  const byTable = Map.groupBy(
    sides.flatMap(({ rows }) => rows),
    ({ table }) => table,
  )
  for (const [table, rows] of byTable) {
    const told = await referredByReport(
      api,
      table,
      rows.map(({ id }) => id),
    )
    if (!told.ok) return told
    for (const [id, from] of told.value) found.set(keyOf({ table, id }), from)
  }
  return ok(found)
}

/** Halo's own refusals are about the record: something of its own holds it. */
const isRefusal = ({ code }: Fault): boolean =>
  code === 'halo-refused' || code === 'halo-error' || code === 'halo-reference-missing'

async function removeRecord(
  { api }: Context,
  record: HaloRecord[Entity],
  { rows }: Side,
): Promise<Result<RemoveOutcome>> {
  const [main, ...parts] = rows
  const haloId = main?.id ?? 0
  const left = (raw?: string): Result<RemoveOutcome> =>
    ok({ haloId, kind: 'left', fault: related(record, '', raw) })
  if (!main) return left()
  const removed = await api.remove(`${pathOf(main.table)}/${haloId}`)
  if (!removed.ok) return isRefusal(removed.fault) ? left(removed.fault.raw) : removed
  // What the documents do not say: whether a DELETE removes at once.
  const still = await api.get(`${pathOf(main.table)}/${haloId}`)
  if (!still.ok) return still
  if (still.value !== null) return left('Halo answered that it was removed, and still has it.')
  for (const { table, id } of parts) {
    const gone = await api.remove(`${pathOf(table)}/${id}`)
    if (!gone.ok && !isRefusal(gone.fault)) return gone
  }
  return ok({ haloId, kind: 'removed', fault: null })
}

/** Contacts that were made for removed records, as long as they are as they were made and nothing needs them. */
async function removeBeside(
  context: Context,
  sides: readonly Side[],
  own: Parameters<SheetUndo['remove']>[2]['own'],
): Promise<Result<null>> {
  const made = new Map(
    sides.flatMap(({ beside }) =>
      beside.flatMap(({ piece }) => {
        const id = idOf(piece.current)
        return id !== null && changedIn(piece, own) === null
          ? [[id, { table: 'user', id } as const] as const]
          : []
      }),
    ),
  )
  const referred = await referredRows(context, [{ rows: [...made.values()] }])
  if (!referred.ok) return referred
  for (const row of made.values()) {
    if (referred.value.has(keyOf(row))) continue
    const gone = await context.api.remove(`${pathOf('user')}/${row.id}`)
    if (!gone.ok && !isRefusal(gone.fault)) return gone
  }
  return ok(null)
}
