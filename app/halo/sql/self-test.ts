import { performance } from 'node:perf_hooks'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import type { WriteOutcome } from '../destination.ts'
import { writeBatch } from './batch.ts'
import { type Context, noOverlay } from './context.ts'
import type { SqlDialect, SqlSession } from './dialect.ts'
import { type LiveSchema, liveTable } from './live.ts'
import { readRecord } from './read.ts'
import { seed } from './seed.ts'
import * as sample from './self-test-records.ts'
import { halo, type TableName, tableNames } from './tables/all.ts'

/** One thing that was tried. `found`: what came out, in plain words. */
export type SelfTestStep = {
  readonly name: string
  readonly found: string
  readonly fault: Fault | null
  readonly durationMs: number
}

/**
 * Tries on a customer's own server what the program does there: keys made by the database and keys allocated, bulk loads, updates, quotes with their
 * lines, every sort of value, a refused value. All of it on temporary tables inside a transaction that is rolled back, so nothing stays and none of
 * Halo's tables is touched. Stops at the first step that fails.
 */
export async function selfTest(dialect: SqlDialect): Promise<readonly SelfTestStep[]> {
  const steps: SelfTestStep[] = []
  for (const isIdentity of [true, false]) {
    const ended = await dialect.transaction('write', async (session): Promise<Result<null>> => {
      const failed = await tryAll(dialect, session, isIdentity, steps)
      // Never committed.
      return fail(failed ?? fault('cancelled'))
    })
    const trouble = ended.ok ? null : ended.fault
    if (trouble && trouble.code !== 'cancelled') {
      if (!steps.some((step) => step.fault))
        steps.push({ name: 'work', found: '', fault: trouble, durationMs: 0 })
      return steps
    }
  }
  return steps
}

async function tryAll(
  dialect: SqlDialect,
  session: SqlSession,
  isIdentity: boolean,
  steps: SelfTestStep[],
): Promise<Fault | null> {
  const keys = isIdentity ? 'keys made by the database' : 'keys allocated under a lock'
  let failed: Fault | null = null
  const step = async (name: string, work: () => Promise<Result<string>>): Promise<void> => {
    if (failed) return
    const begun = performance.now()
    const result = await session.attempt(work)
    const durationMs = Math.round(performance.now() - begun)
    failed = result.ok ? null : result.fault
    steps.push({ name: `${name} (${keys})`, found: result.ok ? result.value : '', fault: failed, durationMs })
  }
  let schema: LiveSchema | null = null
  await step('temporary tables', async () => {
    schema = await makeTables(dialect, session, isIdentity)
    await seed(session, schema)
    return ok(`${tableNames.length} tables`)
  })
  if (!schema) return failed
  const context: Context = {
    ...{ session, statements: dialect.statements, schema, overlay: null, tenant: 1 },
    options: { owner: { haloTenantId: 1 }, mode: 'write', defaultGroup: null, createItemsFromQuotes: true },
  }
  const write = <E extends Entity>(entity: E, records: readonly HaloRecord[E][]) =>
    writeBatch(
      context,
      entity,
      records.map((record) => ({ record, haloId: null })),
    )
  await step('customers', () => expectAll(write('customers', sample.customers(50)), 'created'))
  await step('300 products at once', () => expectAll(write('products', sample.products(300)), 'created'))
  await step('quotes with lines', () => expectAll(write('quotes', sample.quotes(40)), 'created'))
  await step('sales orders', () => expectAll(write('salesOrders', sample.orders(20)), 'created'))
  await step('the same again', async () => {
    const customers = await expectAll(write('customers', sample.customers(50)), 'unchanged')
    if (!customers.ok) return customers
    const products = await expectAll(write('products', sample.products(300)), 'unchanged')
    return products.ok ? expectAll(write('quotes', sample.quotes(40)), 'unchanged') : products
  })
  await step('changes', () => expectAll(write('quotes', sample.changedQuotes(40)), 'updated'))
  await step('a preview', async () => {
    const preview: Context = { ...context, overlay: noOverlay() }
    const batch = sample.changedQuotes(40).map((record) => ({ record, haloId: null }))
    return expectAll(writeBatch(preview, 'quotes', batch), 'unchanged')
  })
  await step('text, money and dates come back', () => valuesComeBack(context))
  await step('a value that is refused', () => refusalStaysAlone(context))
  return failed
}

/** Halo's tables under names of their own. */
async function makeTables(
  dialect: SqlDialect,
  session: SqlSession,
  isIdentity: boolean,
): Promise<LiveSchema> {
  const entries = []
  for (const id of tableNames) {
    const made = dialect.temporary?.(halo[id], isIdentity)
    if (!made) continue
    for (const statement of made.statements) await session.exec(statement)
    entries.push([id, liveTable(id, made.spec, made.facts)] as const)
  }
  return {
    tables: Object.fromEntries(entries) as Record<TableName, ReturnType<typeof liveTable>>,
    dateText: dialect.dateText,
  }
}

async function expectAll(
  writing: Promise<Result<WriteOutcome[]>>,
  kind: WriteOutcome['kind'],
): Promise<Result<string>> {
  const written = await writing
  if (!written.ok) return written
  const other = written.value.find((outcome) => outcome.kind !== kind)
  if (other)
    return fail(other.fault ?? wrong(`${other.commerceId} was ${other.kind}, not ${kind}`, other.changes))
  return ok(`${written.value.length} ${kind}`)
}

const wrong = (what: string, details: unknown): Fault =>
  fault('halo-error', { raw: `${what}: ${JSON.stringify(details).slice(0, 300)}` })

async function valuesComeBack(context: Context): Promise<Result<string>> {
  const record = sample.oddQuote
  const written = await writeBatch(context, 'quotes', [{ record, haloId: null }])
  const outcome = written.ok ? written.value[0] : undefined
  if (!written.ok) return written
  if (!outcome || outcome.haloId === null) return fail(outcome?.fault ?? wrong('nothing was written', null))
  const read = await readRecord(context, 'quotes', context.options.owner, outcome.haloId)
  if (!read.ok) return read
  const { quote } = context.schema.tables
  const title = read.value?.fields[`${quote.spec.name}.QHtitle`]
  const prices = read.value?.lines.map((line) => line.QDPrice)
  const wanted = record.lines.map(({ price }) => price)
  if (title !== record.title) return fail(wrong('the title came back as', title ?? null))
  if (JSON.stringify(prices) !== JSON.stringify(wanted)) return fail(wrong('the prices came back as', prices))
  return expectAll(writeBatch(context, 'quotes', [{ record, haloId: null }]), 'unchanged')
}

/** A text that is longer than its column, past this program's own check: it must fail by itself and leave the transaction alive. */
async function refusalStaysAlone({ session, schema }: Context): Promise<Result<string>> {
  const { area } = schema.tables
  const columns = area.isIdentity ? ['aareadesc', 'AWebsite'] : ['aareadesc', 'AWebsite', 'Aarea']
  const row = ['Too long', 'x'.repeat(300), 987_654].slice(0, columns.length)
  const tried = await session.attempt(async () => ok(await session.insert(area, columns, [row])))
  if (tried.ok) return fail(wrong('300 characters went into 250', null))
  return tried.fault.code === 'halo-value-too-long' ? ok('refused, and the rest went on') : tried
}
