import type { Dice } from './dice.ts'
import { isoOf, yearOne } from './ground.ts'
import type { Lay } from './lay.ts'
import type { Rows } from './rows.ts'
import { companyFirst, companyLast, firstNames, lastNames, type Place, places, streets } from './words.ts'

/** ASCII letters of a name, for the left side of a mail address; never empty. */
const plain = (name: string, otherwise: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '') || otherwise

/** House number and street. */
export const streetOf = (r: Dice): string => `${r.int(1, 240)} ${r.pick(streets)}`

/** Where a customer is, which also says its tax rate. */
export const placeOf = (lay: Lay, customer: number): Place => lay.roll('customer', customer, 1).pick(places)

export function employee(lay: Lay, index: number): Rows['employee'] {
  const r = lay.roll('employee', index)
  const firstName = r.pick(firstNames)
  const at = lay.stamps('employee', index)
  return {
    id: lay.idOf('employee', index),
    firstName,
    lastName: r.pick(lastNames),
    email: `${plain(firstName, 'staff')}${index}@reseller.example`,
    isActive: r.chance(0.85),
    visibility: r.int(0, 1),
    lastLoginDate: r.chance(0.2) ? null : isoOf(at.modifiedMs),
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

/** One of the employees, or nobody. */
export const ownerOf = (lay: Lay, r: Dice): number | null =>
  r.chance(0.3) ? null : lay.idOf('employee', r.int(0, lay.counts.employee - 1))

export function customer(lay: Lay, index: number): Rows['customer'] {
  const r = lay.roll('customer', index)
  const place = placeOf(lay, index)
  const at = lay.stamps('customer', index)
  const country = place.country.slice(0, 2).toUpperCase()
  return {
    id: lay.idOf('customer', index),
    accountNumber: `C${String(10_000 + index)}`,
    name: `${r.pick(companyFirst)} ${r.pick(companyLast)}`,
    ownerEmployeeID: ownerOf(lay, r),
    taxNumber: r.chance(0.4) ? null : `${country}${r.int(10_000_000, 99_999_999)}`,
    billingAddress: r.chance(0.1) ? null : `${streetOf(r)}\r\nFloor ${r.int(1, 9)}`,
    billingCity: place.city,
    billingState: place.state,
    billingCountry: place.country,
    billingPostalCode: place.postalCode,
    priceGroup: r.int(1, 3),
    hasCreditLimit: r.chance(0.25),
    createDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function contact(lay: Lay, index: number): Rows['contact'] {
  const r = lay.roll('contact', index)
  const at = lay.stamps('contact', index)
  const parent = lay.contacts.parentOf(index)
  const firstName = r.pick(firstNames)
  const own = `${plain(firstName, 'contact')}.${index}@customer${parent}.example`
  return {
    id: lay.idOf('contact', index),
    customerID: lay.idOf('customer', parent),
    // A book-keeper who serves several customers: one address, several contacts.
    email: r.chance(0.08) ? 'accounts@shared-books.example' : r.chance(0.1) ? null : own,
    firstName: r.chance(0.05) ? null : firstName,
    lastName: r.chance(0.08) ? null : r.pick(lastNames),
    phone: r.chance(0.4) ? null : `+44 20 7946 0${r.int(100, 999)}`,
    mobile: r.chance(0.6) ? null : `07700 900${r.int(100, 999)}`,
    autoSendInvoice: r.chance(0.3),
    inviteDate: r.chance(0.6) ? null : isoOf(at.createdMs),
    lastLoginDate: r.chance(0.5) ? null : r.chance(0.5) ? yearOne : isoOf(at.modifiedMs),
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function customerAddress(lay: Lay, index: number): Rows['customeraddress'] {
  const r = lay.roll('customeraddress', index)
  const at = lay.stamps('customeraddress', index)
  const place = r.pick(places)
  return {
    id: lay.idOf('customeraddress', index),
    customerID: lay.idOf('customer', lay.addresses.parentOf(index)),
    contactName: r.chance(0.4) ? null : `${r.pick(firstNames)} ${r.pick(lastNames)}`,
    address: streetOf(r),
    city: place.city,
    state: place.state,
    country: place.country,
    postalCode: place.postalCode,
    deliveryInstruction: r.chance(0.8) ? null : 'Ring twice; goods lift at the back',
    createDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}
