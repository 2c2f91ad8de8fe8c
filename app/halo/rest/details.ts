import { ok, type Result } from '../../model/fault.ts'
import { type HaloObject, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import type { OwnedKind } from './find.ts'
import { askReport } from './report.ts'

/** Columns of AREA by the API's name of the property, or by the custom field's name ("CFregion"). */
export type MappedColumns = Readonly<Record<string, string>>

/** A date as ISO text, whatever the report designer makes of dates. */
const dated = (column: string): string => `CONVERT(VARCHAR(23), ${column}, 126)`

type Place = {
  readonly table: string
  readonly key: string
  readonly columns: Readonly<Record<string, string>>
}

/** The properties that are compared before a write, by the database's columns behind them (apis.md §3.2). No cost. */
const places: Readonly<Record<OwnedKind, Place>> = {
  customers: {
    table: 'AREA',
    key: 'Aarea',
    columns: {
      name: 'aareadesc',
      ref: 'Aarearef',
      tax_number: 'axerotaxnumber',
      datto_commerce_id: 'adattocommerceid',
      datto_commerce_url: 'adattocommerceurl',
      dattocommerce_tenantid: 'adattocommercetenantid',
    },
  },
  products: {
    table: 'ITEM',
    key: 'Iid',
    columns: {
      name: 'idesc',
      assetgroup_id: 'Igeneric',
      baseprice: 'Ibaseprice',
      recurringprice: 'IRecurringPrice',
      isrecurringitem: 'IIsRecurringItem',
      item_default_billing_period: 'idefaultbillingperiod',
      taxcode: 'Itaxcode',
      externalreference: 'IExternalReference',
      doesnotneedconsigning: 'IDoesNotNeedConsigning',
      serialise_only_one: 'iserialiseonlyone',
      datecreated: dated('idatecreated'),
      lastmodified: dated('ilastmodified'),
      third_party_id: 'ithirdpartyid',
      dattocommerce_tenant: 'idattocommercetenant',
      supplier_id: 'Isupplier',
      supplier_part_code: 'idefaultsupplierpartcode',
    },
  },
  quotes: {
    table: 'QUOTATIONHEADER',
    key: 'QHid',
    columns: {
      title: 'QHtitle',
      status: 'QHstatus',
      date: dated('QHDate'),
      expiry_date: dated('QHExpiryDate'),
      note: 'QHNote',
      user_id: 'QHUserID',
      carriage_desc: 'QHCarriageDesc',
      carriage_price: 'QHCarriagePrice',
      deladdress1: 'qhdeladdress1',
      deladdress2: 'qhdeladdress2',
      deladdress3: 'qhdeladdress3',
      deladdress4: 'qhdeladdress4',
      deladdress5: 'qhdeladdress5',
      third_party_number: 'QHThirdPartyNumber',
      third_party_url: 'QHThirdPartyURL',
      datto_commerce_id: 'qhdattocommerceid',
      datto_commerce_url: 'qhdattocommerceurl',
      dattocommerce_tenantid: 'qhdattocommercetenantid',
    },
  },
}

const lineColumns = {
  id: 'QDid',
  quote_id: 'QDQHid',
  item_id: 'QDItemid',
  productcode: 'QDProductCode',
  name: 'QDDesc',
  note: 'QDNote',
  price: 'QDPrice',
  quantity: 'QDQuantity',
  tax: 'QDTax',
  tax_rate: 'qdtax_rate',
  discount: 'QDDiscount',
  billingperiod: 'QDBillingPeriod',
  line_periods: 'qdperiods',
  optional: 'qdOptional',
  group_id: 'QDGroupID',
  isgroupdesc: 'QDIsGroupDesc',
  printitem: 'QDPrintItem',
  sort_seq: 'QDsortseq',
}

/**
 * Many records with their details in a few questions, in the form in which a GET tells one. Faults: halo-refused when this Halo has not all of the columns.
 * Not for orders: which of ORDERLINE's three numbers the API calls a line's id is not known, and a line must not be taken for another.
 */
export async function readByReport(
  api: HaloApi,
  kind: OwnedKind,
  keys: readonly number[],
  mapped: MappedColumns,
): Promise<Result<ReadonlyMap<number, HaloObject>>> {
  const { table, key, columns } = places[kind]
  const heads = await askReport(api, { table, columns: { id: key, ...columns, ...mapped }, where: key, keys })
  if (!heads.ok) return heads
  const lines = kind === 'quotes' ? await linesByReport(api, keys) : ok(null)
  if (!lines.ok) return lines
  return ok(
    new Map(
      heads.value.flatMap((row) => {
        const id = wholeOf(row.id)
        if (id === null) return []
        const whole = { ...row, id, customfields: customFieldsOf(row, mapped) }
        return [[id, lines.value ? { ...whole, lines: lines.value.get(id) ?? [] } : whole] as const]
      }),
    ),
  )
}

async function linesByReport(
  api: HaloApi,
  keys: readonly number[],
): Promise<Result<ReadonlyMap<number, readonly HaloObject[]>>> {
  const rows = await askReport(api, { table: 'QUOTATIONDETAIL', columns: lineColumns, where: 'QDQHid', keys })
  if (!rows.ok) return rows
  const whole = rows.value.map((row) => ({ ...row, id: wholeOf(row.id) }))
  return ok(Map.groupBy(whole, (row) => wholeOf((row as HaloObject).quote_id) ?? 0))
}

/** A client's custom fields are columns of its own row in the database. */
const customFieldsOf = (row: HaloObject, mapped: MappedColumns): HaloObject[] =>
  Object.keys(mapped)
    .filter((name) => /^CF/i.test(name))
    .map((name) => ({ name, value: row[name] }))

/** Main sites with telephone and address, by the site's key. */
export async function sitesByReport(
  api: HaloApi,
  siteIds: readonly number[],
): Promise<Result<ReadonlyMap<number, HaloObject>>> {
  const sites = await askReport(api, {
    table: 'SITE',
    columns: { id: 'Ssitenum', phonenumber: 'SPhoneNumber' },
    where: 'Ssitenum',
    keys: siteIds,
  })
  if (!sites.ok) return sites
  const addresses = await askReport(api, {
    table: 'ADDRESSSTORE',
    columns: {
      site_id: 'ASSiteID',
      line1: 'ASLine1',
      line2: 'ASLine2',
      line3: 'ASLine3',
      line4: 'ASLine4',
      postcode: 'ASLine5',
      primary: 'ASPrimary',
    },
    where: 'ASSiteID',
    keys: siteIds,
  })
  if (!addresses.ok) return addresses
  // The address in use first.
  const bySite = Map.groupBy(
    addresses.value.toSorted((a, b) => Number(isSet(b.primary)) - Number(isSet(a.primary))),
    (row) => wholeOf(row.site_id),
  )
  return ok(
    new Map(
      sites.value.flatMap((row) => {
        const id = wholeOf(row.id)
        if (id === null) return []
        const address = bySite.get(id)?.[0]
        return [
          [
            id,
            { id, phonenumber: textOf(row.phonenumber), ...(address ? { delivery_address: address } : {}) },
          ] as const,
        ]
      }),
    ),
  )
}

const isSet = (value: unknown): boolean =>
  value === true || (Number(value ?? 0) !== 0 && !Number.isNaN(Number(value)))
