import { readDate } from '../../model/dates.ts'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloBillingPeriod } from '../../model/halo.ts'
import type { HaloChoice, Owner } from '../destination.ts'
import type {
  HaloGroup,
  HaloItem,
  ItemList,
  ItemQuery,
  MovedItems,
  ProductGroups,
} from '../product-groups.ts'
import { flagOf, type HaloObject, idOf, readPosted, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { wholeList } from './find-lists.ts'
import type { Lookups } from './lookups.ts'

/** Products posted together when they are moved. */
const moveSize = 50
/** A person pages and sorts within seconds; after that the products are read anew. */
const freshMs = 15_000

type Place = { readonly api: HaloApi; readonly lookups: Lookups; readonly now: () => number }

/**
 * Product groups (/AssetGroup) and the products in them (/Item). Halo's lists can neither be filtered by tenant nor sorted as asked, so all products are
 * read and arranged here; a person's next pages are answered from what was read.
 */
export function restGroups(place: Place): ProductGroups {
  let kept: { readonly rows: readonly HaloObject[]; readonly untilMs: number } | null = null
  const items = async (): Promise<Result<readonly HaloObject[]>> => {
    if (kept && place.now() < kept.untilMs) return ok(kept.rows)
    const all = { includeactive: true, includeinactive: true }
    const rows = await wholeList(
      place.api,
      '/Item',
      all,
      (row) => 'third_party_id' in row && 'dattocommerce_tenant' in row,
    )
    if (rows.ok) kept = { rows: rows.value, untilMs: place.now() + freshMs }
    return rows
  }
  const changed = (): void => {
    kept = null
    place.lookups.forget()
  }
  return {
    list: async (owner) => {
      const rows = await items()
      if (!rows.ok) return rows
      const groups = await place.lookups.groups()
      return groups.ok ? ok(counted(groups.value, rows.value, owner)) : groups
    },
    items: async (query) => {
      const rows = await items()
      if (!rows.ok) return rows
      const taxes = await place.lookups.taxes()
      return taxes.ok ? ok(windowOf(rows.value, query, taxes.value)) : taxes
    },
    add: async (name) => {
      const made = await addGroup(place, name)
      changed()
      return made
    },
    rename: async (id, name) => {
      const renamed = await renameGroup(place, id, name)
      changed()
      return renamed
    },
    move: async (owner, haloIds, groupId) => {
      const rows = await items()
      if (!rows.ok) return rows
      const moved = await moveItems(place, rows.value, owner, haloIds, groupId)
      changed()
      return moved
    },
  }
}

const isOwn = (row: HaloObject, owner: Owner): boolean =>
  wholeOf(row.dattocommerce_tenant) === owner.haloTenantId
/** 0 is Halo's "none". */
const groupOf = (row: HaloObject): number | null => wholeOf(row.assetgroup_id)
const alphabet = new Intl.Collator('en', { sensitivity: 'base' })

function counted(groups: readonly HaloChoice[], rows: readonly HaloObject[], owner: Owner): HaloGroup[] {
  const known = new Set(groups.map(({ id }) => id))
  const own = new Set(rows.filter((row) => isOwn(row, owner)).map((row) => groupOf(row) ?? 0))
  const lost = [...own].filter((id) => !known.has(id)).map((id) => ({ id, name: '' }))
  return [...groups, ...lost]
    .map((group) => {
      const inside = rows.filter((row) => (groupOf(row) ?? 0) === group.id)
      const products = inside.filter((row) => isOwn(row, owner)).length
      return { ...group, products, others: inside.length - products }
    })
    .sort((a, b) => alphabet.compare(a.name, b.name) || a.id - b.id)
}

function windowOf(rows: readonly HaloObject[], query: ItemQuery, taxes: readonly HaloChoice[]): ItemList {
  const wanted = query.search.trim().toLowerCase()
  const found = rows
    .filter(
      (row) => isOwn(row, query.owner) && (query.groupId === null || (groupOf(row) ?? 0) === query.groupId),
    )
    .map((row) => itemOf(row, taxes))
    .filter(
      (item) =>
        wanted === '' || item.name.toLowerCase().includes(wanted) || item.sku.toLowerCase().includes(wanted),
    )
  const sign = query.isDescending ? -1 : 1
  found.sort((a, b) => sign * (compare(a, b, query.sort) || a.haloId - b.haloId))
  return { rows: found.slice(query.offset, query.offset + query.limit), total: found.length }
}

function compare(a: HaloItem, b: HaloItem, key: ItemQuery['sort']): number {
  switch (key) {
    case 'price':
      return (a.recurringPrice ?? a.price) - (b.recurringPrice ?? b.price)
    case 'createdAt':
    case 'modifiedAt':
      return (a[key] ?? '') < (b[key] ?? '') ? -1 : Number((a[key] ?? '') > (b[key] ?? ''))
    default:
      return alphabet.compare(a[key], b[key])
  }
}

const periods: readonly HaloBillingPeriod[] = [0, 2, 3, 4]

function itemOf(row: HaloObject, taxes: readonly HaloChoice[]): HaloItem {
  const isRecurring = flagOf(row.isrecurringitem)
  const tax = wholeOf(row.taxcode)
  return {
    haloId: idOf(row) ?? 0,
    commerceId: wholeOf(row.third_party_id),
    name: textOf(row.name),
    sku: textOf(row.externalreference),
    groupId: groupOf(row),
    price: isRecurring ? 0 : Number(row.baseprice ?? 0),
    isRecurring,
    recurringPrice: isRecurring ? Number(row.recurringprice ?? 0) : null,
    billingPeriod: isRecurring ? (periods.find((one) => one === row.item_default_billing_period) ?? 0) : 0,
    isConsignable: !flagOf(row.doesnotneedconsigning),
    tax: tax === null ? '' : (taxes.find((one) => one.id === tax)?.name ?? String(tax)),
    createdAt: dateOf(row.datecreated),
    modifiedAt: dateOf(row.lastmodified),
  }
}

/** Halo's columns begin at 1 January 1900, which means "never". */
function dateOf(value: unknown): string | null {
  const iso = typeof value === 'string' ? readDate(value) : null
  return iso !== null && iso > '1950' ? iso : null
}

const taken = (groups: readonly HaloChoice[], name: string, but: number | null): Fault | null => {
  const wanted = name.trim().toLowerCase()
  const found = groups.find((one) => one.id !== but && one.name.trim().toLowerCase() === wanted)
  return found ? fault('name-taken', { facts: { name: found.name, field: 'name' } }) : null
}

async function addGroup({ api, lookups }: Place, name: string): Promise<Result<{ id: number }>> {
  const groups = await lookups.groups()
  if (!groups.ok) return groups
  const trouble = taken(groups.value, name, null)
  if (trouble) return fail(trouble)
  const answer = await api.post('/AssetGroup', [{ name: name.trim() }])
  if (!answer.ok) return answer
  const id = readPosted(answer.value).map(idOf)[0] ?? null
  return id === null ? fail(fault('halo-error', { raw: 'The new group has no key.' })) : ok({ id })
}

async function renameGroup(
  { api, lookups }: Place,
  id: number,
  name: string,
): Promise<Result<{ was: string }>> {
  const groups = await lookups.groups()
  if (!groups.ok) return groups
  const before = groups.value.find((one) => one.id === id)
  if (!before) return fail(fault('group-missing', { facts: { group: id } }))
  const trouble = taken(groups.value, name, id)
  if (trouble) return fail(trouble)
  const answer = await api.post('/AssetGroup', [{ id, name: name.trim() }], { isSafe: true })
  return answer.ok ? ok({ was: before.name }) : answer
}

async function moveItems(
  { api, lookups }: Place,
  rows: readonly HaloObject[],
  owner: Owner,
  haloIds: readonly number[],
  groupId: number,
): Promise<Result<MovedItems>> {
  const groups = await lookups.groups()
  if (!groups.ok) return groups
  if (!groups.value.some((one) => one.id === groupId))
    return fail(fault('group-missing', { facts: { group: groupId } }))
  const wanted = new Set(haloIds)
  const own = rows.filter((row) => wanted.has(idOf(row) ?? 0) && isOwn(row, owner))
  const from = own.map((row) => ({
    haloId: idOf(row) ?? 0,
    commerceId: wholeOf(row.third_party_id),
    groupId: groupOf(row),
  }))
  const elsewhere = from.filter((one) => one.groupId !== groupId)
  for (let at = 0; at < elsewhere.length; at += moveSize) {
    const bodies = elsewhere
      .slice(at, at + moveSize)
      .map(({ haloId }) => ({ id: haloId, assetgroup_id: groupId }))
    const answer = await api.post('/Item', bodies, { isSafe: true })
    if (!answer.ok) return answer
  }
  const known = new Set(from.map((one) => one.haloId))
  return ok({ from, gone: haloIds.filter((id) => !known.has(id)) })
}
