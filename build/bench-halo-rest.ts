/**
 * `npm run bench:halo-rest [-- QUOTES]`: what writing quotes through Halo's API takes, in requests and in time: new ones, all of them changed, and all of them
 * written again by a program that remembers nothing. The Halo is the tests' own, in a process of its own; what a real one needs for a request is not in it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Destination, Owner } from '../app/halo/destination.ts'
import { openHalo } from '../app/halo/open.ts'
import { createHttpClient } from '../app/http/client.ts'
import type { HttpClient } from '../app/http/types.ts'
import type { HaloRecord } from '../app/model/halo.ts'
import { defaultNetwork } from '../app/model/network.ts'
import type { Entity } from '../app/model/tenant.ts'
import { customer, instance, line, product, quote } from '../tests/integration/halo/records.ts'

const clock = { now: () => Date.now() }
/** As many as a sync writes at a time. */
const batchSize = 200
const linesOfQuote = 8

type Fake = {
  readonly child: ChildProcess
  readonly url: string
  readonly clientId: string
  readonly secret: string
}

async function startFake(quirks: object): Promise<Fake> {
  const file = fileURLToPath(new URL('../tests/fake-halo/serve.ts', import.meta.url))
  const child = spawn(process.execPath, [file, '0', JSON.stringify(quirks)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ...(JSON.parse(text.toString('utf8')) as Omit<Fake, 'child'>) }
}

/** A client that counts and records nothing. */
function countingClient(): HttpClient & { readonly sent: { count: number } } {
  const book = {
    take: () => ({ isGranted: true }) as const,
    block: () => undefined,
    usage: () => ({ minute: 0, day: 0, blockedUntilMs: null }),
  }
  const http = createHttpClient({
    clock,
    sink: null,
    book,
    network: { ...defaultNetwork, proxy: { mode: 'none' } },
  })
  const sent = { count: 0 }
  return {
    sent,
    send: (call) => {
      sent.count += 1
      return http.send(call)
    },
    close: () => http.close(),
  }
}

async function opened(fake: Fake, http: HttpClient): Promise<{ halo: Destination; owner: Owner }> {
  const target = { kind: 'rest', address: fake.url, tenant: null, clientId: fake.clientId } as const
  const facts = { purpose: 'sync', tenantId: null, runId: null } as const
  const halo = await openHalo(target, { clock, secret: fake.secret, rest: { http, facts } })
  if (!halo.ok) throw new Error(halo.fault.code)
  const owner = await halo.value.owner(instance)
  if (!owner.ok) throw new Error(owner.fault.code)
  return { halo: halo.value, owner: owner.value }
}

type Figures = { readonly requests: number; readonly seconds: number; readonly kinds: string }

async function measure<E extends Entity>(
  fake: Fake,
  entity: E,
  records: readonly HaloRecord[E][],
): Promise<Figures> {
  const http = countingClient()
  const { halo, owner } = await opened(fake, http)
  http.sent.count = 0
  const begun = performance.now()
  const kinds = new Set<string>()
  for (let from = 0; from < records.length; from += batchSize) {
    const batch = records.slice(from, from + batchSize).map((record) => ({ record, haloId: null }))
    const written = await halo.write(entity, batch, {
      owner,
      mode: 'write',
      defaultGroup: null,
      createItemsFromQuotes: false,
    })
    if (!written.ok) throw new Error(JSON.stringify(written.fault))
    for (const one of written.value) kinds.add(one.kind)
  }
  const seconds = (performance.now() - begun) / 1000
  await http.close()
  return { requests: http.sent.count, seconds, kinds: [...kinds].join() }
}

async function measureAll(name: string, quirks: object, count: number): Promise<void> {
  const fake = await startFake(quirks)
  const ids = (total: number): number[] => Array.from({ length: total }, (_, at) => at + 1)
  const clients = Math.max(10, Math.round(count / 10))
  const quotes = ids(count).map((id) => {
    const lines = ids(linesOfQuote).map((at) =>
      line(id * 100 + at, at, { productCommerceId: 1 + ((id + at) % clients) }),
    )
    return quote(id, { customerCommerceId: 1 + (id % clients), contact: { name: '', email: '' }, lines })
  })
  const rows: [string, number, Figures][] = []
  rows.push([
    'products, new',
    clients,
    await measure(
      fake,
      'products',
      ids(clients).map((id) => product(id)),
    ),
  ])
  rows.push([
    'customers, new',
    clients,
    await measure(
      fake,
      'customers',
      ids(clients).map((id) => customer(id)),
    ),
  ])
  rows.push(['quotes, new', count, await measure(fake, 'quotes', quotes)])
  rows.push([
    'quotes, all changed',
    count,
    await measure(
      fake,
      'quotes',
      quotes.map((one) => ({ ...one, title: `${one.title}, changed` })),
    ),
  ])
  rows.push([
    'quotes, nothing new',
    count,
    await measure(
      fake,
      'quotes',
      quotes.map((one) => ({ ...one, title: `${one.title}, changed` })),
    ),
  ])
  fake.child.kill()
  for (const [what, records, { requests, seconds, kinds }] of rows) {
    const perThousand = Math.round((requests * 1000) / records)
    const speed = Math.round(records / seconds)
    process.stdout.write(
      `| ${name} | ${what} | ${records} | ${requests} | ${perThousand} | ${speed} | ${kinds} |\n`,
    )
  }
}

const count = Number(process.argv[2] ?? 1000)
process.stdout.write(
  '| how records are found | what | records | requests | requests per 1,000 | records a second | outcome |\n',
)
process.stdout.write('| --- | --- | ---: | ---: | ---: | ---: | --- |\n')
await measureAll('report questions', {}, count)
await measureAll('lists', { reports: 'forbidden' }, count)
await measureAll('lists without Commerce ids', { reports: 'forbidden', hasThinLists: true }, count)
