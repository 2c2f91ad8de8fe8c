import { ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Made } from '../undo.ts'
import { type HaloObject, idOf, isObject, readOne } from './answers.ts'
import type { Context, Plan, Writer } from './context.ts'
import { type CustomerPlan, customers } from './customers.ts'
import { besideEachOther } from './find-lists.ts'
import { orders } from './orders.ts'
import { personBody } from './people.ts'
import { products } from './products.ts'
import { quotes } from './quotes.ts'
import { type Piece, piecesOf } from './undo-shape.ts'

/** A row of Halo's database by what this program calls its table: reports speak of tables, the API of paths. */
export type RowOf = { readonly table: keyof typeof paths; readonly id: number }
const paths = {
  area: '/Client',
  site: '/Site',
  user: '/Users',
  item: '/Item',
  quote: '/Quotation',
  order: '/SalesOrder',
} as const
export const pathOf = (table: RowOf['table']): string => paths[table]

/** One record as it was written beside what Halo has. */
export type Side = {
  readonly isGone: boolean
  /** A part that has more or fewer entries than were written. */
  readonly changed: string | null
  readonly pieces: readonly Piece[]
  /** What is removed with it, itself first. */
  readonly rows: readonly RowOf[]
  /** Contacts that were made for it. */
  readonly beside: readonly { readonly piece: Piece }[]
}

const writers: { readonly [E in Entity]: Writer<E> } = { customers, products, quotes, salesOrders: orders }
const mains = { customers: 'area', products: 'item', quotes: 'quote', salesOrders: 'order' } as const
const names = {
  customers: 'Client',
  products: 'Item',
  quotes: 'Quotation',
  salesOrders: 'SalesOrder',
} as const

/** Reads each record of a batch again, with all that belongs to it, and plans it as if it were new. */
export async function sidesOf<E extends Entity>(
  context: Context,
  entity: E,
  batch: readonly Made<HaloRecord[E]>[],
): Promise<Result<readonly Side[]>> {
  const writer = writers[entity] as Writer<E>
  const planned = await writer.plan(
    context,
    batch.map(({ record }) => ({ record, haloId: null })),
  )
  if (!planned.ok) return planned
  const all = batch.map((made, at) => ({ made, plan: planned.value[at] as Plan }))
  return besideEachOther(all, ({ made, plan }) => sideOf(context, entity, made, plan))
}

const nothing = { isGone: false, changed: null, pieces: [], rows: [], beside: [] }

async function sideOf(
  context: Context,
  entity: Entity,
  made: Made<HaloRecord[Entity]>,
  plan: Plan,
): Promise<Result<Side>> {
  const main = { table: mains[entity], id: made.haloId }
  const current = await read(context, main)
  if (!current.ok) return current
  if (current.value === null) return ok({ ...nothing, isGone: true })
  if (plan.fault) return ok({ ...nothing, changed: 'Customer' })
  const body = plan.body() ?? {}
  if (entity === 'customers') return sideOfClient(context, plan as CustomerPlan, body, current.value)
  const pieces = piecesOf(names[entity], body, current.value)
  if (pieces === null) return ok({ ...nothing, changed: 'Lines' })
  const beside = await besideOf(context, made)
  return beside.ok ? ok({ ...nothing, pieces, rows: [main], beside: beside.value }) : beside
}

async function read({ api }: Context, { table, id }: RowOf): Promise<Result<HaloObject | null>> {
  const answer = await api.get(`${paths[table]}/${id}`, { includedetails: true })
  return answer.ok ? ok(readOne(answer.value)) : answer
}

/** A client with its one site and the contacts that came with it. */
async function sideOfClient(
  context: Context,
  { parts }: CustomerPlan,
  body: HaloObject,
  client: HaloObject,
): Promise<Result<Side>> {
  const id = idOf(client) ?? 0
  const there = await context.finder.people([id])
  if (!there.ok) return there
  const sites = there.value.sites.filter(({ clientId }) => clientId === id)
  const [first] = sites
  if (!first || sites.length > 1) return ok({ ...nothing, changed: 'Sites' })
  const users = there.value.users.filter(({ siteId }) => siteId === first.id).toSorted((a, b) => a.id - b.id)
  if (users.length !== parts.people.length) return ok({ ...nothing, changed: 'Contacts' })
  const rows: RowOf[] = [
    { table: 'area', id },
    ...users.map((user): RowOf => ({ table: 'user', id: user.id })),
    { table: 'site', id: first.id },
  ]
  const current = await besideEachOther(rows.slice(1), (row) => read(context, row))
  if (!current.ok) return current
  const { newclient_sitename, newclient_delivery_address, newclient_phonenumber, ...own } = body
  const site = {
    ...(newclient_sitename === undefined ? {} : { name: newclient_sitename }),
    ...(isObject(newclient_delivery_address) ? { delivery_address: newclient_delivery_address } : {}),
    ...(newclient_phonenumber === undefined ? {} : { phonenumber: newclient_phonenumber }),
  }
  const pieces: Piece[] = [
    { part: 'Client', wanted: own, current: client },
    ...parts.people.map(({ set }, at) => ({ part: 'Users', wanted: set, current: current.value[at] ?? {} })),
    { part: 'Site', wanted: site, current: current.value.at(-1) ?? {} },
  ]
  return ok({ ...nothing, pieces, rows })
}

async function besideOf(
  context: Context,
  { record, beside }: Made<HaloRecord[Entity]>,
): Promise<Result<Side['beside']>> {
  if (!('contact' in record)) return ok([])
  const wanted = personBody('', record.contact)
  const rows = await besideEachOther(beside, ({ id }) => read(context, { table: 'user', id }))
  if (!rows.ok) return rows
  return ok(rows.value.flatMap((current) => (current ? [{ piece: { part: 'Users', wanted, current } }] : [])))
}
