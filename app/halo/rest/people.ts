import { ok, type Result } from '../../model/fault.ts'
import { referred } from '../sql/context.ts'
import { type HaloObject, idOf, readOne, readPosted, textOf } from './answers.ts'
import type { Client, Context, Need, Person } from './context.ts'
import type { SiteRow, UserRow } from './find.ts'
import { besideEachOther } from './find-lists.ts'
import { pickOwned } from './whose.ts'

const lower = (value: string): string => value.trim().toLowerCase()

export const personOf = (row: UserRow): Person => ({
  id: row.id,
  name: lower(row.name),
  email: lower(row.email),
  row,
  body: null,
})

const byKey = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id
const activeFirst = <T extends { readonly id: number; readonly isInactive: boolean }>(
  rows: readonly T[],
): T[] => {
  const sorted = rows.toSorted(byKey)
  return [...sorted.filter((row) => !row.isInactive), ...sorted.filter((row) => row.isInactive)]
}

/** A client with what `people` told of it. */
export function clientOf(
  id: number,
  name: string,
  sites: readonly SiteRow[],
  users: readonly UserRow[],
): Client {
  const own = activeFirst(sites.filter((site) => site.clientId === id))
  const siteIds = new Set(own.map((site) => site.id))
  return {
    id,
    name,
    siteId: own[0]?.id ?? null,
    sites: siteIds,
    people: activeFirst(users.filter((user) => siteIds.has(user.siteId))).map(personOf),
  }
}

/** The clients with these Commerce ids at this tenant; those that a preview would have made are there, too. Remembered for the session. */
export async function clientsByCommerceId(
  context: Context,
  commerceIds: readonly number[],
): Promise<Result<ReadonlyMap<number, Client>>> {
  const { memory, finder, tenant } = context
  const wanted = [...new Set(commerceIds)]
  const unknown = wanted.filter((id) => id > 0 && !memory.clients.has(id))
  const rows = await finder.owned('customers', unknown)
  if (!rows.ok) return rows
  const found = unknown.flatMap((id) => {
    const row = pickOwned(
      rows.value.filter((one) => one.commerceId === id),
      { tenant, url: '', haloId: null },
    )
    return row ? [{ id, haloId: row.haloId, name: row.name }] : []
  })
  const named = await referredClients(context, wanted)
  if (!named.ok) return named
  const all = [...found, ...named.value]
  if (all.length === 0) return ok(memory.clients)
  const people = await finder.people(all.map((one) => one.haloId))
  if (!people.ok) return people
  const { sites, users } = people.value
  // A negative id means another client in the next batch.
  const passing = new Map<number, Client>()
  for (const { id, haloId, name } of all) {
    const kept = id > 0 ? memory.clients : passing
    kept.set(id, clientOf(haloId, name, sites, users))
  }
  return ok(new Map([...memory.clients, ...passing]))
}

