import { ok } from '../../model/fault.ts'
import type { HaloCustomer } from '../../model/halo.ts'
import { tieTo } from '../sql/context.ts'
import { type HaloObject, idOf, textOf, wholeOf } from './answers.ts'
import type { Context, Plan, Writer } from './context.ts'
import { type PersonPlan, planContacts } from './customer-contacts.ts'
import { type Present, presentOf } from './customer-current.ts'
import {
  clientFields,
  customValues,
  filled,
  knownCustomFields,
  type Mapped,
  placeExtras,
} from './customer-fields.ts'
import { finishCustomers } from './customer-parts.ts'
import { type Draft, type Fields, newDraft, text, type Value } from './fields.ts'
import type { CustomField } from './lookups.ts'
import { planFrom } from './plan.ts'
import { pickOwned } from './whose.ts'

const addressFields: Fields = {
  line1: text(4000),
  line2: text(4000),
  line3: text(4000),
  line4: text(4000),
  postcode: text(4000),
}
const siteFields: Fields = { phonenumber: text(50) }

/** What of a customer is posted beside the client itself, once that has a key. */
export type CustomerParts = {
  /** The main site's own properties and its address; null: nothing to change. For a new client they travel with it. */
  readonly site: HaloObject | null
  readonly siteId: number | null
  /** Contacts to make (`id` null) or to change. */
  readonly people: readonly PersonPlan[]
}
export type CustomerPlan = Plan & { readonly parts: CustomerParts; readonly record: HaloCustomer }

/** A client with its main site, that site's address, and its contacts: three POSTs for a chunk (Halo has no one call for all). */
export const customers: Writer<'customers'> = {
  path: '/Client',
  keyOf: (answer) => wholeOf(answer.datto_commerce_id),
  finish: finishCustomers,
  plan: async (context, batch) => {
    const custom = await knownCustomFields(
      context,
      batch.map(({ record }) => record),
    )
    if (!custom.ok) return custom
    const present = await presentOf(context, batch, custom.value)
    if (!present.ok) return present
    return ok(
      batch.map(({ record }, at) =>
        planCustomer(context, record, present.value[at] as Present, custom.value),
      ),
    )
  },
  locate: async (context, records) => {
    const rows = await context.finder.owned(
      'customers',
      records.map((record) => record.commerceId),
    )
    if (!rows.ok) return rows
    return ok(
      new Map(
        records.flatMap((record) => {
          const own = rows.value.filter((row) => row.commerceId === record.commerceId)
          const row = pickOwned(own, { tenant: context.tenant, url: record.url, haloId: null })
          return row ? [[record.commerceId, row.haloId] as const] : []
        }),
      ),
    )
  },
}

function planCustomer(
  context: Context,
  record: HaloCustomer,
  present: Present,
  custom: readonly CustomField[],
): CustomerPlan {
  const { row } = present
  const draft = newDraft(record.name, context.options.existing)
  const mapped = placeExtras(draft, record.extra, custom, row === null)
  const client = planClient(context, draft, record, row, mapped)
  const address = planAddress(draft, record, present.site)
  const phone = draft.set('Site', siteFields, present.site, { phonenumber: mapped.sitePhone })
  const siteId = present.client?.siteId ?? null
  const hasSite = Object.keys(address).length + Object.keys(phone).length > 0
  // A site's name is Halo's once it is there.
  const siteName =
    siteId === null
      ? draft.set('Site', { name: text(4000) }, null, { name: record.siteName || record.name })
      : {}
  const people = planContacts(draft, record, present)
  const haloId = row ? idOf(row) : null
  const isNew = haloId === null
  const travelling = isNew ? newClientParts(siteName, address, phone) : {}
  const body = { ...client, ...travelling }
  return {
    ...planFrom(draft, {
      commerceId: record.commerceId,
      label: record.name,
      haloId,
      body: () => (Object.keys(body).length === 0 ? null : isNew ? body : { id: haloId, ...body }),
      keep: (id) => keepClient(context, record, present, people, id),
    }),
    record,
    parts: {
      site: hasSite || (siteId === null && !isNew) ? { ...siteName, ...sitePart(address), ...phone } : null,
      siteId,
      people,
    },
  }
}

function planClient(
  context: Context,
  draft: Draft,
  record: HaloCustomer,
  row: HaloObject | null,
  mapped: Mapped,
): HaloObject {
  const tie = tieTo(context, record)
  const set = draft.set('Client', { ...clientFields, ...mapped.fields }, row, {
    name: record.name,
    ref: filled(record.reference),
    tax_number: filled(record.taxNumber),
    datto_commerce_id: tie.id,
    datto_commerce_url: tie.url,
    dattocommerce_tenantid: tie.tenant,
    ...mapped.wanted,
  })
  const custom = customValues(draft, row, mapped.custom)
  return { ...set, ...(custom.length > 0 ? { customfields: custom } : {}) }
}

const sitePart = (address: Readonly<Record<string, Value>>): HaloObject =>
  Object.keys(address).length > 0 ? { delivery_address: address } : {}

/** A new client's first site comes into being with it (apis.md §2.4). */
const newClientParts = (
  siteName: Readonly<Record<string, Value>>,
  address: Readonly<Record<string, Value>>,
  phone: Readonly<Record<string, Value>>,
): HaloObject => ({
  newclient_sitename: siteName.name,
  ...(Object.keys(address).length > 0 ? { newclient_delivery_address: address } : {}),
  ...(phone.phonenumber === undefined ? {} : { newclient_phonenumber: phone.phonenumber }),
})

/** All lines when one differs: whether Halo merges an address or replaces it is not known. */
function planAddress(
  draft: Draft,
  record: HaloCustomer,
  site: HaloObject | null,
): Readonly<Record<string, Value>> {
  const { line1, line2, line3, line4, postcode } = record.address
  const wanted = { line1, line2, line3, line4, postcode }
  if (Object.values(wanted).every((line) => line === '')) return {}
  const current = site?.delivery_address
  const before = isAddress(current) ? current : site ? {} : null
  const set = draft.set('Site.delivery_address', addressFields, before, wanted)
  if (Object.keys(set).length === 0) return {}
  return Object.fromEntries(Object.keys(wanted).map((line) => [line, set[line] ?? textOf(before?.[line])]))
}

const isAddress = (value: unknown): value is HaloObject => typeof value === 'object' && value !== null

/** What a preview would make counts as present; after a write, what was read is out of date. */
function keepClient(
  { memory, finder, isPreview, tenant }: Context,
  record: HaloCustomer,
  present: Present,
  people: readonly PersonPlan[],
  id: number | null,
): void {
  if (record.commerceId < 0) return
  memory.clients.delete(record.commerceId)
  if (isPreview && present.client === null) {
    const made = people.map(({ contact }) => ({
      id: null,
      name: contact.name.trim().toLowerCase(),
      email: contact.email,
      row: null,
      body: null,
    }))
    memory.clients.set(record.commerceId, {
      id: null,
      name: record.name,
      siteId: null,
      sites: new Set(),
      people: made,
    })
  }
  if (!isPreview && present.row === null && id !== null) {
    finder.made('customers', {
      haloId: id,
      commerceId: record.commerceId,
      tenant,
      url: record.url,
      name: record.name,
    })
  }
}
