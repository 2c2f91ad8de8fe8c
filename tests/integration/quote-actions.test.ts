import { expect, onTestFinished, test } from 'vitest'
import { openHalo } from '../../app/halo/open.ts'
import { createHttpClient } from '../../app/http/client.ts'
import { createHaloKeeper } from '../../main/halo-keeper.ts'
import { createQuoteDesk } from '../../main/quote-desk.ts'
import { startFakeHalo } from '../fake-halo/index.ts'
import { keepingSink, openBook } from '../unit/app/http/stage.ts'
import { good } from './ground.ts'
import { done, makeRig, network, type RigOptions } from './rig.ts'

/** Commerce's statuses as the mapping sets them. */
const quoteStatus = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 90: 6 }

/** A synced tenant and a desk into its Halo; `quote` is one of Commerce's, `status` reads what Halo has of it. */
async function synced(options: RigOptions = {}) {
  const rig = await makeRig({ ...options, mapping: { quoteStatus } })
  expect(await rig.sync()).toMatchObject(done)
  const http = createHttpClient({ clock: rig.clock, sink: keepingSink(), book: openBook(), network })
  const facts = { purpose: 'test', tenantId: rig.tenantId, runId: null } as const
  const secret = options.halo?.secret ?? null
  const halos = createHaloKeeper((tenant) =>
    openHalo(tenant.halo, { clock: rig.clock, secret, network, rest: { http, facts } }),
  )
  onTestFinished(async () => {
    await halos.close()
    await http.close()
  })
  const { store, clock, tenantId } = rig
  const desk = createQuoteDesk({ store, clock, halos, onChange: () => undefined, who: 'Ann' })
  const quote = rig.world.list('quote').find(({ status }) => status === 1)
  if (!quote) throw new Error('The sample has a quote that was sent.')
  const look = async () => good(await desk.look(tenantId, quote.id))
  const next = async (kind: 'sync' | 'preview' | 'reconcile' = 'sync') => {
    clock.pass(15)
    const run = await rig.sync(kind)
    expect(run).toMatchObject(done)
    return run
  }
  const status = async (): Promise<number | null> => (await look()).state.statusId
  const choose = async (to: number) => good(await desk.setStatus(tenantId, quote.id, { to }))
  return { rig, desk, quote, tenantId, look, next, status, choose }
}

async function restOptions() {
  const fake = await startFakeHalo()
  onTestFinished(() => fake.close())
  const target = { kind: 'rest', address: fake.url, tenant: null, clientId: fake.clientId } as const
  return { fake, halo: { target, secret: fake.secret } }
}

test('a status that a person chose stays through syncs, a mapping that changed and a reconcile, until Commerce’s own changes', async () => {
  const { rig, quote, look, next, status, choose } = await synced()
  expect(await look()).toMatchObject({ commerceStatus: 1, mapped: 1, choice: null })
  await choose(5)
  expect(await look()).toMatchObject({ choice: { name: 'Approved', who: 'Ann', commerceStatus: 1 } })

  rig.world.touchQuote(quote.id, { title: 'Renamed' })
  const touched = await next()
  expect(touched.outcomes.find(({ commerceId }) => commerceId === quote.id)).toMatchObject({
    kind: 'updated',
    notes: [{ code: 'status-chosen', facts: { name: 'Approved' } }],
  })
  rig.remap({ quoteStatus: { ...quoteStatus, 1: 2 } })
  await next()
  await next('reconcile')
  expect(await status()).toBe(5)

  rig.world.touchQuote(quote.id, { status: 3 })
  await next()
  expect(await look()).toMatchObject({ choice: null, state: { statusId: 3 } })
  // Back where it was when it was chosen: the choice is over all the same.
  rig.world.touchQuote(quote.id, { status: 1 })
  await next()
  expect(await status()).toBe(2)
})

test('the mapping decides again from the next run on, when a person says so', async () => {
  const { desk, quote, tenantId, next, status, choose, look } = await synced()
  await choose(6)
  await next()
  good(desk.release(tenantId, quote.id))
  expect(await look()).toMatchObject({ choice: null, state: { statusId: 6 } })
  const preview = await next('preview')
  expect(preview.outcomes.find(({ commerceId }) => commerceId === quote.id)?.changes).toEqual([
    { field: 'QUOTATIONHEADER.QHstatus', before: 6, after: 1 },
  ])
  expect(await status()).toBe(6)
  await next()
  expect(await status()).toBe(1)
})

test('a choice that a run overtakes is set right by the next one', async () => {
  const { rig, quote, tenantId, next, status, choose, desk } = await synced()
  const run = rig.store.runs.start(tenantId, 'sync', 'schedule')
  await choose(5)
  // As a run does that had mapped the quote before.
  const choice = rig.store.statusChoices.of(tenantId, [quote.id]).get(quote.id)
  if (!choice) throw new Error('It was chosen.')
  good(await desk.setStatus(tenantId, quote.id, { to: 1 }))
  rig.store.statusChoices.set(tenantId, choice)
  rig.store.runs.end(run.id, { outcome: 'done', fault: null, requests: 0, counts: run.counts })
  expect(await status()).toBe(1)
  await next()
  expect(await status()).toBe(5)
})

test('no sync touches the link to a ticket', async () => {
  const { fake, halo } = await restOptions()
  const { rig, desk, quote, tenantId, look, next } = await synced({ halo })
  fake.tables.rows.Tickets.set(7, { id: 7, summary: 'New laptops', client_id: 1, status_id: 2 })
  good(await desk.linkTicket(tenantId, quote.id, { to: 7 }))
  rig.world.touchQuote(quote.id, { title: 'Renamed', status: 3 })
  await next()
  rig.remap({ quoteStatus: {} })
  await next()
  await next('reconcile')
  expect(await look()).toMatchObject({
    state: { ticketId: 7, statusId: 3 },
    ticketLink: `${fake.url}/ticket?id=7`,
  })
  expect(fake.violations).toEqual([])
})

test('nothing is sent to Commerce, whatever a person does', async () => {
  const { rig, desk, quote, tenantId, look, choose } = await synced()
  rig.api.resetStats()
  const { auditId } = await choose(5)
  await look()
  good(await desk.tickets(tenantId, quote.id, { search: 'a', hasClosed: true, offset: 0, limit: 20 }))
  expect(await desk.linkTicket(tenantId, quote.id, { to: 1 })).toMatchObject({
    fault: { code: 'ticket-gone' },
  })
  good(await desk.undo(tenantId, auditId ?? 0))
  good(desk.release(tenantId, quote.id))
  expect(rig.api.stats().total).toBe(0)
})

test('another Halo has statuses of its own: the mapping decides there', async () => {
  const { rig, quote, tenantId, next, choose } = await synced()
  await choose(5)
  rig.update({ halo: { kind: 'sqlite', file: `${rig.folder}/another.db` } })
  await next()
  const rows = rig.rows('SELECT QHstatus FROM QUOTATIONHEADER WHERE qhdattocommerceid = ?', quote.id)
  expect(rows).toEqual([{ QHstatus: 1 }])
  expect(rig.store.statusChoices.of(tenantId, [quote.id]).size).toBe(0)
})
