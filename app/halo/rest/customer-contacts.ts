import type { HaloContact, HaloCustomer } from '../../model/halo.ts'
import type { HaloObject } from './answers.ts'
import type { Person } from './context.ts'
import type { Present } from './customer-current.ts'
import { filled } from './customer-fields.ts'
import { type Draft, type Fields, text } from './fields.ts'
import { findPerson } from './people.ts'

const userFields: Fields = {
  name: text(255),
  firstname: text(200),
  surname: text(200),
  emailaddress: text(4000),
  phonenumber: text(4000),
  mobilenumber: text(4000),
}
/** A contact to make (`person` null) or to change. */
export type PersonPlan = {
  readonly person: Person | null
  readonly contact: HaloContact
  readonly set: HaloObject
}

/** A customer's contacts, matched with those that its client has; who is there and unknown to Commerce stays. */
export function planContacts(draft: Draft, record: HaloCustomer, present: Present): PersonPlan[] {
  const known = present.client?.people ?? []
  const taken = new Set<Person>()
  const pairs = record.contacts.map((contact) => ({ contact, person: null as Person | null }))
  // Those with an e-mail address choose first: of two of one name the other one is whoever is left.
  for (const pair of pairs.toSorted(
    (a, b) => Number(a.contact.email === '') - Number(b.contact.email === ''),
  )) {
    const { contact } = pair
    const found = findPerson(known, contact, (one) => taken.has(one))
    pair.person = found ?? standIn(record, contact, present, known)
    if (pair.person) taken.add(pair.person)
  }
  return pairs.flatMap(({ contact, person }, at) => {
    // Somebody is there already; the nameless contact was only to give the customer one.
    if (!person && isStandIn(record, contact) && known.length > 0) return []
    const row = person?.row
    const current = row
      ? {
          name: row.name,
          firstname: row.firstName,
          surname: row.lastName,
          emailaddress: row.email,
          phonenumber: row.phone,
          mobilenumber: row.mobile,
        }
      : null
    const isSameEmail = person !== null && person.email === contact.email.toLowerCase()
    const set = draft.set(`Users#${at + 1}`, userFields, current, {
      name: contact.name || contact.email || record.name,
      firstname: filled(contact.firstName),
      surname: filled(contact.lastName),
      emailaddress: isSameEmail ? null : filled(contact.email),
      phonenumber: filled(contact.phone),
      mobilenumber: filled(contact.mobile),
    })
    return [{ person, contact, set }]
  })
}

/** The contact that a customer without contacts gets, named like itself. */
const isStandIn = (record: HaloCustomer, contact: HaloContact): boolean =>
  contact.commerceId === null && contact.email === '' && contact.name === record.name

/** The one that was made under the customer's former name. */
function standIn(
  record: HaloCustomer,
  contact: HaloContact,
  present: Present,
  known: readonly Person[],
): Person | null {
  if (!isStandIn(record, contact) || !present.client) return null
  const former = findPerson(known, { name: present.client.name, email: '' })
  return former?.email === '' ? former : null
}
