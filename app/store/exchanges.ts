import type { Exchange } from '../model/exchange.ts'
import type { Clock, ExchangeSink } from '../model/ports.ts'
import { fileBytes } from './exchange-file.ts'
import type { ExchangeGroup, ExchangeTimeline } from './exchange-groups.ts'
import type { ExchangeFilter, ExchangeList, ExchangePage } from './exchange-queries.ts'
import type { RingLimits } from './exchange-ring.ts'
import type { ExchangeRow } from './exchange-rows.ts'
import { ExchangeWriter } from './exchange-writer.ts'

export type { ExchangeGroup, ExchangeTimeline } from './exchange-groups.ts'
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
  /** Good answers with large bodies, which `text` of the terms does not look into; `text` of the filter does, bit by bit. */
  unsearched(filter: ExchangeFilter): number
  /** The highest id given; 0 when nothing is there. */
  newestId(): number
  /** Failures of the filter by cause, the most frequent first, 200 at most. */
  groups(filter: ExchangeFilter): readonly ExchangeGroup[]
  /** Counts over the time that the filter's exchanges span; null when there is none. */
  timeline(filter: ExchangeFilter, bars: number): ExchangeTimeline | null
  /** The neighbours in time of one exchange, oldest first, `each` before and after, of the same run and tenant. */
  around(id: number, each: number): readonly ExchangeRow[]
  limits(): RingLimits
  /** Holds from now on for this thread; the worker asks for them before each run. */
  setLimits(limits: RingLimits): void
  /** Bytes of the file, its log included. */
  bytes(): number
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
    unsearched: (filter) => writer.read((queries) => queries.unsearched(filter), 0),
    newestId: () => writer.read((queries) => queries.newestId(), 0),
    groups: (filter) => writer.read((queries) => queries.groups(filter), []),
    timeline: (filter, bars) => writer.read((queries) => queries.timeline(filter, bars), null),
    around: (id, each) => writer.read((queries) => queries.around(id, each), []),
    limits: () => writer.limits,
    setLimits: (limits) => writer.setLimits(limits),
    bytes: () => fileBytes(folder),
    flush: () => writer.flush(),
    prune: () => writer.prune(),
    clear: () => writer.clear(),
    health: () => writer.health(),
    close: () => writer.close(),
  }
}
