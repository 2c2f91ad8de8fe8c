import type { ResourceName } from '../resources/resource.ts'
import type { AnyRow } from './rows.ts'

/** What is known or feared of the real server, each off unless asked for. May be changed while the sample API runs. */
export type Quirks = {
  /** `?quoteID=` and its like are ignored: the whole list comes back (a live user saw it, apis.md §1.3). */
  ignoreParentFilters?: boolean
  /** `page` is ignored: every page is the first. */
  ignorePages?: boolean
  /** Enumerations as the vendor's document writes them, "3 - Won". */
  enumLabels?: boolean
  /** Every fifth id has values of enumerations that nobody documented. */
  unknownEnums?: boolean
  /** Fields without a value are left out instead of null. */
  absentFields?: boolean
  datesWithoutZone?: boolean
  /** How a 429 says when to come back; the vendor documents nothing. Default: seconds. */
  retryAfter?: 'seconds' | 'date' | 'none'
  /** While a list is read, a record appears at its front before each even page and is gone again before the next odd one. */
  shiftingLists?: boolean
  /** Errors come as web pages. */
  htmlErrors?: boolean
  /** The nth request (from 1), or every one, is answered 200 with a web page, as a portal's log-in page would be. */
  htmlAt?: number | 'always'
  /** The nth request (from 1) is answered with JSON that stops in the middle. */
  truncatedJsonAt?: number
  /** One record (the list's first unless `id` says which) comes with these fields instead of its own. */
  brokenRecord?: {
    readonly resource: ResourceName
    readonly id?: number
    readonly fields?: AnyRow
  }
  /** Every nth request fails with 500. */
  failEvery?: number
  /** Wait before every answer. */
  delayMs?: number
}

const recurring = ['Monthly', 'Quarterly', 'Yearly']
const discount = ['Percentage', 'FixedValue']
type Labels = Readonly<Record<string, Readonly<Record<number, string>>>>
/** Enumerations by list and field, with the vendor's labels. */
const labels: Partial<Record<ResourceName, Labels>> = {
  customer: { priceGroup: { 1: 'Standard', 2: 'Group1', 3: 'Group2' } },
  category: { type: ['Normal', 'Link'] },
  employee: { visibility: ['EntireCompany', 'Owner'] },
  product: { type: ['Physical', 'NonPhysical', 'Service', 'Bundle'], recurringType: recurring },
  quote: {
    status: {
      0: 'Draft',
      1: 'Sent',
      2: 'Viewed',
      3: 'Won',
      4: 'PendingApproval',
      5: 'Approved',
      90: 'Declined',
    },
    deliveryType: ['Customer', 'Warehouse', 'Pickup'],
  },
  quotesection: {
    type: { 0: 'Products', 1: 'Text', 2: 'Acceptance', 3: 'Splash', 4: 'Labor', [-1]: 'NotSet' },
  },
  quoteline: { recurringType: recurring, discountMethod: discount },
  salesorder: {
    status: { 1: 'Draft', 2: 'Approved', 3: 'Processed', 90: 'Cancelled' },
    fulfillmentStatus: ['None', 'Fulfilled', 'Partial'],
    entryType: ['Unknown', 'CustomerEntered', 'EmployeeEntered'],
  },
  salesorderline: { recurringType: recurring, discountMethod: discount },
  salesorderpayment: { type: ['Account', 'Stripe', 'Manual'] },
  purchaseorder: {
    type: ['Normal', 'DropShip'],
    status: { 0: 'Draft', 1: 'Approved', 2: 'Received', 90: 'Cancelled' },
  },
}

const defaultBreak: AnyRow = { modifiedDate: 42, isSelected: 'perhaps' }
const zoned = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function changeValue(
  name: ResourceName,
  field: string,
  value: unknown,
  row: AnyRow,
  quirks: Quirks,
): unknown {
  const known = labels[name]?.[field]
  if (known && typeof value === 'number') {
    if (quirks.unknownEnums && Number(row.id) % 5 === 0) return 77
    return quirks.enumLabels ? `${value} - ${known[value] ?? 'Other'}` : value
  }
  if (quirks.datesWithoutZone && typeof value === 'string' && zoned.test(value)) return value.slice(0, -1)
  return value
}

/** A record as a server with these quirks would send it; `isFirst` says whether it is the first of its list. */
export function bendRow(name: ResourceName, row: AnyRow, isFirst: () => boolean, quirks: Quirks): AnyRow {
  const { enumLabels, unknownEnums, absentFields, datesWithoutZone, brokenRecord } = quirks
  let bent = row
  if (enumLabels || unknownEnums || absentFields || datesWithoutZone) {
    const entries = Object.entries(row).filter(([, value]) => !absentFields || value !== null)
    bent = Object.fromEntries(
      entries.map(([field, value]) => [field, changeValue(name, field, value, row, quirks)]),
    )
  }
  if (brokenRecord?.resource !== name) return bent
  const isIt = brokenRecord.id === undefined ? isFirst() : brokenRecord.id === row.id
  return isIt ? { ...bent, ...(brokenRecord.fields ?? defaultBreak) } : bent
}
