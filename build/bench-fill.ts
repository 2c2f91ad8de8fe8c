/** A data folder as a large tenant's is after a year: for the measurement of the screens. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openExchanges } from '../app/store/exchanges.ts'
import { openStore, type Store } from '../app/store/open.ts'
import type { ApiAnswer } from './bench-api.ts'
import { inventExchanges } from './bench-exchanges.ts'
import { addRunsAndFailures } from './bench-runs.ts'
import { runCli } from './program.ts'

const lifted = { requestsPerMinute: 1_000_000, requestsPerDay: 100_000_000 }

/**
 * Syncs `records` invented records (half quotes) into an embedded Halo in `folder`, as a person would, then adds what a year leaves behind:
 * 5,000 failed records, 2,000 runs, a preview of as many records and as many recorded requests as records.
 */
export async function fillFolder(folder: string, records: number): Promise<void> {
  const share = (part: number) => Math.max(10, Math.round(records * part))
  const size = { quotes: share(0.5), customers: share(0.15), products: share(0.2), orders: share(0.15) }
  const api = fork(fileURLToPath(new URL('bench-api.ts', import.meta.url)), [
    JSON.stringify({ ...size, ...lifted }),
  ])
  try {
    const [started] = (await once(api, 'message')) as [ApiAnswer]
    await command(folder, addArguments(folder, started), started.key)
    await command(folder, ['sync', '--json'], '')
  } finally {
    if (api.connected) api.disconnect()
  }
  addPast(folder, records)
}

const addArguments = (folder: string, { url }: ApiAnswer): readonly string[] => [
  ...['tenant', 'add', '--name', 'Northwind', '--url', 'https://northwind.mydattocommerce.com'],
  ...['--api-url', url, '--api-key-stdin', '--halo', `sqlite:${join(folder, 'halo.db')}`],
  ...['--sync-from', '2000-01-01T00:00:00Z'],
  ...[
    '--requests-per-minute',
    `${lifted.requestsPerMinute}`,
    '--requests-per-day',
    `${lifted.requestsPerDay}`,
  ],
]

async function command(folder: string, args: readonly string[], stdin: string): Promise<void> {
  const out = await runCli(['--data', join(folder, 'data'), ...args], { stdin })
  if (out.status !== 0 && out.status !== 2)
    throw new Error(`${args[0]} ended with status ${out.status}:\n${out.stderr}`)
}

/** The newest quote gets 500 lines more in the mirror, and is read as unchanged from now on. */
function lengthenQuote({ records, sources }: Store, tenantId: number): void {
  const newest = { sort: 'modifiedAt' as const, isDescending: true, offset: 0, limit: 1 }
  const quote = records.list({ entity: 'quotes', tenantId, ...newest }).rows[0]
  const section = quote && sources.childrenOf(tenantId, 'quotesection', [quote.commerceId])[0]
  const line = section && sources.childrenOf(tenantId, 'quoteline', [section.id])[0]
  if (!section || !line) throw new Error('The newest quote has no line.')
  const lines = Array.from({ length: 500 }, (_, at) => {
    const id = 900_000_000 + at
    const body = JSON.stringify({ ...JSON.parse(line.body), id, lineNumber: at + 1, title: `Line ${at + 1}` })
    return { id, parentId: section.id, modifiedAt: null, body }
  })
  sources.putPage(tenantId, 'quoteline', lines, 1, { marksChildren: false })
}

function addPast(folder: string, requests: number): void {
  let nowMs = Date.now()
  const clock = { now: () => nowMs }
  const opened = openStore(join(folder, 'data'), { clock, role: 'owner' })
  if (!opened.ok) throw new Error(`The store did not open: ${opened.fault.code}`)
  const store = opened.value
  const [tenant] = store.tenants.list()
  if (!tenant) throw new Error('The bench has no tenant.')
  // Nothing runs by itself while the screens are measured.
  store.tenants.update(tenant.id, { schedule: { kind: 'off' } })
  lengthenQuote(store, tenant.id)
  addRunsAndFailures(store, tenant.id, requests, (ms) => {
    nowMs = ms
  })
  store.close()
  const exchanges = openExchanges(join(folder, 'data'), { clock: { now: () => Date.now() } })
  for (const draft of inventExchanges(requests, Date.now())) {
    // As many as wait at once; more would be given up.
    if (exchanges.sink.save({ ...draft, tenantId: tenant.id }) === null) exchanges.flush()
  }
  exchanges.flush()
  exchanges.close()
}
