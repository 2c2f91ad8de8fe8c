import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteHalo } from '../../../app/halo/sql/open.ts'
import { defaultMapping } from '../../../app/model/mapping.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { createHaloKeeper, type HaloKeeper } from '../../../main/halo-keeper.ts'
import { createQuoteDesk, type QuoteDesk } from '../../../main/quote-desk.ts'
import { customer, quote } from '../../integration/halo/records.ts'
import { aRecord, must, tempStore } from '../app/store/temp-store.ts'

let store: Store
let tenant: Tenant
let desk: QuoteDesk
let halos: HaloKeeper
let halo: Database.Database
let bumps: number

/** Quote 7 in Halo at status 1, Commerce says 1; tickets 5 and 6. Quote 8 is not in Halo. */
beforeEach(async () => {
  const made = tempStore()
  store = made.store
  const file = `${made.folder}/halo.db`
  tenant = must(
    store.tenants.add({
      ...{ name: 'North', instanceUrl: 'https://north.mydattocommerce.com', halo: { kind: 'sqlite', file } },
      mapping: { ...defaultMapping, quoteStatus: { '1': 2, '3': null } },
    }),
  )
  const open = () => openSqliteHalo({ file, clock: made.clock })
  const opened = must(await open())
  const owner = must(await opened.owner(tenant.instanceUrl))
  const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: false } as const
  must(await opened.write('customers', [{ record: customer(1), haloId: null }], options))
  const [written] = must(await opened.write('quotes', [{ record: quote(7), haloId: null }], options))
  await opened.close()
  halo = new Database(file)
  halo.exec("INSERT INTO FAULTS (Faultid, Symptom, Areaint) VALUES (5, 'Printer', 1), (6, 'Laptops', 1)")
  store.records.putOutcomes(tenant.id, 1, [
    aRecord(7, { haloId: written?.haloId ?? null, label: 'Q7' }),
    aRecord(8, { haloId: null }),
  ])
  bumps = 0
  halos = createHaloKeeper(open)
  desk = createQuoteDesk({ store, halos, clock: made.clock, onChange: () => bumps++, who: 'Ann' })
})
afterEach(async () => {
  await halos.close()
  halo.close()
})

const inHalo = () => halo.prepare('SELECT QHfaultID AS ticket, QHstatus AS status FROM QUOTATIONHEADER').get()
const audited = () => store.audit.list(tenant.id, 0, 10).map(({ who, what }) => `${who}: ${what}`)
const choice = () => store.statusChoices.of(tenant.id, [7]).get(7)

describe('a quote', () => {
  it('is shown as Halo has it, with what the mapping says', async () => {
    expect(must(await desk.look(tenant.id, 7))).toMatchObject({
      state: { client: { name: 'Customer 1' }, ticketId: null, statusId: 1 },
      ...{ ticketLink: '', commerceStatus: 1, mapped: 2, choice: null },
    })
    const body = JSON.stringify({ id: 7, status: 3 })
    const row = { id: 7, parentId: null, modifiedAt: null, body }
    store.sources.putPage(tenant.id, 'quote', [row], 1, { marksChildren: false })
    expect(must(await desk.look(tenant.id, 7))).toMatchObject({ commerceStatus: 3, mapped: 'left alone' })
  })

  it('that is not in Halo, or of no tenant, is refused', async () => {
    for (const [tenantId, quoteId, code] of [
      [tenant.id, 8, 'input-invalid'],
      [tenant.id, 99, 'input-invalid'],
      [77, 7, 'tenant-unknown'],
    ] as const)
      expect(await desk.look(tenantId, quoteId)).toMatchObject({ fault: { code } })
    halo.exec('DELETE FROM QUOTATIONHEADER')
    expect(await desk.look(tenant.id, 7)).toMatchObject({
      fault: { code: 'quote-gone', facts: { label: 'Q7' } },
    })
  })
})

