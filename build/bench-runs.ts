/** Runs, failures and a large preview, as a year leaves them behind: for the measurement of the screens. */
import { type FaultCode, fault } from '../app/model/fault.ts'
import { type FieldChange, noRunCounts, type OutcomeKind, type RecordOutcome } from '../app/model/outcome.ts'
import type { Store } from '../app/store/open.ts'

const causes: readonly FaultCode[] = [
  ...(['status-unmapped', 'customer-missing', 'halo-value-too-long', 'api-down'] as const),
]
const dayMs = 86_400_000
const manyFailures = 5_000
const manyRuns = 2_000
const batch = 1_000

/** Adds them; `setNow` moves the store's clock. */
export function addRunsAndFailures(
  store: Store,
  tenantId: number,
  records: number,
  setNow: (ms: number) => void,
): void {
  for (let id = 1; id <= manyFailures; id++) {
    const code = causes[id % causes.length] ?? 'api-down'
    const facts = { status: 90, entity: 'quote', id, field: 'QHtitle' }
    const failed = { tenantId, entity: 'quotes' as const, commerceId: id, label: `QO-${id}` }
    store.failures.record({ ...failed, fault: fault(code, { facts }), payload: `{"id":${id}}` })
  }
  for (let back = manyRuns; back > 0; back--) addRun(store, tenantId, back, setNow)
  setNow(Date.now())
  addPreview(store, tenantId, records)
}

/** Eight a day, so that the newest reach back over more than half a year. */
function addRun(store: Store, tenantId: number, back: number, setNow: (ms: number) => void): void {
  const begunMs = Date.now() - back * (dayMs / 8)
  setNow(begunMs)
  const run = store.runs.start(tenantId, 'sync', 'schedule')
  const counts = {
    ...noRunCounts(),
    quotes: { created: 1, updated: 3, unchanged: 20, skipped: 0, failed: back % 9 === 0 ? 2 : 0 },
  }
  const at = new Date(begunMs).toISOString()
  const facts = { resource: 'quote', rows: 24, requests: 1 }
  store.runs.addLog(
    run.id,
    Array.from({ length: 30 }, () => ({ at, level: 'info' as const, what: 'list read' as const, facts })),
  )
  setNow(begunMs + 20_000)
  store.runs.end(run.id, { outcome: back % 9 === 0 ? 'partial' : 'done', fault: null, requests: 12, counts })
}

/** What a first preview of so many quotes of four lines is. */
function addPreview(store: Store, tenantId: number, records: number): void {
  const { id } = store.runs.start(tenantId, 'preview', 'person')
  const counts = noRunCounts()
  for (let from = 1; from <= records; from += batch) {
    const outcomes = Array.from({ length: Math.min(batch, records - from + 1) }, (_, n) =>
      previewed(from + n),
    )
    for (const { kind } of outcomes) counts.quotes[kind] += 1
    store.runs.addOutcomes(id, outcomes)
  }
  store.runs.end(id, { outcome: 'partial', fault: null, requests: Math.ceil(records / 90), counts })
}

const kinds: readonly OutcomeKind[] = ['updated', 'failed', 'skipped']
const headFields = [
  'QHtitle',
  'QHThirdPartyNumber',
  'QHstatus',
  'QHDate',
  'QHExpiryDate',
  'qhdattocommerceid',
]
const lineFields = [
  'QDQHid',
  'QDItemid',
  'QDProductCode',
  'QDDesc',
  'QDPrice',
  'QDQuantity',
  'QDTax',
  'QDsortseq',
]

function previewed(id: number): RecordOutcome {
  const kind = id % 20 === 0 ? (kinds[(id / 20) % kinds.length] ?? 'created') : 'created'
  const written = (field: string, before: number | null): FieldChange => ({ field, before, after: id % 700 })
  const changes: Partial<Record<OutcomeKind, readonly FieldChange[]>> = {
    created: [
      ...headFields.map((field) => written(`QUOTATIONHEADER.${field}`, null)),
      ...[1, 2, 3, 4].flatMap((line) =>
        lineFields.map((field) => written(`QUOTATIONDETAIL#${line}.${field}`, null)),
      ),
    ],
    updated: [written('QUOTATIONHEADER.QHstatus', 1), written('QUOTATIONDETAIL#2.QDPrice', 10)],
  }
  return {
    entity: 'quotes',
    commerceId: id,
    label: `QO-${10_000 + id}`,
    kind,
    haloId: kind === 'created' ? null : id,
    fault: kind === 'failed' ? fault('customer-missing', { facts: { id } }) : null,
    notes: kind === 'skipped' ? [fault('status-not-chosen')] : [],
    changes: changes[kind] ?? [],
  }
}
