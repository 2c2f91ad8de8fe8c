import { ok, type Result } from '../../model/fault.ts'
import { flagOf, type HaloObject, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import type { Finder, Owned, OwnedKind, SiteRow, UserRow } from './find.ts'
import { askReport } from './report.ts'

type Place = {
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
  readonly where: string
  readonly isText?: boolean
}

const clientColumns = {
  id: 'Aarea',
  commerce_id: 'adattocommerceid',
  tenant_id: 'adattocommercetenantid',
  url: 'adattocommerceurl',
  name: 'aareadesc',
}
/** Tables and columns of Halo's database (apis.md §3.2): reports speak of them, whichever server Halo runs on. */
const places: Readonly<Record<OwnedKind, Place>> = {
  customers: { table: 'AREA', columns: clientColumns, where: 'adattocommerceid' },
  products: {
    table: 'ITEM',
    columns: { id: 'Iid', commerce_id: 'ithirdpartyid', tenant_id: 'idattocommercetenant' },
    where: 'ithirdpartyid',
    isText: true,
  },
  quotes: {
    table: 'QUOTATIONHEADER',
    columns: {
      id: 'QHid',
      commerce_id: 'qhdattocommerceid',
      tenant_id: 'qhdattocommercetenantid',
      url: 'qhdattocommerceurl',
    },
    where: 'qhdattocommerceid',
  },
}

function ownedOf(row: HaloObject): Owned[] {
  const haloId = wholeOf(row.id)
  const commerceId = wholeOf(row.commerce_id)
  return haloId === null || commerceId === null
    ? []
    : [{ haloId, commerceId, tenant: wholeOf(row.tenant_id), url: textOf(row.url), name: textOf(row.name) }]
}

/** A few questions a batch, however many records Halo has. Nothing is remembered, so nothing gets old. */
export function findByReports(api: HaloApi): Finder {
  const ask = async (place: Place, keys: readonly number[]): Promise<Result<readonly HaloObject[]>> =>
    keys.length === 0 ? ok([]) : askReport(api, { ...place, keys })

  return {
    way: 'reports',
    made: () => undefined,
    madeOrder: () => undefined,
    forget: () => undefined,
    owned: async (kind, commerceIds) => {
      const rows = await ask(places[kind], commerceIds)
      return rows.ok ? ok(rows.value.flatMap(ownedOf)) : rows
    },
    clients: async (haloIds) => {
      const rows = await ask({ table: 'AREA', columns: clientColumns, where: 'Aarea' }, haloIds)
      return rows.ok ? ok(rows.value.flatMap(ownedOf)) : rows
    },
    orders: (lineIds) => findOrders(ask, lineIds),
    ofQuotes: async (quoteIds) => {
      const columns = { id: 'OHid', quote_id: 'OHQHID' }
      const rows = await ask({ table: 'ORDERHEAD', columns, where: 'OHQHID' }, quoteIds)
      if (!rows.ok) return rows
      return ok(
        rows.value.flatMap((row) => {
          const [haloId, quoteId] = [wholeOf(row.id), wholeOf(row.quote_id)]
          return haloId === null || quoteId === null ? [] : [{ haloId, quoteId }]
        }),
      )
    },
    people: async (clientIds) => {
      const siteColumns = { id: 'Ssitenum', client_id: 'Sarea', inactive: 'SIsInactive' }
      const sites = await ask({ table: 'SITE', columns: siteColumns, where: 'Sarea' }, clientIds)
      if (!sites.ok) return sites
      const siteRows = sites.value.flatMap(siteOf)
      const users = await ask(
        { table: 'USERS', columns: userColumns, where: 'Usite' },
        siteRows.map((site) => site.id),
      )
      return users.ok ? ok({ sites: siteRows, users: users.value.flatMap(userOf) }) : users
    },
  }
}

const userColumns = {
  id: 'Uid',
  site_id: 'Usite',
  name: 'uusername',
  first_name: 'uFirstName',
  last_name: 'uLastName',
  email: 'uemail',
  phone: 'uextn',
  mobile: 'umobile',
  inactive: 'uinactive',
}

async function findOrders(
  ask: (place: Place, keys: readonly number[]) => Promise<Result<readonly HaloObject[]>>,
  lineIds: readonly number[],
): ReturnType<Finder['orders']> {
  const lines = await ask(
    {
      table: 'ORDERLINE',
      columns: { order_id: 'OLid', line_id: 'oldattocommercelineid' },
      where: 'oldattocommercelineid',
    },
    lineIds,
  )
  if (!lines.ok) return lines
  const numbers = (rows: readonly HaloObject[], name: string): number[] =>
    rows.flatMap((row) => wholeOf(row[name]) ?? [])
  const orders = numbers(lines.value, 'order_id')
  const heads = await ask(
    { table: 'ORDERHEAD', columns: { id: 'OHid', site_id: 'OHsitenum' }, where: 'OHid' },
    orders,
  )
  if (!heads.ok) return heads
  const sites = await ask(
    { table: 'SITE', columns: { id: 'Ssitenum', client_id: 'Sarea' }, where: 'Ssitenum' },
    numbers(heads.value, 'site_id'),
  )
  if (!sites.ok) return sites
  const clientOfSite = new Map(sites.value.map((row) => [wholeOf(row.id), wholeOf(row.client_id)]))
  const clientOfOrder = new Map(
    heads.value.map((row) => [wholeOf(row.id), clientOfSite.get(wholeOf(row.site_id)) ?? null]),
  )
  return ok(
    lines.value.flatMap((row) => {
      const haloId = wholeOf(row.order_id)
      const lineId = wholeOf(row.line_id)
      return haloId === null || lineId === null
        ? []
        : [{ haloId, lineId, clientId: clientOfOrder.get(haloId) ?? null }]
    }),
  )
}

function siteOf(row: HaloObject): SiteRow[] {
  const id = wholeOf(row.id)
  const clientId = wholeOf(row.client_id)
  return id === null || clientId === null ? [] : [{ id, clientId, isInactive: flagOf(row.inactive) }]
}

function userOf(row: HaloObject): UserRow[] {
  const id = wholeOf(row.id)
  const siteId = wholeOf(row.site_id)
  if (id === null || siteId === null) return []
  return [
    {
      id,
      siteId,
      name: textOf(row.name),
      firstName: textOf(row.first_name),
      lastName: textOf(row.last_name),
      email: textOf(row.email),
      phone: textOf(row.phone),
      mobile: textOf(row.mobile),
      isInactive: flagOf(row.inactive),
    },
  ]
}