describe('linking a ticket', () => {
  it('is in Halo and in the audit trail, and is undone', async () => {
    const { auditId } = must(await desk.linkTicket(tenant.id, 7, { to: 5, from: null }))
    expect([inHalo(), bumps]).toEqual([{ ticket: 5, status: 1 }, 1])
    expect(store.audit.get(auditId ?? 0)).toMatchObject({
      ...{ who: 'Ann', what: 'quote linked to a ticket' },
      ...{ before: { ticket: null }, after: { quoteId: 7, quote: 'Q7', ticket: 5 } },
    })
    const second = must(await desk.linkTicket(tenant.id, 7, { to: 6, from: 5 }))
    must(await desk.undo(tenant.id, second.auditId ?? 0))
    expect(inHalo()).toEqual({ ticket: 5, status: 1 })
    expect(audited()[0]).toBe('Ann: quote linked as before')
  })

  it('that changes nothing is not noted; one that came too late is refused, and so is its undo', async () => {
    const { auditId } = must(await desk.linkTicket(tenant.id, 7, { to: 5 }))
    expect(must(await desk.linkTicket(tenant.id, 7, { to: 5 })).auditId).toBeNull()
    halo.exec('UPDATE QUOTATIONHEADER SET QHfaultID = 6')
    const changed = { fault: { code: 'changed-meanwhile', facts: { label: 'Q7' } } }
    expect(await desk.linkTicket(tenant.id, 7, { to: null, from: 5 })).toMatchObject(changed)
    expect(await desk.undo(tenant.id, auditId ?? 0)).toMatchObject(changed)
    expect([inHalo(), audited().length]).toEqual([{ ticket: 6, status: 1 }, 1])
  })
})

describe('changing the status', () => {
  it('is in Halo, kept as a choice with its name, and in the audit trail', async () => {
    const { was, auditId } = must(await desk.setStatus(tenant.id, 7, { to: 5, from: 1 }))
    expect([was, inHalo()]).toEqual([1, { ticket: 0, status: 5 }])
    expect(choice()).toMatchObject({ haloStatus: 5, name: 'Approved', commerceStatus: 1, who: 'Ann' })
    expect(store.audit.get(auditId ?? 0)).toMatchObject({
      ...{
        what: 'quote status changed',
        before: { status: 'Sent' },
        after: { quote: 'Q7', status: 'Approved' },
      },
    })
  })

  it('is undone with what was chosen before', async () => {
    const first = must(await desk.setStatus(tenant.id, 7, { to: 5 }))
    const second = must(await desk.setStatus(tenant.id, 7, { to: 6 }))
    must(await desk.undo(tenant.id, second.auditId ?? 0))
    expect([inHalo(), choice()?.haloStatus]).toEqual([{ ticket: 0, status: 5 }, 5])
    must(await desk.undo(tenant.id, first.auditId ?? 0))
    expect([inHalo(), choice()]).toEqual([{ ticket: 0, status: 1 }, undefined])
    expect(audited()[0]).toBe('Ann: quote status changed back')
  })

  it('that Halo refuses leaves no choice behind', async () => {
    expect(await desk.setStatus(tenant.id, 7, { to: 77 })).toMatchObject({ fault: { code: 'status-gone' } })
    expect([inHalo(), choice(), audited()]).toEqual([{ ticket: 0, status: 1 }, undefined, []])
  })

  it('is given back to the mapping, once', async () => {
    must(await desk.setStatus(tenant.id, 7, { to: 5 }))
    expect(must(desk.release(tenant.id, 7)).auditId).not.toBeNull()
    expect(must(desk.release(tenant.id, 7)).auditId).toBeNull()
    expect([choice(), audited()[0]]).toEqual([undefined, 'Ann: quote status follows the mapping'])
  })
})

it('Only a change of a quote of this tenant is undone', async () => {
  const other = must(store.tenants.add({ name: 'South', instanceUrl: 'https://south.example' }))
  const { auditId } = must(await desk.linkTicket(tenant.id, 7, { to: 5 }))
  const foreign = store.audit.add({ who: 'Ann', what: 'tenant changed', tenantId: tenant.id })
  for (const [tenantId, id] of [
    [other.id, auditId ?? 0],
    [tenant.id, foreign],
    [tenant.id, 12_345],
  ] as const)
    expect(await desk.undo(tenantId, id)).toMatchObject({ fault: { code: 'input-invalid' } })
  expect(inHalo()).toEqual({ ticket: 5, status: 1 })
})
