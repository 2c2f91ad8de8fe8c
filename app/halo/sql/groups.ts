import { sql } from 'kysely'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { Owner } from '../destination.ts'
import type { HaloGroup, MovedItems, ProductGroups } from '../product-groups.ts'
import { applyPlans } from './apply.ts'
import type { SqlDialect } from './dialect.ts'
import { commerceIdOf, type GroupPlace, groupIdOf, readItems } from './group-items.ts'
import type { LiveSchema } from './live.ts'
import { obstacleTo } from './probe.ts'
import { newDraft, rowKey } from './rows.ts'
import { liveName, readRows, selectAll } from './statements.ts'

/** Product groups over any dialect. `schema` is asked for at each call: a probe may have read it anew. */
export function sqlGroups(dialect: SqlDialect, schema: () => LiveSchema): ProductGroups {
  const { statements } = dialect
  const at = <T>(
    mode: 'read' | 'write',
    work: (place: GroupPlace) => Promise<Result<T>>,
  ): Promise<Result<T>> =>
    dialect.transaction(mode, async (session) => {
      const obstacle = obstacleTo(schema(), 'products')
      return obstacle ? fail(obstacle) : work({ session, statements, schema: schema() })
    })
  return {
    list: (owner) => at('read', (place) => listGroups(place, owner)),
    items: (query) => at('read', (place) => readItems(place, query)),
    add: (name) => at('write', (place) => addGroup(place, name)),
    rename: (id, name) => at('write', (place) => renameGroup(place, id, name)),
    move: (owner, haloIds, groupId) => at('write', (place) => moveItems(place, owner, haloIds, groupId)),
  }
}

type Named = { readonly id: number; readonly name: string }

async function namesOf({ session, statements, schema }: GroupPlace): Promise<Named[]> {
  const { group } = schema.tables
  const rows = await selectAll(session, statements, group, ['Ggeneric', 'gdesc'])
  return rows.map((row) => ({ id: rowKey(group, row), name: String(row.gdesc ?? '') }))
}

async function listGroups(place: GroupPlace, owner: Owner): Promise<Result<readonly HaloGroup[]>> {
  const { item } = place.schema.tables
  const [group, tenant] = ['Igeneric', 'idattocommercetenant'].map((name) => sql.ref(liveName(item, name)))
  const counted = await place.session.all(
    place.statements.kept('items by group', (build) =>
      sql`select ${group} as g, ${tenant} as t, count(*) as n from ${sql.table(item.live)} group by ${group}, ${tenant}`.compile(
        build,
      ),
    ),
    [],
  )
  const own = new Map<number, number>()
  const others = new Map<number, number>()
  for (const { g, t, n } of counted) {
    const counts = t !== null && Number(t) === owner.haloTenantId ? own : others
    counts.set(Number(g ?? 0), (counts.get(Number(g ?? 0)) ?? 0) + Number(n))
  }
  const named = await namesOf(place)
  const known = new Set(named.map(({ id }) => id))
  const lost = [...own.keys()].filter((id) => !known.has(id)).map((id) => ({ id, name: '' }))
  const groups = [...named, ...lost].map((one) => ({
    ...one,
    products: own.get(one.id) ?? 0,
    others: others.get(one.id) ?? 0,
  }))
  return ok(groups.sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }) || a.id - b.id))
}

const taken = (names: readonly Named[], name: string, but: number | null): Fault | null => {
  const wanted = name.trim().toLowerCase()
  const found = names.find((one) => one.id !== but && one.name.trim().toLowerCase() === wanted)
  return found ? fault('name-taken', { facts: { name: found.name, field: 'name' } }) : null
}

async function addGroup(place: GroupPlace, name: string): Promise<Result<{ id: number }>> {
  const trouble = taken(await namesOf(place), name, null)
  if (trouble) return fail(trouble)
  const draft = newDraft(place.schema, name.trim())
  const plan = draft.row(place.schema.tables.group, null, { gdesc: name.trim() })
  const planned = draft.done(plan)
  if (!planned.ok) return fail(planned.fault)
  const applied = await applyPlans(place.session, place.schema, [planned.plan])
  if (!applied.ok) return applied
  return plan.key === null
    ? fail(fault('halo-error', { raw: 'The new group has no key.' }))
    : ok({ id: plan.key })
}

async function renameGroup(place: GroupPlace, id: number, name: string): Promise<Result<{ was: string }>> {
  const names = await namesOf(place)
  const before = names.find((one) => one.id === id)
  if (!before) return fail(fault('group-missing', { facts: { group: id } }))
  const trouble = taken(names, name, id)
  if (trouble) return fail(trouble)
  const { group } = place.schema.tables
  const draft = newDraft(place.schema, name.trim())
  const current = { Ggeneric: id, gdesc: before.name }
  const planned = draft.done(draft.row(group, current, { gdesc: name.trim() }))
  if (!planned.ok) return fail(planned.fault)
  const applied = await applyPlans(place.session, place.schema, [planned.plan])
  return applied.ok ? ok({ was: before.name }) : applied
}

async function moveItems(
  place: GroupPlace,
  owner: Owner,
  haloIds: readonly number[],
  groupId: number,
): Promise<Result<MovedItems>> {
  const { session, statements, schema } = place
  const { item } = schema.tables
  const names = await namesOf(place)
  if (!names.some((one) => one.id === groupId))
    return fail(fault('group-missing', { facts: { group: groupId } }))
  const columns = ['Iid', 'Igeneric', 'ithirdpartyid', 'idattocommercetenant']
  const found = await readRows(session, statements, item, columns, 'Iid', haloIds)
  const own = found.filter((row) => Number(row.idattocommercetenant ?? 0) === owner.haloTenantId)
  const from = own.map((row) => ({
    haloId: rowKey(item, row),
    commerceId: commerceIdOf(row),
    groupId: groupIdOf(row),
  }))
  const elsewhere = from.filter((one) => one.groupId !== groupId)
  await session.update(
    item,
    ['Igeneric'],
    elsewhere.map((one) => [groupId, one.haloId]),
  )
  const known = new Set(from.map((one) => one.haloId))
  return ok({ from, gone: haloIds.filter((id) => !known.has(id)) })
}
