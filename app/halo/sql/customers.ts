import type { HaloContact, HaloCustomer } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { type Context, groupBy, ownedKey, type Planner, rowsBy, tieTo } from './context.ts'
import type { Row } from './dialect.ts'
import { extraValues, type PlacedField, placeExtras, placeOf } from './extras.ts'
import { findOwned } from './identity.ts'
import {
  areaIdentity,
  type Client,
  findPerson,
  loadClients,
  type Person,
  personOf,
  planSite,
  refValue,
} from './people.ts'
import {
  type Draft,
  isInsert,
  newDraft,
  type Planned,
  type Ref,
  type RowPlan,
  rowKey,
  type Wanted,
} from './rows.ts'

const ownColumns = [
  'Aarea',
  'aareadesc',
  'Aarearef',
  'axerotaxnumber',
  'adattocommerceid',
  'adattocommerceurl',
  'adattocommercetenantid',
]
const addressColumns = [
  'ASID',
  'ASSiteID',
  'ASLine1',
  'ASLine2',
  'ASLine3',
  'ASLine4',
  'ASLine5',
  'ASPrimary',
]

/** What Halo has of one customer. */
type Present = { readonly area: Row | null; readonly client: Client | null; readonly address: Row | null }

/** AREA with its main site, that site's address, and the contacts. */
export const planCustomers: Planner<'customers'> = async (context, batch) => {
  const present = await loadPresent(context, batch)
  return batch.map(({ record }, at) => planCustomer(context, record, present[at] as Present))
}

async function loadPresent(context: Context, batch: readonly Known<HaloCustomer>[]): Promise<Present[]> {
  const { area, address } = context.schema.tables
  const mapped = new Set(batch.flatMap(({ record }) => record.extra.map(({ to }) => to)))
  const extra = [...mapped].flatMap((to) => {
    const place = placeOf(context.schema, to)
    return place?.table === area ? [place.column] : []
  })
  const columns = [...new Set([...ownColumns, ...extra])]
  const areas = await findOwned(context, area, columns, areaIdentity, batch)
  const clients = await loadClients(
    context,
    areas.filter((row) => row !== null),
  )
  const sites = [...clients.values()].flatMap(({ site }) => (typeof site === 'number' ? [site] : []))
  const addresses = groupBy(await rowsBy(context, address, addressColumns, 'ASSiteID', sites), 'ASSiteID')
  return areas.map((row) => {
    const client = row ? (clients.get(rowKey(area, row)) ?? null) : null
    const own = client && typeof client.site === 'number' ? (addresses.get(client.site) ?? []) : []
    return { area: row, client, address: own.find((one) => Number(one.ASPrimary) !== 0) ?? own[0] ?? null }
  })
}

function planCustomer(context: Context, record: HaloCustomer, present: Present): Planned {
  const draft = newDraft(context.schema, record.name, context.options.existing)
  const { placed, notes } = placeExtras(context.schema, record.extra)
  notes.forEach(draft.note)
  const area = planArea(context, draft, record, present, placed)
  const site = planMainSite(context, draft, record, present, placed, area)
  planAddress(context, draft, record, present, site)
  const people = planContacts(context, draft, record, present, area, site)
  const planned = draft.done(area)
  if (planned.ok && context.overlay && planned.plan.rows.some(isInsert)) {
    const sites = present.client?.sites ?? new Set<number>()
    const client = { area, name: record.name, site, siteRow: null, sites, people }
    context.overlay.clients.set(ownedKey(context.tenant, record.commerceId), client)
  }
  return planned
}

/** An empty value from Commerce never clears what somebody may have filled in Halo. */
const filled = (text: string): string | null => (text === '' ? null : text)

function planArea(
  context: Context,
  draft: Draft,
  record: HaloCustomer,
  present: Present,
  placed: readonly PlacedField[],
): RowPlan {
  const { area } = context.schema.tables
  const tie = tieTo(context, record)
  return draft.row(area, present.area, {
    aareadesc: record.name,
    Aarearef: filled(record.reference),
    axerotaxnumber: filled(record.taxNumber),
    adattocommerceid: tie.id,
    adattocommerceurl: tie.url,
    adattocommercetenantid: tie.tenant,
    ...extraValues(placed, area, present.area === null),
  })
}

function planMainSite(
  context: Context,
  draft: Draft,
  record: HaloCustomer,
  present: Present,
  placed: readonly PlacedField[],
  area: RowPlan,
): Ref {
  const { site } = context.schema.tables
  const row = present.client?.siteRow ?? null
  const extra = extraValues(placed, site, row === null)
  if (row === null) return planSite(context, draft, area, record.siteName || record.name, extra)
  // A site's name is Halo's once it is there.
  draft.row(site, row, extra)
  return rowKey(site, row)
}

function planAddress(
  context: Context,
  draft: Draft,
  record: HaloCustomer,
  present: Present,
  site: Ref,
): void {
  const { line1, line2, line3, line4, postcode } = record.address
  if (`${line1}${line2}${line3}${line4}${postcode}` === '') return
  const lines = { ASLine1: line1, ASLine2: line2, ASLine3: line3, ASLine4: line4, ASLine5: postcode }
  const isNew = present.address === null
  draft.row(context.schema.tables.address, present.address, {
    ...lines,
    ...(isNew ? { ASSiteID: refValue(site), ASPrimary: 1 } : {}),
  })
}

/** Answers everybody the client has then. */
function planContacts(
  context: Context,
  draft: Draft,
  record: HaloCustomer,
  present: Present,
  area: RowPlan,
  site: Ref,
): Person[] {
  const { user } = context.schema.tables
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
  const made: Person[] = []
  for (const [at, { contact, person }] of pairs.entries()) {
    // Somebody is there already; the nameless contact was only to give the customer one.
    if (!person && isStandIn(record, contact) && known.length > 0) continue
    const wanted = userValues(record, contact, person)
    const place = person ? {} : { Usite: refValue(site), uarea: refValue(area) }
    const plan = draft.row(user, person?.row ?? null, { ...wanted, ...place }, `USERS#${at + 1}`)
    if (!person) made.push(personOf(plan, null, contact.name, contact.email))
  }
  return [...known, ...made]
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

function userValues(record: HaloCustomer, contact: HaloContact, person: Person | null): Wanted {
  const isSameEmail = person !== null && person.email === contact.email.toLowerCase()
  return {
    uusername: contact.name || contact.email || record.name,
    uFirstName: filled(contact.firstName),
    uLastName: filled(contact.lastName),
    uemail: isSameEmail ? null : filled(contact.email),
    uextn: filled(contact.phone),
    umobile: filled(contact.mobile),
  }
}
