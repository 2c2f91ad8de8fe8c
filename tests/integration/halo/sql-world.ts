import type { Destination } from '../../../app/halo/destination.ts'
import { readDate } from '../../../app/model/dates.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import type { HaloWorld, LookedAt, LookedAtLine } from './conformance.ts'

/** A row with the catalogue's spelling of its columns; dates as text, flags as 0 and 1. */
export type FoundRow = Record<string, string | number | null>

/** What a database must tell for `look`: written apart from the code under test, as Halo's own screens would join. */
export type Tables = {
  /** Rows of a table by the value of one column, ordered by its key. */
  rows(table: string, column: string, value: number): Promise<FoundRow[]>
  count(table: string): Promise<number>
  run(statement: { update: string; set: Record<string, number>; key: string; id: number }): Promise<void>
  insert(table: string, row: FoundRow): Promise<void>
}

const mainTable = { customers: 'AREA', products: 'ITEM', quotes: 'QUOTATIONHEADER', salesOrders: 'ORDERHEAD' }

/** A column of each that no import sets. */
const untouched = {
  customers: { update: 'SITE', column: 'sMainContact', key: 'Sarea' },
  products: { update: 'ITEM', column: 'Isupplier', key: 'Iid' },
  quotes: { update: 'QUOTATIONHEADER', column: 'QHfaultID', key: 'QHid' },
  salesOrders: { update: 'ORDERHEAD', column: 'OHfaultid', key: 'OHid' },
}

export type SqlWorldParts = {
  readonly halo: Destination
  readonly tables: Tables
  readonly again: () => Promise<Destination>
  readonly close: () => Promise<void>
}

