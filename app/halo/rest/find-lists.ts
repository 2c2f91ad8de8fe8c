import { ok, type Result } from '../../model/fault.ts'
import { flagOf, type HaloObject, idOf, isObject, readOne, textOf, wholeOf } from './answers.ts'
import { type HaloApi, pageSize, type Query } from './api.ts'
import type { Finder, OrderFromQuote, Owned, OwnedKind, OwnedOrder, SiteRow, UserRow } from './find.ts'

type Place = {
  readonly path: string
  readonly query: Query
  readonly id: string
  readonly tenant: string
  readonly url: string
}

const places: Readonly<Record<OwnedKind, Place>> = {
  customers: {
    path: '/Client',
    query: { includeactive: true, includeinactive: true },
    id: 'datto_commerce_id',
    tenant: 'dattocommerce_tenantid',
    url: 'datto_commerce_url',
  },
  products: {
    path: '/Item',
    query: { includeactive: true, includeinactive: true },
    id: 'third_party_id',
    tenant: 'dattocommerce_tenant',
    url: '',
  },
  quotes: {
    path: '/Quotation',
    query: {},
    id: 'datto_commerce_id',
    tenant: 'dattocommerce_tenantid',
    url: 'datto_commerce_url',
  },
}

/** Where the API keeps records of a kind. */
export const placeOf = (kind: OwnedKind): { readonly path: string } => places[kind]

/** A record by what it says of its Commerce id; none when it has no such. */
export const ownedRow = (kind: OwnedKind, row: HaloObject): readonly Owned[] => ownedOf(row, places[kind])

/** Single records asked for at the same time. */
const side = 4

/** Runs `work` on all items, a few at a time, in order of the items; ends at the first fault. */
export async function besideEachOther<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<Result<R>>,
): Promise<Result<R[]>> {
  const done: R[] = []
  for (let from = 0; from < items.length; from += side) {
    for (const result of await Promise.all(items.slice(from, from + side).map(work))) {
      if (!result.ok) return result
      done.push(result.value)
    }
  }
  return ok(done)
}

/**
 * For an agent that may not ask reports: whole lists are walked once and remembered, since no list can be filtered by Commerce id and `search` may be
 * ignored (apis.md §2.2). A row that leaves out what is looked for is read by itself.
 */
export function findByLists(api: HaloApi): Finder {
  const indexes = new Map<OwnedKind, Owned[]>()
  let orders: OwnedOrder[] | null = null
  let fromQuotes: OrderFromQuote[] = []

  async function indexOf(kind: OwnedKind): Promise<Result<Owned[]>> {
    const known = indexes.get(kind)
    if (known) return ok(known)
    const place = places[kind]
    const rows = await wholeList(api, place.path, place.query, (row) => place.id in row)
    if (!rows.ok) return rows
    const index = rows.value.flatMap((row) => ownedOf(row, place))
    indexes.set(kind, index)
    return ok(index)
  }

  async function allOrders(): Promise<Result<readonly OwnedOrder[]>> {
    if (orders) return ok(orders)
    const rows = await wholeList(api, '/SalesOrder', {}, (row) => Array.isArray(row.lines))
    if (!rows.ok) return rows
    orders = rows.value.flatMap(orderLinesOf)
    fromQuotes = rows.value.flatMap((row) => {
      const quoteId = wholeOf(row.quotation_id)
      return quoteId === null ? [] : [{ haloId: idOf(row) ?? 0, quoteId }]
    })
    return ok(orders)
  }

  return {
    way: 'lists',
    made: (kind, record) => void indexes.get(kind)?.push(record),
    madeOrder: (lines) => void orders?.push(...lines),
    forget: () => {
      indexes.clear()
      orders = null
    },
    owned: async (kind, commerceIds) => {
      if (commerceIds.length === 0) return ok([])
      const index = await indexOf(kind)
      const wanted = new Set(commerceIds)
      return index.ok ? ok(index.value.filter((one) => wanted.has(one.commerceId))) : index
    },
    clients: async (haloIds) => {
      const asked = await besideEachOther([...new Set(haloIds)], (id) =>
        api.get(`/Client/${id}`, { includedetails: true }),
      )
      if (!asked.ok) return asked
      return ok(asked.value.flatMap((answer) => ownedOf(readOne(answer) ?? {}, places.customers)))
    },
    orders: async (lineIds) => {
      if (lineIds.length === 0) return ok([])
      const all = await allOrders()
      const wanted = new Set(lineIds)
      return all.ok ? ok(all.value.filter((one) => wanted.has(one.lineId))) : all
    },
    ofQuotes: async (quoteIds) => {
      if (quoteIds.length === 0) return ok([])
      const all = await allOrders()
      const wanted = new Set(quoteIds)
      return all.ok ? ok(fromQuotes.filter((one) => wanted.has(one.quoteId))) : all
    },
    people: (clientIds) => peopleOf(api, clientIds),
  }
}

