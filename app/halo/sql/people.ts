import { type Context, groupBy, ownedKey, referred, rowsBy } from './context.ts'
import type { LiveTable, Row } from './dialect.ts'
import { type Identity, pickOwned } from './identity.ts'
import { type Draft, keyOf, type Ref, type RowPlan, rowKey } from './rows.ts'

/** A USERS row, or one that will be. */
export type Person = {
  readonly ref: Ref
  readonly row: Row | null
  /** Lower case, as is `email`. */
  readonly name: string
  readonly email: string
}

/** A client with its sites and people: what a quote or an order needs to belong to somebody. */
export type Client = {
  readonly area: Ref
  readonly name: string
  /** The first active site; null when there is none yet. */
  site: Ref | null
  readonly siteRow: Row | null
  /** All its sites by key. */
  readonly sites: ReadonlySet<number>
  /** The active ones first, each kind in the order of their keys. */
  readonly people: Person[]
}

export const areaIdentity: Identity = {
  id: 'adattocommerceid',
  tenant: 'adattocommercetenantid',
  url: 'adattocommerceurl',
}
const areaColumns = ['Aarea', 'aareadesc', 'adattocommerceid', 'adattocommerceurl', 'adattocommercetenantid']
const siteColumns = ['Ssitenum', 'sdesc', 'Sarea', 'SPhoneNumber', 'SIsInactive']
const userColumns = [
  'Uid',
  'Usite',
  'uusername',
  'uFirstName',
  'uLastName',
  'uemail',
  'uextn',
  'umobile',
  'uinactive',
]

const lower = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .toLowerCase()

export const personOf = (ref: Ref, row: Row | null, name: string, email: string): Person => ({
  ref,
  row,
  name: lower(name),
  email: lower(email),
})

/** Active ones first. Both parts keep their order. */
const activeFirst = (rows: readonly Row[], flag: string): Row[] => {
  const isInactive = (row: Row): boolean => Number(row[flag] ?? 0) !== 0
  return rows.some(isInactive)
    ? [...rows.filter((row) => !isInactive(row)), ...rows.filter(isInactive)]
    : [...rows]
}

/** Without the rows that count as not made yet. */
const present = ({ anew }: Context, table: LiveTable, rows: Row[]): Row[] =>
  anew ? rows.filter((row) => !anew.has(`${table.spec.name}:${rowKey(table, row)}`)) : rows

/** The clients of these AREA rows, by AREA.Aarea: two statements for all of them. */
export async function loadClients(context: Context, areas: readonly Row[]): Promise<Map<number, Client>> {
  const { area, site, user } = context.schema.tables
  const keys = areas.map((row) => rowKey(area, row))
  const siteRows = present(context, site, await rowsBy(context, site, siteColumns, 'Sarea', keys))
  const sites = groupBy(siteRows, 'Sarea')
  const siteKeys = siteRows.map((row) => rowKey(site, row))
  const users = groupBy(
    present(context, user, await rowsBy(context, user, userColumns, 'Usite', siteKeys)),
    'Usite',
  )
  return new Map(
    areas.map((row) => {
      const key = rowKey(area, row)
      const own = activeFirst(sites.get(key) ?? [], 'SIsInactive')
      const people = own.flatMap((one) => users.get(rowKey(site, one)) ?? [])
      if (own.length > 1) people.sort((a, b) => rowKey(user, a) - rowKey(user, b))
      const main = own[0] ?? null
      return [
        key,
        {
          area: key,
          name: String(row.aareadesc ?? ''),
          site: main ? rowKey(site, main) : null,
          siteRow: main,
          sites: new Set(own.map((one) => rowKey(site, one))),
          people: activeFirst(people, 'uinactive').map((one) =>
            personOf(rowKey(user, one), one, String(one.uusername ?? ''), String(one.uemail ?? '')),
          ),
        },
      ]
    }),
  )
}

