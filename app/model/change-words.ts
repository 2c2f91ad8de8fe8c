import { haloFields } from './halo-fields.ts'
import type { FieldChange } from './outcome.ts'

/** How a value is to be shown. `technical`: a key or a reference, which tells a person nothing. */
type ValueKind =
  | 'text'
  | 'money'
  | 'number'
  | 'percent'
  | 'date'
  | 'yes/no'
  | 'quote status'
  | 'order status'
  | 'group'
  | 'period'
  | 'technical'

/** A changed field in words: the part of the record that it belongs to ("Quote", "Line 3") and what it is called. */
type ChangeName = { readonly part: string; readonly label: string; readonly kind: ValueKind }

type Field = readonly [label: string, kind?: ValueKind]

const line: Readonly<Record<string, Field>> = {
  productcode: ['Product number'],
  desc: ['Description'],
  note: ['Note'],
  price: ['Unit price', 'money'],
  sellingprice: ['Unit price', 'money'],
  quantity: ['Quantity', 'number'],
  orderqty: ['Quantity', 'number'],
  tax: ['Tax', 'money'],
  tax_rate: ['Tax rate', 'percent'],
  discount: ['Discount a unit', 'money'],
  billingperiod: ['Billing period', 'period'],
  periods: ['Number of periods', 'number'],
  optional: ['Optional', 'yes/no'],
  linerecurring: ['Recurring', 'yes/no'],
  isgroupdesc: ['Heading', 'yes/no'],
}

const delivery = (prefix: string): Record<string, Field> =>
  Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`${prefix}${n}`, [`Delivery address, line ${n}`]]))

const extras = (table: 'AREA' | 'SITE'): Record<string, Field> =>
  Object.fromEntries(
    haloFields
      .filter((field) => field.table === table)
      .map(({ column, label, type }) => [
        column.toLowerCase(),
        [
          label,
          type === 'yes/no'
            ? 'yes/no'
            : type === 'date'
              ? 'date'
              : type.includes('number')
                ? 'number'
                : 'text',
        ],
      ]),
  )

/** Halo's tables as a person calls them; columns in lower case. What is not named here is a key or a link, except custom fields. */
const tables: Readonly<
  Record<string, { readonly part: string; readonly fields: Readonly<Record<string, Field>> }>
> = {
  QUOTATIONHEADER: {
    part: 'Quote',
    fields: {
      qhtitle: ['Title'],
      qhthirdpartynumber: ['Quote number'],
      qhstatus: ['Status', 'quote status'],
      qhdate: ['Date', 'date'],
      qhexpirydate: ['Valid until', 'date'],
      qhporef: ['Reference'],
      qhnote: ['Note'],
      qhcarriagedesc: ['Delivery'],
      qhcarriageprice: ['Delivery, before tax', 'money'],
      ...delivery('qhdeladdress'),
    },
  },
  QUOTATIONDETAIL: { part: 'Line', fields: line },
  ORDERHEAD: {
    part: 'Sales order',
    fields: {
      ohtitle: ['Title'],
      ohsummary: ['Order number'],
      ohponumber: ["Customer's reference"],
      ohuserstatus: ['Status', 'order status'],
      ohorderdate: ['Date', 'date'],
      ohnote: ['Note'],
      ohusername: ['Contact'],
      ...delivery('ohdeladdress'),
    },
  },
  ORDERLINE: { part: 'Line', fields: line },
  AREA: {
    part: 'Customer',
    fields: {
      ...extras('AREA'),
      aareadesc: ['Name'],
      aarearef: ['Account number'],
      aisinactive: ['Inactive', 'yes/no'],
    },
  },
  SITE: { part: 'Site', fields: { ...extras('SITE'), sdesc: ['Name'], sisinactive: ['Inactive', 'yes/no'] } },
  ADDRESSSTORE: {
    part: 'Address',
    fields: {
      asline1: ['Street'],
      asline2: ['Street, line 2'],
      asline3: ['Town'],
      asline4: ['Region or country'],
      asline5: ['Postcode'],
    },
  },
  USERS: {
    part: 'Contact',
    fields: {
      uusername: ['Name'],
      ufirstname: ['First name'],
      ulastname: ['Last name'],
      uemail: ['E-mail'],
      uextn: ['Telephone'],
      umobile: ['Mobile'],
      uinactive: ['Inactive', 'yes/no'],
    },
  },
  ITEM: {
    part: 'Product',
    fields: {
      idesc: ['Name'],
      iexternalreference: ['SKU'],
      igeneric: ['Product group', 'group'],
      ibaseprice: ['Price', 'money'],
      irecurringprice: ['Recurring price', 'money'],
      iisrecurringitem: ['Recurring', 'yes/no'],
      idefaultbillingperiod: ['Billing period', 'period'],
      idoesnotneedconsigning: ['Needs no consignment', 'yes/no'],
      iserialiseonlyone: ['Serialised', 'yes/no'],
      itaxable: ['Taxable', 'yes/no'],
      idatecreated: ['Created', 'date'],
      ilastmodified: ['Changed', 'date'],
      idefaultsupplierpartcode: ["Supplier's number"],
    },
  },
}

