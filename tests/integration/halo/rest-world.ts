import { readDate } from '../../../app/model/dates.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import type { FakeHalo, Quirks } from '../../fake-halo/index.ts'
import type { Row } from '../../fake-halo/tables.ts'
import { restStage } from '../../unit/app/halo/rest/stage.ts'
import type { HaloWorld, LookedAt, LookedAtLine } from './conformance.ts'
import { restTables } from './rest-tables.ts'
import type { Tables } from './sql-world.ts'

/** The world of the conformance suite, looked at from behind the API. */
export async function restWorld(
  quirks: Partial<Quirks> = {},
): Promise<HaloWorld & { readonly tables: Tables }> {
  const stage = await restStage(quirks)
  const { fake } = stage
  const { rows } = fake.tables
  const tableOf = {
    customers: rows.Client,
    products: rows.Item,
    quotes: rows.Quotation,
    salesOrders: rows.SalesOrder,
  }
  return {
    halo: await stage.open(),
    tables: restTables(fake),
    again: stage.open,
    look: async <E extends Entity>(entity: E, haloId: number) => {
      const row = tableOf[entity].get(haloId)
      return row ? (looks[entity](fake, row) as LookedAt[E]) : null
    },
    count: async (entity) => tableOf[entity].size,
    setStatus: async (entity, haloId, status) => {
      const row = tableOf[entity].get(haloId)
      if (row) row.status = status
    },
    unsign: async (haloId) => {
      const row = rows.SalesOrder.get(haloId)
      if (row) row.summary = '0'
    },
    touch: async (entity, haloId) => {
      const row = tableOf[entity].get(haloId)
      if (row) row[untouched[entity]] = 2
    },
    newGroup: async (name) => {
      const id = fake.tables.newKey('AssetGroup')
      rows.AssetGroup.set(id, { id, name })
      return id
    },
    close: async () => {
      await stage.close()
      if (fake.violations.length > 0)
        throw new Error(`Not in Halo's document: ${[...new Set(fake.violations)].join('; ')}`)
    },
  }
}

/** A property of each that no import posts. */
const untouched = {
  customers: 'stopped',
  products: 'supplier_id',
  quotes: 'ticket_id',
  salesOrders: 'ticket_id',
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
const date = (value: unknown): string => readDate(text(value)) ?? ''

const looks: { readonly [E in Entity]: (fake: FakeHalo, row: Row) => LookedAt[E] } = {
  customers: ({ tables }, row) => {
    const site = tables.rows.Site.get(Number(row.main_site_id))
    const address = (site?.delivery_address ?? {}) as Record<string, unknown>
    const users = [...tables.rows.Users.values()].filter((user) => user.site_id === row.main_site_id)
    return {
      name: text(row.name),
      reference: text(row.ref),
      url: text(row.datto_commerce_url),
      commerceId: Number(row.datto_commerce_id ?? -1),
      site: text(site?.name),
      address: ['line1', 'line2', 'line3', 'line4', 'postcode'].map((line) => text(address[line])),
      contacts: users.map((user) => ({
        name: text(user.name),
        email: text(user.emailaddress),
        phone: text(user.phonenumber),
      })),
    }
  },
  products: ({ tables }, row) => ({
    name: text(row.name),
    sku: text(row.externalreference),
    price: Number(row.baseprice),
    recurringPrice: Number(row.recurringprice ?? 0),
    isRecurring: row.isrecurringitem === true,
    billingPeriod: Number(row.item_default_billing_period ?? 3),
    group: text(tables.rows.AssetGroup.get(Number(row.assetgroup_id))?.name),
    isConsignable: row.doesnotneedconsigning !== true,
  }),
  quotes: (fake, row) => ({
    title: text(row.title),
    number: text(row.third_party_number),
    url: text(row.datto_commerce_url),
    commerceId: Number(row.datto_commerce_id ?? -1),
    status: Number(row.status),
    client: clientOfUser(fake, row.user_id),
    contact: text(fake.tables.rows.Users.get(Number(row.user_id))?.name),
    createdAt: date(row.date),
    expiresAt: date(row.expiry_date),
    deliveryPrice: Number(row.carriage_price),
    note: text(row.note),
    lines: linesOf(fake, row),
  }),
  salesOrders: (fake, row) => ({
    title: text(row.title),
    reference: text(row.po_number),
    status: Number(row.status),
    client: clientOfSite(fake, row.site_id),
    contact: text(fake.tables.rows.Users.get(Number(row.user_id))?.name),
    orderedAt: date(row.date),
    note: text(row.note),
    quote: row.quotation_id ? text(fake.tables.rows.Quotation.get(Number(row.quotation_id))?.title) : null,
    lines: linesOf(fake, row),
  }),
}

const clientOfSite = ({ tables }: FakeHalo, site: unknown): string =>
  text(tables.rows.Client.get(Number(tables.rows.Site.get(Number(site))?.client_id))?.name)
const clientOfUser = (fake: FakeHalo, user: unknown): string =>
  clientOfSite(fake, fake.tables.rows.Users.get(Number(user))?.site_id)

function linesOf({ tables }: FakeHalo, row: Row): LookedAtLine[] {
  const lines = (row.lines ?? []) as Row[]
  return lines
    .toSorted((a, b) => Number(a.sort_seq) - Number(b.sort_seq))
    .map((line) => ({
      description: text(line.name),
      price: Number(line.price),
      quantity: Number(line.quantity),
      discount: Number(line.discount),
      billingPeriod: Number(line.billingperiod),
      isHeading: line.isgroupdesc === true,
      product: line.item_id ? text(tables.rows.Item.get(Number(line.item_id))?.name) : null,
    }))
}
