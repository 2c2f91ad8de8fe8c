import { describe, expect, it } from 'vitest'
import { customer, good, heading, line, openTestHalo, order, product, quote } from './fixture.ts'

describe('read', () => {
  it('gives a customer with its site and address, named as changes are', async () => {
    const { halo, write, owner, preview } = await openTestHalo()
    await write('customers', customer(1))
    const row = good(await halo.read('customers', owner, 1))
    expect(row?.fields).toMatchObject({
      'AREA.aareadesc': 'Customer 1',
      'SITE.sdesc': 'Main',
      'ADDRESSSTORE.ASLine5': 'LS1 1AA',
    })
    const [outcome] = await preview('customers', customer(1, { name: 'Other' }))
    const [change] = outcome?.changes ?? []
    expect(row?.fields[change?.field ?? '']).toBe(change?.before)
  })

  it('gives a quote and an order with their lines in order, and no cost', async () => {
    const { halo, write, owner } = await openTestHalo()
    await write('customers', customer(1))
    await write('quotes', quote(1, { lines: [line(2, 2), heading('First', 1)] }))
    await write('salesOrders', order(1))
    const found = good(await halo.read('quotes', owner, 1))
    expect(found?.fields).toMatchObject({ 'QUOTATIONHEADER.QHtitle': 'Quote 1' })
    expect(found?.lines.map(({ QDDesc }) => QDDesc)).toEqual(['First', 'Line 2'])
    const ordered = good(await halo.read('salesOrders', owner, 1))
    expect(ordered?.lines).toHaveLength(2)
    expect(JSON.stringify([found, ordered])).not.toMatch(/cost/i)
  })

  it('gives null for what is not there or is another tenant’s', async () => {
    const { halo, write, owner } = await openTestHalo()
    await write('products', product(1))
    expect(good(await halo.read('products', owner, 1))?.fields).toMatchObject({ 'ITEM.idesc': 'Product 1' })
    expect(good(await halo.read('products', { haloTenantId: 9 }, 1))).toBeNull()
    expect(good(await halo.read('products', owner, 2))).toBeNull()
  })
})

describe('choices', () => {
  it('leave out inactive statuses', async () => {
    const { halo, sql } = await openTestHalo()
    sql.exec("update LOOKUP set finactive = 1 where fvalue = 'Expired'")
    const names = good(await halo.choices('quoteStatus')).map(({ name }) => name)
    expect(names).toContain('Draft')
    expect(names).not.toContain('Expired')
  })
})
