import type { HttpClient } from '../../app/http/types.ts'
import type { Exchange } from '../../app/model/exchange.ts'
import { type Fault, fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { readFilter } from '../../app/model/inspector/filter-line.ts'
import type { Clock } from '../../app/model/ports.ts'
import { type ConcernedRecord, concernedRecords } from '../../app/store/exchange-failures.ts'
import type { RingLimits } from '../../app/store/exchange-ring.ts'
import type {
  ExchangeFilter,
  ExchangeGroup,
  ExchangeHealth,
  ExchangeRow,
  Exchanges,
  ExchangeTimeline,
} from '../../app/store/exchanges.ts'
import type { Store } from '../../app/store/open.ts'
import { type Blurred, type HarChoice, harOf } from './har-stream.ts'
import { type KeyedTenants, sendAgain } from './replay.ts'
import { type ReportParts, reportOf, reportPreview } from './report.ts'
import { readLimits, storeLimits } from './retention.ts'

/** What is asked for: the filter line, and the newest id that the list was begun with, so that it stands still while it is read. */
export type Asked = { readonly q: string; readonly upTo?: number }

type ExchangeDetail = {
  readonly exchange: Exchange
  /** All attempts of the same call, the first first; this one among them. */
  readonly attempts: readonly ExchangeRow[]
  /** Just before and after, of the same run and tenant. */
  readonly around: readonly ExchangeRow[]
  /** Failed records that name this exchange as the one that shows it. */
  readonly failures: readonly ConcernedRecord[]
}

export type Retention = {
  readonly limits: RingLimits
  readonly rows: number
  readonly bytes: number
  /** UTC ISO; null when nothing is kept. */
  readonly oldestAt: string | null
  readonly health: ExchangeHealth
}

/** What a person at the inspector may ask and do. */
export type InspectorDesk = ReturnType<typeof createInspectorDesk>

type InspectorParts = {
  readonly store: Store
  readonly exchanges: Exchanges
  readonly clock: Clock
  readonly http: HttpClient
  readonly tenants: KeyedTenants
  readonly report: Omit<ReportParts, 'exchanges' | 'store' | 'clock' | 'filterOf'>
  readonly onChange: () => void
}

const bars = 60
const neighbours = 5

export function createInspectorDesk(parts: InspectorParts) {
  const { store, exchanges, clock } = parts
  exchanges.setLimits(readLimits(store.settings))
  const filterOf = ({ q, upTo }: Asked): ExchangeFilter => {
    const nowMs = clock.now()
    return {
      terms: readFilter(q).terms,
      moment: { nowMs, midnightMs: new Date(nowMs).setHours(0, 0, 0, 0) },
      ...(upTo === undefined ? {} : { upToId: upTo }),
    }
  }
  const report: ReportParts = { ...parts.report, store, exchanges, clock, filterOf }
  return {
    list: (asked: Asked, window: { readonly offset: number; readonly limit: number }) => ({
      rows: exchanges.list(filterOf(asked), window).rows,
      total: exchanges.count(filterOf(asked)) ?? 0,
    }),
    /** `fresh`: how many that fit the filter came after `upTo`. */
    news: (asked: Asked) => ({
      newest: exchanges.newestId(),
      fresh: asked.upTo === undefined ? 0 : (exchanges.count(freshOf(filterOf(asked))) ?? 0),
      health: exchanges.health(),
    }),
    /** How many large bodies the filter's text did not look into; 0 for a filter without text. */
    unsearched: (asked: Asked): number =>
      readFilter(asked.q).terms.some(({ key }) => key === 'text') ? exchanges.unsearched(filterOf(asked)) : 0,
    timeline: (asked: Asked): ExchangeTimeline | null => exchanges.timeline(filterOf(asked), bars),
    groups: (asked: Asked): readonly ExchangeGroup[] => exchanges.groups(filterOf(asked)),
    dig: (asked: Asked, before: string | undefined) => dig(exchanges, filterOf(asked), before),
    get: (id: number): ExchangeDetail | null => {
      const exchange = exchanges.get(id)
      if (!exchange) return null
      return {
        exchange,
        attempts: exchanges
          .list({ callId: exchange.callId }, { limit: 50 })
          .rows.toSorted((a, b) => a.attempt - b.attempt),
        around: exchanges.around(id, neighbours),
        failures: concernedRecords(store.db, id),
      }
    },
    send: async (id: number): Promise<Result<{ readonly exchangeId: number | null }>> => {
      const exchange = exchanges.get(id)
      if (!exchange) return fail(fault('not-found', { side: 'here' }))
      const sent = await sendAgain({ ...parts, http: parts.http }, exchange)
      parts.onChange()
      return sent
    },
    /** Forgets every exchange; says how many there were. Audited. */
    clear: (who = 'person'): Result<{ readonly cleared: number }> => {
      const cleared = exchanges.count() ?? 0
      exchanges.clear()
      store.audit.add({ who, what: 'exchanges.clear', tenantId: null, before: { exchanges: cleared } })
      parts.onChange()
      const { trouble, raw } = exchanges.health()
      return trouble ? fail(troubleOf(trouble, raw)) : ok({ cleared })
    },
    retention: (): Retention => ({
      limits: exchanges.limits(),
      rows: exchanges.count() ?? 0,
      bytes: exchanges.bytes(),
      oldestAt: exchanges.timeline({}, 1)?.from ?? null,
      health: exchanges.health(),
    }),
    setRetention: (limits: RingLimits, who = 'person'): Result<null> => {
      const before = exchanges.limits()
      storeLimits(store.settings, limits)
      exchanges.setLimits(limits)
      exchanges.prune()
      store.audit.add({ who, what: 'exchanges.retention', tenantId: null, before, after: limits })
      parts.onChange()
      return ok(null)
    },
    har: (choice: HarChoice, blur: Blurred): Iterable<string> =>
      harOf({ exchanges, filterOf, version: parts.report.version }, choice, blur),
    reportPreview: (choice: HarChoice, blur: Blurred) => reportPreview(report, choice, blur),
    report: (choice: HarChoice, blur: Blurred) => reportOf(report, choice, blur),
  }
}

function freshOf(filter: ExchangeFilter): ExchangeFilter {
  const { upToId, ...rest } = filter
  return upToId === undefined ? rest : { ...rest, afterId: upToId }
}

const troubleOf = (trouble: NonNullable<ExchangeHealth['trouble']>, raw: string | null): Fault =>
  fault(trouble === 'broken' ? 'store-damaged' : trouble, raw === null ? {} : { raw })

/** Reads large bodies for the filter's words, as far as one slice of time goes. */
function dig(exchanges: Exchanges, filter: ExchangeFilter, before: string | undefined) {
  const terms = filter.terms ?? []
  const words = terms.find(({ key, isNot }) => key === 'text' && !isNot)?.values[0]
  if (words === undefined) return { rows: [], next: null }
  const rest = { ...filter, terms: terms.filter(({ key }) => key !== 'text'), text: words, onlyLarge: true }
  return exchanges.list(rest, { limit: 200, ...(before ? { before } : {}) })
}