/** The clients that are named by negative ids. */
async function referredClients(
  context: Context,
  ids: readonly number[],
): Promise<Result<{ readonly id: number; readonly haloId: number; readonly name: string }[]>> {
  const keys = [...referred(context.options.refs?.customers, ids)]
  const read = await besideEachOther(keys, async ([id, haloId]) => {
    const answer = await context.api.get(`/Client/${haloId}`, { includedetails: true })
    const row = answer.ok ? readOne(answer.value) : null
    return answer.ok ? ok(row ? [{ id, haloId, name: textOf(row.name) }] : []) : answer
  })
  return read.ok ? ok(read.value.flat()) : read
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

/**
 * The contact of a quote or order: matched within its client, made when named and missing, else the client's first one. Never nobody, because a
 * quote belongs to its client through its contact. Call `keep` once the record is known to be fine.
 */
export function planContact(
  client: Client,
  contact: { readonly name: string; readonly email: string },
): { readonly person: Person; readonly needs: readonly Need[]; readonly keep: () => void } {
  const isNamed = contact.name.trim() !== '' || contact.email.trim() !== ''
  const known = findPerson(client.people, contact) ?? (isNamed ? null : (client.people[0] ?? null))
  const siteNeed: Need[] = client.siteId === null ? [{ client, person: null }] : []
  if (known)
    return {
      person: known,
      needs: known.id === null ? [...siteNeed, { client, person: known }] : siteNeed,
      keep: () => undefined,
    }
  const person = newPerson(client, contact)
  return {
    person,
    needs: [...siteNeed, { client, person }],
    keep: () => {
      if (!client.people.includes(person)) client.people.push(person)
    },
  }
}

function newPerson(client: Client, contact: { readonly name: string; readonly email: string }): Person {
  const name = contact.name.trim() || contact.email.trim() || client.name || 'Main'
  return {
    id: null,
    name: lower(name),
    email: lower(contact.email),
    row: null,
    body: personBody(name, contact),
  }
}

/** A contact as it is posted; `name`: for one without a name of its own, '' leaves that open. */
export function personBody(
  name: string,
  contact: { readonly name: string; readonly email: string },
): HaloObject {
  const given = contact.name.trim()
  const email = contact.email.trim()
  const [firstname = '', ...rest] = given.split(/\s+/)
  return withoutEmpty({
    name: given || email || name,
    firstname,
    surname: rest.join(' '),
    emailaddress: email,
  })
}

export const withoutEmpty = (values: Readonly<Record<string, string>>): HaloObject =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))

/** Makes what records of a chunk need and Halo does not have: first sites, then contacts. */
export async function makeNeeds(context: Context, needs: readonly Need[]): Promise<Result<null>> {
  const clients = new Set(needs.flatMap(({ client }) => (client.siteId === null ? [client] : [])))
  const sited = await makeSites(context, [...clients])
  if (!sited.ok) return sited
  const people = new Map(
    needs.flatMap(({ client, person }) => (person?.id === null ? [[person, client] as const] : [])),
  )
  return makePeople(context, [...people])
}

async function makeSites(context: Context, clients: readonly Client[]): Promise<Result<null>> {
  for (const client of clients) {
    // Without the flag Halo takes the form of another screen and ignores what is in this one (apis.md §2.2).
    const answer = await context.api.post('/Site', [
      { name: 'Main', client_id: client.id, issitedetails: true },
    ])
    if (!answer.ok) return answer
    client.siteId = readPosted(answer.value).map(idOf)[0] ?? null
  }
  return ok(null)
}

/** Contacts in one POST for the whole chunk; those that the answer does not name are looked up. */
async function makePeople(
  context: Context,
  people: readonly (readonly [Person, Client])[],
): Promise<Result<null>> {
  if (people.length === 0) return ok(null)
  const bodies = people.map(([person, client]) => ({
    ...person.body,
    site_id: client.siteId,
    client_id: client.id,
  }))
  const answer = await context.api.post('/Users', bodies)
  if (!answer.ok) return answer
  const made = readPosted(answer.value)
  for (const [at, [person]] of people.entries()) {
    const own = made.length === people.length ? made[at] : made.find((row) => isPerson(row, person))
    if (own && (textOf(own.name) === '' || isPerson(own, person))) person.id = idOf(own)
  }
  const open = people.filter(([person]) => person.id === null)
  if (open.length === 0) return ok(null)
  const asked = await context.finder.people(open.flatMap(([, client]) => client.id ?? []))
  if (!asked.ok) return asked
  for (const [person, client] of open) {
    const own = asked.value.users.filter(
      (user) => client.id !== null && (user.siteId === client.siteId || client.sites.has(user.siteId)),
    )
    person.id = findPerson(own.map(personOf), person)?.id ?? null
  }
  return ok(null)
}

const isPerson = (row: HaloObject, person: Person): boolean =>
  lower(textOf(row.name)) === person.name && lower(textOf(row.emailaddress)) === person.email
