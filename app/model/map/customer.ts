import type { Contact, CustomerAddress } from '../commerce.ts'
import { type CustomerSource, firstById } from '../commerce-fields.ts'
import type { Fault } from '../fault.ts'
import type { HaloAddress, HaloContact, HaloCustomer } from '../halo.ts'
import type { Tenant } from '../tenant.ts'
import { line, normalEmail, splitName } from '../text.ts'
import { isAddressEmpty, joined, mapAddress } from './address.ts'
import { extraFields } from './extra.ts'
import { limits } from './limits.ts'
import { fillLink } from './link.ts'

export type { CustomerSource } from '../commerce-fields.ts'

/** What Halo calls the site of a client that has one. */
const siteName = 'Main'

/**
 * A customer with its contacts and address as Halo keeps it. Contacts and addresses of other customers (a filter that the server ignored)
 * are left out. Never throws; the same input gives the same output.
 */
export function mapCustomer(source: CustomerSource, tenant: Tenant): HaloCustomer {
  const own = ownOf(source)
  const { customer } = own
  const name = customerName(own)
  return {
    commerceId: customer.id,
    url: customerLink(own, tenant, tenant.mapping.interpretation.customerLink),
    name,
    reference: line(customer.accountNumber, limits.reference),
    taxNumber: line(customer.taxNumber, limits.reference),
    siteName,
    address: addressOf(own),
    contacts: contactsOf(own.contacts, name),
    extra: extraFields(tenant.mapping.customerFields, own).extra,
  }
}

/** What was degraded in a customer: mapped fields that are unknown, too long or of another type. */
export function notesOnCustomer(source: CustomerSource, tenant: Tenant): readonly Fault[] {
  return extraFields(tenant.mapping.customerFields, ownOf(source)).notes
}

/** Where a person raises a quote for this customer in Commerce; '' when the template gives no allowed address. */
export const raiseQuoteLink = (source: Pick<CustomerSource, 'customer'>, tenant: Tenant): string =>
  customerLink(source, tenant, tenant.mapping.interpretation.raiseQuoteLink)

function customerLink(
  { customer }: Pick<CustomerSource, 'customer'>,
  tenant: Tenant,
  template: string,
): string {
  return fillLink(template, {
    base: tenant.instanceUrl,
    id: customer.id,
    code: customer.accountNumber,
    quoteNumber: '',
  })
}

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id

function ownOf(source: CustomerSource): CustomerSource {
  const isOwn = (each: Contact | CustomerAddress): boolean => each.customerID === source.customer.id
  return {
    customer: source.customer,
    contacts: source.contacts.filter(isOwn).sort(byId),
    addresses: source.addresses.filter(isOwn).sort(byId),
  }
}

function customerName({ customer }: CustomerSource): string {
  const name = line(customer.name, limits.customerName)
  const number = line(customer.accountNumber, limits.reference)
  return name || `Customer ${number || customer.id}`
}

/** The billing address; where there is none, the first of the customer's addresses. */
function addressOf({ customer, addresses }: CustomerSource): HaloAddress {
  const billing = mapAddress({
    street: customer.billingAddress,
    city: customer.billingCity,
    state: customer.billingState,
    country: customer.billingCountry,
    postalCode: customer.billingPostalCode,
  })
  const other = isAddressEmpty(billing) ? firstById(addresses) : undefined
  return other ? mapAddress({ ...other, street: other.address }) : billing
}

/**
 * One contact per e-mail, and per name where there is no e-mail: Halo's are found by these, so two alike would overwrite each other at
 * every run. The one with the lowest id stays.
 */
function contactsOf(contacts: readonly Contact[], customer: string): HaloContact[] {
  const mapped = contacts.map((contact) => mapContact(contact, customer))
  const emails = new Set<string>()
  const names = new Set<string>(mapped.filter((each) => each.email !== '').map(nameKey))
  const kept = mapped.filter((each) => {
    const [seen, key] = each.email === '' ? [names, nameKey(each)] : [emails, each.email]
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return kept.length > 0 ? kept : [contactNamed(customer)]
}

const nameKey = (contact: HaloContact): string => contact.name.toLowerCase()

function mapContact(contact: Contact, customer: string): HaloContact {
  const email = normalEmail(contact.email)
  const typed = line(joined(' ', contact.firstName, contact.lastName), limits.contactName)
  const name = typed || email || customer
  // Some people type the whole name into one of the two fields.
  const isWhole = contact.firstName.trim() === '' || contact.lastName.trim() === ''
  const parts = isWhole ? splitName(typed) : { first: contact.firstName, last: contact.lastName }
  return {
    commerceId: contact.id,
    name,
    firstName: line(parts.first, limits.firstName),
    lastName: line(parts.last, limits.lastName),
    email,
    phone: line(contact.phone, limits.phone),
    mobile: line(contact.mobile, limits.phone),
  }
}

/** A customer without contacts gets one named like itself: a quote belongs to a customer through its contact. */
const contactNamed = (name: string): HaloContact => ({
  commerceId: null,
  name,
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  mobile: '',
})
