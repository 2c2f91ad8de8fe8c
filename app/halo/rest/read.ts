import { ok, type Result } from '../../model/fault.ts'
import type { Entity } from '../../model/tenant.ts'
import type { HaloRow } from '../destination.ts'
import { type HaloObject, isObject, readOne, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { shown } from './fields.ts'
import { linesOf } from './lines.ts'

const places = {
  customers: { path: '/Client', name: 'Client', tenant: 'dattocommerce_tenantid' },
  products: { path: '/Item', name: 'Item', tenant: 'dattocommerce_tenant' },
  quotes: { path: '/Quotation', name: 'Quotation', tenant: 'dattocommerce_tenantid' },
  salesOrders: { path: '/SalesOrder', name: 'SalesOrder', tenant: null },
} as const

/** Cost and secrets are never shown. */
const isShown = (name: string): boolean => !/cost|apikey|secret|password|token|^_/i.test(name)

const flat = (name: string, row: HaloObject): Record<string, string | number | null> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([field, value]) => {
      const told = shown(value)
      return isShown(field) && (told !== null || value === null) ? [[`${name}.${field}`, told]] : []
    }),
  )

/** What Halo has of one record: fields as `Client.name`, lines in their order. Null when it is not there or is another tenant's. */
export async function readRecord(
  api: HaloApi,
  entity: Entity,
  haloTenantId: number,
  haloId: number,
): Promise<Result<HaloRow | null>> {
  const { path, name, tenant } = places[entity]
  const answer = await api.get(`${path}/${haloId}`, { includedetails: true })
  if (!answer.ok) return answer
  const row = readOne(answer.value)
  const holder = row && tenant ? wholeOf(row[tenant]) : null
  if (!row || (holder !== null && holder !== haloTenantId)) return ok(null)
  const fields = { ...flat(name, row), ...customFields(name, row) }
  if (entity === 'customers') {
    const site = await siteFields(api, row)
    if (!site.ok) return site
    Object.assign(fields, site.value)
  }
  const lines = linesOf(row).toSorted((a, b) => Number(a.sort_seq ?? 0) - Number(b.sort_seq ?? 0))
  return ok({ fields, lines: lines.map((line) => plain(line)) })
}

const plain = (line: HaloObject): Record<string, string | number | null> =>
  Object.fromEntries(Object.entries(flat('', line)).map(([name, value]) => [name.slice(1), value]))

function customFields(name: string, row: HaloObject): Record<string, string | number | null> {
  const listed = Array.isArray(row.customfields) ? row.customfields.filter(isObject) : []
  return Object.fromEntries(listed.map((field) => [`${name}.${textOf(field.name)}`, shown(field.value)]))
}

/** The client's main site and its address. */
async function siteFields(
  api: HaloApi,
  client: HaloObject,
): Promise<Result<Record<string, string | number | null>>> {
  const id = wholeOf(client.main_site_id)
  if (id === null) return ok({})
  const answer = await api.get(`/Site/${id}`, { includedetails: true })
  if (!answer.ok) return answer
  const site = readOne(answer.value)
  if (!site) return ok({})
  const address = isObject(site.delivery_address) ? flat('Site.delivery_address', site.delivery_address) : {}
  return ok({ ...flat('Site', site), ...address })
}
