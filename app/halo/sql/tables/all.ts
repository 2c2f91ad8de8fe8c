import type { TableSpec } from '../schema.ts'
import { addressstore, area, site, users } from './customers.ts'
import { orderhead, orderline } from './orders.ts'
import { company, generic, item } from './products.ts'
import { quotationdetail, quotationheader } from './quotes.ts'
import {
  currency,
  dattoCommerceDetails,
  externalLink,
  faults,
  fieldinfo,
  integrationFieldMapping,
  lookup,
  tax,
  tstatus,
} from './settings.ts'

/** Every table this program knows; the embedded Halo has these and no others. */
export const halo = {
  area,
  site,
  address: addressstore,
  user: users,
  group: generic,
  item,
  quote: quotationheader,
  quoteLine: quotationdetail,
  order: orderhead,
  orderLine: orderline,
  tenant: dattoCommerceDetails,
  fieldMapping: integrationFieldMapping,
  field: fieldinfo,
  lookup,
  ticket: faults,
  ticketStatus: tstatus,
  tax,
  currency,
  link: externalLink,
  supplier: company,
} as const satisfies Record<string, TableSpec>

export type TableName = keyof typeof halo

export const tableNames = Object.keys(halo) as readonly TableName[]

/** Parents before children: the order in which one batch is written. */
export const writtenTables = [
  'tenant',
  'area',
  'site',
  'address',
  'user',
  'group',
  'item',
  'quote',
  'quoteLine',
  'order',
  'orderLine',
] as const satisfies readonly TableName[]
