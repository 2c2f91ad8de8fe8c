import type { HttpClient } from '../../http/types.ts'
import { ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { TargetOf } from '../../model/halo-target.ts'
import type { Clock } from '../../model/ports.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Destination, WriteOptions } from '../destination.ts'
import type { UndoOptions } from '../undo.ts'
import { readAddress } from './address.ts'
import { createHaloApi, type HaloApi } from './api.ts'
import { type Context, type Memory, newMemory, type Writer } from './context.ts'
import { customers } from './customers.ts'
import { createFinder, type Finder } from './find.ts'
import { restGroups } from './groups.ts'
import { createLookups } from './lookups.ts'
import { restMadeOrders } from './made-orders.ts'
import { linkClients, readUnlinkedClients, unlinkClients } from './matches.ts'
import { orders } from './orders.ts'
import { findOrMakeOwner } from './owner.ts'
import { probe } from './probe.ts'
import { products } from './products.ts'
import { restQuoteActions } from './quote-actions.ts'
import { quotes } from './quotes.ts'
import { readRecord } from './read.ts'
import { restSheets } from './sheets.ts'
import { clientFieldOf, readConnections } from './take-over.ts'
import type { CallFacts } from './token.ts'
import { restUndo } from './undo.ts'
import { writeBatch } from './write.ts'

export type RestHaloOptions = {
  readonly target: TargetOf<'rest'>
  readonly secret: string
  readonly clock: Clock
  /** The recording client. It stays its owner's: closing the destination does not close it. */
  readonly http: HttpClient
  readonly facts: CallFacts
}

/** Halo's API by a tenant's target. Faults: url-invalid, url-insecure. Nothing is sent. */
export function restApi({ target, secret, clock, http, facts }: RestHaloOptions): Result<HaloApi> {
  const place = readAddress(target.address)
  if (!place.ok) return place
  const { tenant, clientId, authAddress = null } = target
  return ok(
    createHaloApi({
      http,
      clock,
      facts,
      login: { place: place.value, authAddress, tenant, clientId, secret },
    }),
  )
}

const writers: { readonly [E in Entity]: Writer<E> } = { customers, products, quotes, salesOrders: orders }

/**
 * Halo through its REST API. A batch is written by POSTs of some twenty records, not by a transaction: Halo has none. Within it each record still succeeds
 * or fails alone, a quote is one record and so whole or not at all, and what an interruption leaves is found again by its Commerce id.
 */
export async function openRestHalo(options: RestHaloOptions): Promise<Result<Destination>> {
  const opened = restApi(options)
  return opened.ok ? ok(restHalo(opened.value, options.clock)) : opened
}

export function restHalo(api: HaloApi, clock: Clock): Destination {
  const lookups = createLookups(api)
  const sheets = restSheets(api, () => clock.now())
  let finder: Promise<Result<Finder>> | null = null
  let memory = newMemory()
  let imagined = newMemory()
  const find = async (): Promise<Result<Finder>> => {
    finder ??= createFinder(api)
    const found = await finder
    // Trouble of the moment is not remembered.
    if (!found.ok) finder = null
    return found
  }
  return {
    probe: () => probe(lookups),
    owner: (instanceUrl, mode = 'write') => findOrMakeOwner(api, instanceUrl, mode),
    write: async <E extends Entity>(
      entity: E,
      batch: readonly { record: HaloRecord[E]; haloId: number | null }[],
      given: WriteOptions,
    ) => {
      const found = await find()
      if (!found.ok) return found
      const isPreview = given.mode === 'preview'
      // A write makes what a preview imagined out of date, and the other way about.
      if (!isPreview) {
        imagined = newMemory()
        sheets.forget()
      }
      const context = contextOf(found.value, given, isPreview ? imagined : memory)
      const written = await writeBatch(context, writers[entity] as Writer<E>, batch)
      if (!written.ok && !isPreview) memory = newMemory()
      return written
    },
    read: (entity, owner, haloId) => readRecord(api, entity, owner.haloTenantId, haloId),
    choices: (kind) => {
      if (kind === 'groups') return lookups.groups()
      if (kind === 'currency') return lookups.currencies()
      return kind === 'tax' ? lookups.taxes() : lookups.statuses(kind === 'quoteStatus' ? 39 : 34)
    },
    clientFields: async () => {
      const fields = await lookups.customFields()
      return fields.ok ? ok(fields.value.map(clientFieldOf)) : fields
    },
    // Halo's own mapping names the categories; no list of them is needed to find its links.
    takeOver: () => readConnections(api),
    unlinkedClients: ({ haloTenantId }) => readUnlinkedClients(api, haloTenantId),
    linkCustomers: async ({ haloTenantId }, links) => {
      const found = await find()
      if (!found.ok) return found
      memory = newMemory()
      return linkClients(api, found.value, haloTenantId, links)
    },
    unlinkCustomers: async ({ haloTenantId }, links) => {
      const found = await find()
      if (!found.ok) return found
      memory = newMemory()
      return unlinkClients(api, found.value, haloTenantId, links)
    },
    sheets: { ...sheets, undo: restUndo(contextAnew) },
    groups: restGroups({ api, lookups, now: () => clock.now() }),
    quoteActions: restQuoteActions({ api, lookups }),
    madeOrders: restMadeOrders({ api, find }),
    close: () => Promise.resolve(),
  }

  /** For an undo: records are planned as new ones, and nothing is made while that is done. */
  async function contextAnew(given: UndoOptions): Promise<Result<Context>> {
    const found = await find()
    if (!found.ok) return found
    sheets.forget()
    memory = newMemory()
    const options: WriteOptions = { ...given, mode: 'preview', createItemsFromQuotes: false }
    return ok({ ...contextOf(found.value, options, newMemory()), isAnew: true })
  }

  function contextOf(found: Finder, given: WriteOptions, remembered: Memory): Context {
    const tenant = given.owner.haloTenantId
    return {
      api,
      finder: found,
      lookups,
      options: given,
      tenant,
      isPreview: given.mode === 'preview',
      memory: remembered,
    }
  }
}