/** The clients with these Commerce ids at this tenant, or behind these negative ones; those that a preview would have made are there, too. */
export async function clientsByCommerceId(
  context: Context,
  commerceIds: readonly number[],
): Promise<Map<number, Client>> {
  const { area } = context.schema.tables
  const rows = groupBy(
    await rowsBy(
      context,
      area,
      areaColumns,
      'adattocommerceid',
      commerceIds.filter((id) => id >= 0),
    ),
    'adattocommerceid',
  )
  const found = new Map<number, Row>(await referredAreas(context, commerceIds))
  for (const [id, candidates] of rows) {
    const row = pickOwned(area, areaIdentity, candidates, context.tenant, null, null)
    if (row) found.set(id, row)
  }
  const clients = await loadClients(context, [...found.values()])
  const result = new Map<number, Client>()
  for (const id of new Set(commerceIds)) {
    const row = found.get(id)
    const client =
      context.overlay?.clients.get(ownedKey(context.tenant, id)) ??
      (row ? clients.get(rowKey(area, row)) : undefined)
    if (client) result.set(id, client)
  }
  return result
}

/** AREA rows of the clients that are named by negative ids. */
async function referredAreas(context: Context, ids: readonly number[]): Promise<Map<number, Row>> {
  const { area } = context.schema.tables
  const keys = referred(context.options.refs?.customers, ids)
  const rows = await rowsBy(context, area, areaColumns, area.spec.key, keys.values())
  const byKey = new Map(rows.map((row) => [rowKey(area, row), row]))
  return new Map(
    [...keys].flatMap(([id, key]) => {
      const row = byKey.get(key)
      return row ? [[id, row] as const] : []
    }),
  )
}

/** The person with this e-mail and name, else with this e-mail, else with this name; all without regard to case. */
export function findPerson(
  people: readonly Person[],
  wanted: { readonly name: string; readonly email: string },
  isTaken: (person: Person) => boolean = () => false,
): Person | null {
  const name = lower(wanted.name)
  const email = lower(wanted.email)
  const free = people.filter((person) => !isTaken(person))
  const byEmail = email === '' ? [] : free.filter((person) => person.email === email)
  return (
    byEmail.find((person) => person.name === name) ??
    byEmail[0] ??
    (name === '' ? null : (free.find((person) => person.name === name) ?? null))
  )
}

/** Plans a new site of a client. The first site is the one invoices go to, as when Halo makes a client. */
export function planSite(context: Context, draft: Draft, area: Ref, name: string, more: Row = {}): RowPlan {
  const wanted = { sdesc: name, Sarea: refValue(area), SIsInvoiceSite: 1, ...more }
  return draft.row(context.schema.tables.site, null, wanted)
}

/** A reference as a wanted value: the key, or the row that will have one. */
export const refValue = (ref: Ref): number | RowPlan => keyOf(ref) ?? (ref as RowPlan)

/**
 * The contact of a quote or order: matched within its client, made when named and missing, else the client's first one. Never nobody,
 * because a quote belongs to its client through its contact. Call `keep` once the record is known to be fine.
 */
export function planContact(
  context: Context,
  draft: Draft,
  client: Client,
  contact: { readonly name: string; readonly email: string },
): { readonly person: Person; readonly site: Ref; readonly keep: () => void } {
  const made = client.site === null ? planSite(context, draft, client.area, 'Main') : null
  const site = made ?? (client.site as Ref)
  const isNamed = contact.name.trim() !== '' || contact.email.trim() !== ''
  const known = findPerson(client.people, contact) ?? (isNamed ? null : (client.people[0] ?? null))
  if (known && !made) return { person: known, site, keep: () => undefined }
  const person = known ?? newPerson(context, draft, client, site, contact)
  return {
    person,
    site,
    keep: () => {
      client.site = site
      if (person !== known) client.people.push(person)
    },
  }
}

function newPerson(
  context: Context,
  draft: Draft,
  client: Client,
  site: Ref,
  contact: { readonly name: string; readonly email: string },
): Person {
  const given = contact.name.trim()
  const email = contact.email.trim()
  const name = given || email || client.name || 'Main'
  const [firstName = '', ...rest] = given.split(/\s+/)
  const plan = draft.row(context.schema.tables.user, null, {
    Usite: refValue(site),
    uusername: name,
    uFirstName: firstName || null,
    uLastName: rest.join(' ') || null,
    uemail: email || null,
    uarea: refValue(client.area),
  })
  return personOf(plan, null, name, email)
}