/** Line columns differ between the tables in their first letters alone. */
const linePrefix = /^(qd|ol)/
const fieldName = /^(\w+)(?:#(\d+))?(?:\.(\w+))?$/

/** What a changed field is called. A field of a table that is not known here keeps its own name, so nothing is hidden that might matter. */
export function nameOfChange(field: string): ChangeName {
  const [, table = '', number, column] = fieldName.exec(field) ?? []
  const known = tables[table.toUpperCase()]
  if (!known) return { part: '', label: field, kind: 'text' }
  const part = number === undefined ? known.part : `${known.part} ${number}`
  if (column === undefined) return { part, label: 'Removed', kind: 'text' }
  const key = known.part === 'Line' ? column.toLowerCase().replace(linePrefix, '') : column.toLowerCase()
  const found = known.fields[key]
  if (found) return { part, label: found[0], kind: found[1] ?? 'text' }
  const custom = /^CF(.+)$/i.exec(column)?.[1]
  return custom ? { part, label: custom, kind: 'text' } : { part, label: column, kind: 'technical' }
}

const isEmpty = (value: FieldChange['before']): boolean => value === null || value === '' || value === 0

/** Whether a change says something to a person: no key, and not from nothing to nothing (a new row's zeros). */
export const isTelling = ({ field, before, after }: FieldChange): boolean =>
  nameOfChange(field).kind !== 'technical' && !(isEmpty(before) && isEmpty(after))

/** Halo's codes of billing periods. */
const periods: Readonly<Record<number, string>> = { 0: 'one-off', 2: 'monthly', 3: 'yearly', 4: 'quarterly' }

/** What numbers stand for, where Halo was asked. */
export type ValueNames = {
  readonly quoteStatus: ReadonlyMap<number, string>
  readonly orderStatus: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
}
export type ValueFormat = {
  readonly money: (value: number) => string
  readonly number: (value: number) => string
  readonly date: (iso: string) => string
}

/** A value as a person reads it; null for an empty one. Anything unexpected is shown as it is. */
export function sayValue(
  value: FieldChange['before'],
  kind: ValueKind,
  names: ValueNames,
  format: ValueFormat,
): string | null {
  if (value === null || value === '') return null
  const number = Number(value)
  const isNumber = typeof value === 'number' || Number.isFinite(number)
  if (kind === 'date') return dateOf(String(value), format)
  if (!isNumber) return String(value)
  const named = {
    'quote status': names.quoteStatus.get(number),
    'order status': names.orderStatus.get(number),
    group: names.groups.get(number),
    period: periods[number],
    'yes/no': number === 0 ? 'no' : 'yes',
    money: format.money(number),
    number: format.number(number),
    percent: `${format.number(number)} %`,
  }
  return (kind in named ? named[kind as keyof typeof named] : undefined) ?? String(value)
}

/** Halo's dates have no zone and are UTC (docs/architecture.md); some dialects write a blank for the T. */
function dateOf(text: string, format: ValueFormat): string {
  const iso = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)
    ? `${text.replace(' ', 'T')}Z`
    : text
  return Number.isNaN(Date.parse(iso)) ? text : format.date(iso)
}