/** Each row of a list once; rows that are not `isWhole` are read one by one. */
export async function wholeList(
  api: HaloApi,
  path: string,
  query: Query,
  isWhole: (row: HaloObject) => boolean,
): Promise<Result<HaloObject[]>> {
  const rows = new Map<number, HaloObject>()
  const walked = await api.walk(path, query, (page) => {
    for (const row of page) rows.set(idOf(row) ?? 0, row)
    return true
  })
  if (!walked.ok) return walked
  const poor = [...rows].flatMap(([id, row]) => (id > 0 && !isWhole(row) ? [id] : []))
  const read = await besideEachOther(poor, (id) => api.get(`${path}/${id}`, { includedetails: true }))
  if (!read.ok) return read
  for (const answer of read.value) {
    const one = readOne(answer)
    if (one) rows.set(idOf(one) ?? 0, one)
  }
  return ok([...rows.values()])
}

function ownedOf(row: HaloObject, place: Place): Owned[] {
  const haloId = idOf(row)
  const commerceId = wholeOf(row[place.id])
  if (haloId === null || commerceId === null) return []
  const tenant = wholeOf(row[place.tenant])
  return [{ haloId, commerceId, tenant, url: textOf(row[place.url]), name: textOf(row.name) }]
}

function orderLinesOf(row: HaloObject): OwnedOrder[] {
  const haloId = idOf(row)
  const lines = Array.isArray(row.lines) ? row.lines.filter(isObject) : []
  if (haloId === null) return []
  return lines.flatMap((line) => {
    const lineId = wholeOf(line.dattocommercelineid)
    return lineId === null ? [] : [{ haloId, lineId, clientId: wholeOf(row.client_id) }]
  })
}

/** By client, or the whole lists where that takes fewer requests: the first page tells how many rows there are. */
async function peopleOf(api: HaloApi, clientIds: readonly number[]): ReturnType<Finder['people']> {
  const wanted = new Set(clientIds)
  if (wanted.size === 0) return ok({ sites: [], users: [] })
  const sites = await rowsOfClients(api, '/Site', wanted, (row) => siteOf(row))
  if (!sites.ok) return sites
  const own = sites.value.filter((site) => wanted.has(site.clientId))
  const users = await rowsOfClients(api, '/Users', wanted, (row) => userOf(row))
  if (!users.ok) return users
  const siteIds = new Set(own.map((site) => site.id))
  return ok({ sites: own, users: users.value.filter((user) => siteIds.has(user.siteId)) })
}

async function rowsOfClients<R extends { readonly id: number }>(
  api: HaloApi,
  path: string,
  clientIds: ReadonlySet<number>,
  read: (row: HaloObject) => R[],
): Promise<Result<R[]>> {
  const found = new Map<number, R>()
  const keep = (rows: readonly HaloObject[]): void => {
    for (const row of rows) for (const one of read(row)) found.set(one.id, one)
  }
  const all = { includeactive: true, includeinactive: true }
  let isTooLong = clientIds.size === 1
  if (!isTooLong) {
    const walked = await api.walk(path, all, (rows, total) => {
      isTooLong = total !== null && total / pageSize > clientIds.size
      keep(rows)
      return !isTooLong
    })
    if (!walked.ok) return walked
  }
  if (!isTooLong) return ok([...found.values()])
  const asked = await besideEachOther([...clientIds], (id) =>
    api.walk(path, { ...all, client_id: id }, (rows) => {
      keep(rows)
      return true
    }),
  )
  return asked.ok ? ok([...found.values()]) : asked
}

function siteOf(row: HaloObject): SiteRow[] {
  const id = idOf(row)
  const clientId = wholeOf(row.client_id)
  return id === null || clientId === null ? [] : [{ id, clientId, isInactive: flagOf(row.inactive) }]
}

function userOf(row: HaloObject): UserRow[] {
  const id = idOf(row)
  const siteId = wholeOf(row.site_id) ?? wholeOf(row.site_id_int)
  if (id === null || siteId === null) return []
  return [
    {
      id,
      siteId,
      name: textOf(row.name),
      firstName: textOf(row.firstname),
      lastName: textOf(row.surname),
      email: textOf(row.emailaddress),
      phone: textOf(row.phonenumber),
      mobile: textOf(row.mobilenumber),
      isInactive: flagOf(row.inactive),
    },
  ]
}
