import type { Contact, Customer, CustomerAddress } from './commerce.ts'

/**
 * The Commerce fields that can be mapped to a field of a Halo client: those of the customer, and of its first contact and first address
 * (lowest id), because Halo's client has room for one of each.
 */
type CommerceFieldType = 'text' | 'number' | 'yes/no' | 'date'

export type CommerceField = {
  /** What a mapping stores in `from.name`: "taxNumber", "contact.email", "address.city". */
  readonly name: string
  readonly label: string
  readonly type: CommerceFieldType
}

export type CustomerSource = {
  readonly customer: Customer
  readonly contacts: readonly Contact[]
  readonly addresses: readonly CustomerAddress[]
}

type Rows<T> = readonly (readonly [keyof T & string, string, CommerceFieldType])[]

const customerRows: Rows<Customer> = [
  ['name', 'Name', 'text'],
  ['accountNumber', 'Account number', 'text'],
  ['taxNumber', 'Tax number', 'text'],
  ['billingAddress', 'Billing address: street', 'text'],
  ['billingCity', 'Billing address: city', 'text'],
  ['billingState', 'Billing address: state', 'text'],
  ['billingCountry', 'Billing address: country', 'text'],
  ['billingPostalCode', 'Billing address: postal code', 'text'],
  ['priceGroup', 'Price group (1 standard, 2 group 1, 3 group 2)', 'number'],
  ['hasCreditLimit', 'Has a credit limit', 'yes/no'],
  ['ownerEmployeeID', 'Owner (employee id)', 'number'],
  ['id', 'Commerce id', 'number'],
  ['createDate', 'Created', 'date'],
  ['modifiedDate', 'Last changed', 'date'],
]
const contactRows: Rows<Contact> = [
  ['firstName', 'First contact: first name', 'text'],
  ['lastName', 'First contact: last name', 'text'],
  ['email', 'First contact: e-mail', 'text'],
  ['phone', 'First contact: phone', 'text'],
  ['mobile', 'First contact: mobile', 'text'],
  ['autoSendInvoice', 'First contact: gets invoices by itself', 'yes/no'],
  ['inviteDate', 'First contact: invited', 'date'],
  ['lastLoginDate', 'First contact: last login', 'date'],
]
const addressRows: Rows<CustomerAddress> = [
  ['contactName', 'First address: contact', 'text'],
  ['address', 'First address: street', 'text'],
  ['city', 'First address: city', 'text'],
  ['state', 'First address: state', 'text'],
  ['country', 'First address: country', 'text'],
  ['postalCode', 'First address: postal code', 'text'],
  ['deliveryInstruction', 'First address: delivery instruction', 'text'],
]

type Value = string | number | boolean | null
type Reader = { readonly field: CommerceField; readonly read: (source: CustomerSource) => Value }

function readers<T>(
  prefix: string,
  rows: Rows<T>,
  pick: (source: CustomerSource) => T | undefined,
): Reader[] {
  return rows.map(([key, label, type]) => ({
    field: { name: prefix + key, label, type },
    read: (source) => (pick(source)?.[key] ?? null) as Value,
  }))
}

/** The record with the lowest id. */
export const firstById = <T extends { readonly id: number }>(records: readonly T[]): T | undefined =>
  records.reduce<T | undefined>((first, each) => (first && first.id <= each.id ? first : each), undefined)

const all = [
  ...readers('', customerRows, (source) => source.customer),
  ...readers('contact.', contactRows, (source) => firstById(source.contacts)),
  ...readers('address.', addressRows, (source) => firstById(source.addresses)),
]
const byName = new Map(all.map((reader) => [reader.field.name, reader]))

/** In the order in which a screen lists them. */
export const commerceFields: readonly CommerceField[] = all.map((reader) => reader.field)

export const commerceField = (name: string): CommerceField | null => byName.get(name)?.field ?? null

/** The value of a field, null when it is empty ('' too) or the customer has no contact or address; undefined for an unknown field. */
export function readCommerceField(name: string, source: CustomerSource): Value | undefined {
  const value = byName.get(name)?.read(source)
  return value === '' ? null : value
}