/** The world of any SQL destination. */
export function sqlWorld({ halo, tables, again, close }: SqlWorldParts): HaloWorld {
  const first = async (table: string, column: string, value: unknown): Promise<FoundRow | null> =>
    (await tables.rows(table, column, Number(value)))[0] ?? null
  const look: { [E in Entity]: (id: number) => Promise<LookedAt[E] | null> } = {
    customers: async (id) => {
      const area = await first('AREA', 'Aarea', id)
      const site = await first('SITE', 'Sarea', id)
      if (!area || !site) return null
      const address = await first('ADDRESSSTORE', 'ASSiteID', site.Ssitenum)
      const users = await tables.rows('USERS', 'Usite', Number(site.Ssitenum))
      return {
        name: text(area.aareadesc),
        reference: text(area.Aarearef),
        url: text(area.adattocommerceurl),
        commerceId: Number(area.adattocommerceid),
        site: text(site.sdesc),
        address: [1, 2, 3, 4, 5].map((at) => text(address?.[`ASLine${at}`])),
        contacts: users.map((user) => ({
          name: text(user.uusername),
          email: text(user.uemail),
          phone: text(user.uextn),
        })),
      }
    },
    products: async (id) => {
      const item = await first('ITEM', 'Iid', id)
      if (!item) return null
      return {
        name: text(item.idesc),
        sku: text(item.IExternalReference),
        price: Number(item.Ibaseprice),
        recurringPrice: Number(item.IRecurringPrice),
        isRecurring: item.IIsRecurringItem === 1,
        billingPeriod: Number(item.idefaultbillingperiod),
        group: text((await first('GENERIC', 'Ggeneric', item.Igeneric))?.gdesc),
        isConsignable: item.IDoesNotNeedConsigning === 0,
      }
    },
    quotes: async (id) => {
      const head = await first('QUOTATIONHEADER', 'QHid', id)
      if (!head) return null
      const user = await first('USERS', 'Uid', head.QHUserID)
      return {
        title: text(head.QHtitle),
        number: text(head.QHThirdPartyNumber),
        url: text(head.qhdattocommerceurl),
        commerceId: Number(head.qhdattocommerceid),
        status: Number(head.QHstatus),
        client: await clientOfSite(user?.Usite),
        contact: text(user?.uusername),
        createdAt: date(head.QHDate),
        expiresAt: date(head.QHExpiryDate),
        deliveryPrice: Number(head.QHCarriagePrice),
        note: text(head.QHNote),
        lines: await quoteLines(id),
      }
    },
    salesOrders: async (id) => {
      const head = await first('ORDERHEAD', 'OHid', id)
      if (!head) return null
      const quote =
        Number(head.OHQHID ?? 0) === 0 ? null : await first('QUOTATIONHEADER', 'QHid', head.OHQHID)
      return {
        title: text(head.OHtitle),
        reference: text(head.OHponumber),
        status: Number(head.OHUserStatus),
        client: await clientOfSite(head.OHsitenum),
        contact: text((await first('USERS', 'Uid', head.ohuserid))?.uusername),
        orderedAt: date(head.OHorderdate),
        note: text(head.OHnote),
        quote: quote ? text(quote.QHtitle) : null,
        lines: await orderLines(id),
      }
    },
  }
  const clientOfSite = async (site: unknown): Promise<string> => {
    const row = await first('SITE', 'Ssitenum', site)
    return text((await first('AREA', 'Aarea', row?.Sarea))?.aareadesc)
  }
  const productName = async (item: unknown): Promise<string | null> => {
    const row = Number(item ?? 0) === 0 ? null : await first('ITEM', 'Iid', item)
    return row ? text(row.idesc) : null
  }
  const quoteLines = async (id: number): Promise<LookedAtLine[]> => {
    const rows = inOrder(await tables.rows('QUOTATIONDETAIL', 'QDQHid', id), 'QDsortseq')
    return Promise.all(
      rows.map(async (row) => ({
        description: text(row.QDDesc),
        price: Number(row.QDPrice),
        quantity: Number(row.QDQuantity),
        discount: Number(row.QDDiscount),
        billingPeriod: Number(row.QDBillingPeriod),
        isHeading: row.QDIsGroupDesc === 1,
        product: await productName(row.QDItemid),
      })),
    )
  }
  const orderLines = async (id: number): Promise<LookedAtLine[]> => {
    const rows = inOrder(await tables.rows('ORDERLINE', 'OLid', id), 'OLsortseq')
    return Promise.all(
      rows.map(async (row) => ({
        description: text(row.OLDesc),
        price: Number(row.OLSellingPrice),
        quantity: Number(row.OLorderqty),
        discount: Number(row.oldiscount),
        billingPeriod: Number(row.OLBillingPeriod),
        isHeading: row.OLIsGroupDesc === 1,
        product: await productName(row.OLitem),
      })),
    )
  }
  let groups = 500
  return {
    halo,
    again,
    close,
    look: (entity, haloId) => look[entity](haloId),
    count: (entity) => tables.count(mainTable[entity]),
    setStatus: (entity, id, status) =>
      entity === 'quotes'
        ? tables.run({ update: 'QUOTATIONHEADER', set: { QHstatus: status }, key: 'QHid', id })
        : tables.run({ update: 'ORDERHEAD', set: { OHUserStatus: status }, key: 'OHid', id }),
    unsign: (id) => tables.run({ update: 'ORDERHEAD', set: { OHsummary: 0 }, key: 'OHid', id }),
    touch: (entity, id) => {
      const { update, column, key } = untouched[entity]
      return tables.run({ update, set: { [column]: 2 }, key, id })
    },
    newGroup: async (name) => {
      groups += 1
      await tables.insert('GENERIC', { Ggeneric: groups, gdesc: name })
      return groups
    },
  }
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
const date = (value: unknown): string => readDate(text(value)) ?? ''
const inOrder = (rows: readonly FoundRow[], column: string): FoundRow[] =>
  [...rows].sort((a, b) => Number(a[column]) - Number(b[column]))

/** What an empty Halo has from the start: statuses of quotes (LOOKUP 39) and orders (34). */
export async function insertStatuses(tables: Tables): Promise<void> {
  for (const [list, names] of [
    [39, ['Draft', 'Sent', 'Viewed', 'Accepted', 'Awaiting approval', 'Approved', 'Declined']],
    [34, ['New', 'Approved', 'Processed', 'Completed', 'Cancelled']],
  ] as const) {
    for (const [code, name] of names.entries())
      await tables.insert('LOOKUP', { fid: list, fcode: code, fvalue: name })
  }
}
