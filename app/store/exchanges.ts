import type { Exchange } from '../model/exchange.ts'
import type { Clock, ExchangeSink } from '../model/ports.ts'
import type { ExchangeFilter, ExchangeList, ExchangePage } from './exchange-queries.ts'
import type { RingLimits } from './exchange-ring.ts'
import { ExchangeWriter } from './exchange-writer.ts'

export type { ExchangeFilter, ExchangeList, ExchangePage } from './exchange-queries.ts'
export type { ExchangeRow } from './exchange-rows.ts'

/** Whether requests are being recorded, and if not, why. */
export type ExchangeHealth = {
  readonly isRecording: boolean
  /** null while all is well. `broken`: the file was damaged and could not be replaced by a new one. */
  readonly trouble: 'disk-full' | 'folder-unwritable' | 'broken' | null
  /** The system's own words. */
  readonly raw: string | null
  /** Exchanges that could not be stored since this was opened. */
  readonly lost: number
}

/** The recorded requests of all tenants: a ring in a file of its own, so that whatever happens to it never breaks a sync. Nothing here throws. */
export type Exchanges = {
  /** Gives the id at once; the row is written within 200 ms. null: not recorded, `health` says why. */
  readonly sink: ExchangeSink
  list(filter: ExchangeFilter, page: ExchangePage): ExchangeList
  get(id: number): Exchange | null
  /** null for a filter with `text`: bodies are searched page by page. */
  count(filter?: ExchangeFilter): number | null
  /** Writes what still waits in memory. */
  flush(): void
  /** Brings the ring within its limits at once; it otherwise happens bit by bit. Returns the rows removed. */
  prune(): number
  /** Removes every exchange. Ids go on counting, so that an old link never shows a stranger. */
  clear(): void
  health(): ExchangeHealth
  close(): void
}

export type ExchangeOptions = { readonly clock: Clock; readonly limits?: Partial<RingLimits> }

export const defaultRing: RingLimits = { rows: 100_000, bytes: 1_000_000_000, ageMs: 30 * 86_400_000 }

/**
 * Opens `exchanges.db` in the folder for writing and reading; every thread opens its own. A damaged file is renamed to `.broken-DATE` and a new one
 * begun; a full disk stops the recording until there is room.
 */
export function openExchanges(folder: string, options: ExchangeOptions): Exchanges {
  const writer = new ExchangeWriter(folder, options.clock, { ...defaultRing, ...options.limits })
  return {
    sink: { save: (draft) => writer.save(draft) },
    list: (filter, page) => writer.read((queries) => queries.list(filter, page), { rows: [], next: null }),
    get: (id) => writer.read((queries) => queries.get(id), null),
    count: (filter = {}) => writer.read((queries) => queries.count(filter), 0),
    flush: () => writer.flush(),
    prune: () => writer.prune(),
    clear: () => writer.clear(),
    health: () => writer.health(),
    close: () => writer.close(),
  }
}
