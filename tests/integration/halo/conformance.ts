import { afterEach, describe } from 'vitest'
import type { Destination, Known, Owner, WriteOutcome } from '../../../app/halo/destination.ts'
import type { Result } from '../../../app/model/fault.ts'
import type { HaloRecord } from '../../../app/model/halo.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { customersConform } from './conformance/customers.ts'
import { groupsConform } from './conformance/groups.ts'
import { identityConforms } from './conformance/identity.ts'
import { madeOrdersConform } from './conformance/made-orders.ts'
import { matchesConform } from './conformance/matches.ts'
import { ordersConform } from './conformance/orders.ts'
import { productsConform } from './conformance/products.ts'
import { quotesConform } from './conformance/quotes.ts'
import { sheetsConform } from './conformance/sheets.ts'
import { sortsConform } from './conformance/sorts.ts'
import { undoConforms } from './conformance/undo.ts'
import { instance } from './records.ts'

/** What Halo has of a record, in words that no destination owns: dates are UTC ISO, absent text is '', flags are booleans. */
export type LookedAt = {
  readonly customers: {
    readonly name: string
    readonly reference: string
    readonly url: string
    readonly commerceId: number
    readonly site: string
    /** The five lines of the main site's address, the last the postcode. */
    readonly address: readonly string[]
    /** In the order in which they were made. */
    readonly contacts: readonly { readonly name: string; readonly email: string; readonly phone: string }[]
  }
  readonly products: {
    readonly name: string
    readonly sku: string
    readonly price: number
    readonly recurringPrice: number
    readonly isRecurring: boolean
    readonly billingPeriod: number
    /** The product group's name. */
    readonly group: string
    readonly isConsignable: boolean
  }
  readonly quotes: {
    readonly title: string
    readonly number: string
    readonly url: string
    readonly commerceId: number
    readonly status: number
    /** The names of the client and the contact that Halo's own screens would show. */
    readonly client: string
    readonly contact: string
    readonly createdAt: string
    readonly expiresAt: string
    readonly deliveryPrice: number
    readonly note: string
    readonly lines: readonly LookedAtLine[]
  }
  readonly salesOrders: {
    readonly title: string
    readonly reference: string
    readonly status: number
    readonly client: string
    readonly contact: string
    readonly orderedAt: string
    readonly note: string
    /** The title of the quote that it came from; null without one. */
    readonly quote: string | null
    readonly lines: readonly LookedAtLine[]
  }
}

export type LookedAtLine = {
  readonly description: string
  readonly price: number
  readonly quantity: number
  readonly discount: number
  readonly billingPeriod: number
  readonly isHeading: boolean
  /** The product's name in Halo; null for a line without one. */
  readonly product: string | null
}

/** One Halo, empty but for the statuses (quotes 0 to 6, orders 0 to 4) and for what `open` needs. */
export type HaloWorld = {
  readonly halo: Destination
  /** Another connection to the same Halo, as after a restart. */
  again(): Promise<Destination>
  /** By Halo's own id; null when it is not there. */
  look<E extends Entity>(entity: E, haloId: number): Promise<LookedAt[E] | null>
  /** How many of them Halo has. */
  count(entity: Entity): Promise<number>
  /** A person at Halo gives a quote or an order another status. */
  setStatus(entity: 'quotes' | 'salesOrders', haloId: number, status: number): Promise<void>
  /** A person at Halo gives an order another summary. */
  unsign(haloId: number): Promise<void>
  /** A person at Halo sets something of a record that no import writes. */
  touch(entity: Entity, haloId: number): Promise<void>
  /** Makes a product group and answers its id. */
  newGroup(name: string): Promise<number>
  close(): Promise<void>
}

export const good = <T>(result: Result<T> | undefined): T => {
  if (!result?.ok) throw new Error(JSON.stringify(result?.fault))
  return result.value
}

export const known = <R>(...records: R[]): Known<R>[] => records.map((record) => ({ record, haloId: null }))

/** What each test gets: a world of its own, and short ways to write into it. */
export type Stage = {
  readonly world: HaloWorld
  readonly owner: Owner
  write<E extends Entity>(entity: E, ...records: HaloRecord[E][]): Promise<WriteOutcome[]>
  /** As a run does that remembers Halo's ids. */
  writeKnown<E extends Entity>(entity: E, ...known: Known<HaloRecord[E]>[]): Promise<WriteOutcome[]>
  preview<E extends Entity>(entity: E, ...records: HaloRecord[E][]): Promise<WriteOutcome[]>
  /** Writes one record that must be written, and looks at it. */
  put<E extends Entity>(entity: E, record: HaloRecord[E]): Promise<LookedAt[E]>
}

export type NewStage = () => Promise<Stage>

/**
 * What every destination must do: the same source data in, the same Halo records out. To be called at the top of a test file; `factory` makes
 * a new, empty Halo for each test.
 */
export function conformsAsDestination(name: string, factory: () => Promise<HaloWorld>): void {
  describe(`${name} as a destination`, () => {
    const stage = stages(factory)
    customersConform(stage)
    productsConform(stage)
    quotesConform(stage)
    ordersConform(stage)
    identityConforms(stage)
    matchesConform(stage)
    sortsConform(stage)
  })
}

/** What a destination must do besides that takes records from spreadsheets. */
export function takesSheets(name: string, factory: () => Promise<HaloWorld>): void {
  describe(`${name} as a destination`, () => {
    sheetsConform(stages(factory))
  })
}

/** What a destination must do besides that takes an import back. */
export function undoesImports(name: string, factory: () => Promise<HaloWorld>): void {
  describe(`${name} as a destination`, () => {
    undoConforms(stages(factory))
  })
}

/** What a destination must do besides whose product groups a person arranges. */
export function arrangesGroups(name: string, factory: () => Promise<HaloWorld>): void {
  describe(`${name} as a destination`, () => {
    groupsConform(stages(factory))
  })
}

/** What a destination must do besides in which orders are made from quotes. */
export function makesOrders(name: string, factory: () => Promise<HaloWorld>): void {
  describe(`${name} as a destination`, () => {
    madeOrdersConform(stages(factory))
  })
}

/** Makes a world for each test and closes it after. */
function stages(factory: () => Promise<HaloWorld>): NewStage {
  const open: HaloWorld[] = []
  afterEach(async () => {
    for (const world of open.splice(0)) await world.close()
  })
  return async () => {
    const world = await factory()
    open.push(world)
    return stageOf(world, good(await world.halo.owner(instance)))
  }
}

export function stageOf(world: HaloWorld, owner: Owner): Stage {
  const { halo } = world
  const options = { owner, defaultGroup: null, createItemsFromQuotes: true }
  const writeKnown: Stage['writeKnown'] = async (entity, ...records) =>
    good(await halo.write(entity, records, { ...options, mode: 'write' }))
  const write: Stage['write'] = (entity, ...records) => writeKnown(entity, ...known(...records))
  return {
    world,
    owner,
    write,
    writeKnown,
    preview: async (entity, ...records) =>
      good(await halo.write(entity, known(...records), { ...options, mode: 'preview' })),
    put: async (entity, record) => {
      const [outcome] = await write(entity, record)
      if (!outcome || outcome.haloId === null)
        throw new Error(`Not written: ${JSON.stringify(outcome?.fault ?? null)}`)
      const seen = await world.look(entity, outcome.haloId)
      if (!seen) throw new Error(`Halo has no ${entity} ${outcome.haloId}`)
      return seen
    },
  }
}
