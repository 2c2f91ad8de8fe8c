import { describe, expect, it } from 'vitest'
import { contact, customer, line, openTestHalo, order, product, quote } from './fixture.ts'

describe('a preview', () => {
  it('writes nothing, and resolves what the same preview would have created', async () => {
    const { preview, dump } = await openTestHalo()
    const before = dump()
    expect(await preview('products', product(5))).toMatchObject([{ kind: 'created', haloId: null }])
    expect(await preview('customers', customer(1))).toMatchObject([{ kind: 'created', haloId: null }])
    const lines = [line(1, 1, { productCommerceId: 5 })]
    const [planned] = await preview('quotes', quote(8, { lines }))
    expect(planned).toMatchObject({ kind: 'created', haloId: null, fault: null })
    expect(planned?.changes).toContainEqual({ field: 'QUOTATIONHEADER.QHUserID', before: null, after: 'new' })
    expect(planned?.changes).toContainEqual({
      field: 'QUOTATIONDETAIL#1.QDItemid',
      before: null,
      after: 'new',
    })
    const [ordered] = await preview('salesOrders', order(1, { quoteCommerceId: 8 }))
    expect(ordered).toMatchObject({ kind: 'created', notes: [] })
    expect(dump()).toBe(before)
  })

  it('says the same as the write that follows', async () => {
    const { write, preview, sql } = await openTestHalo()
    await write('customers', customer(1), customer(2))
    sql.exec("update GENERIC set gdesc = 'Other'")
    const batch = [customer(1), customer(2, { name: 'New name' }), customer(3)] as const
    const expected = await preview('customers', ...batch)
    const done = await write('customers', ...batch)
    expect(expected.map(({ kind }) => kind)).toEqual(done.map(({ kind }) => kind))
    expect(expected[1]?.changes).toEqual(done[1]?.changes)
    const quotes = [
      quote(1),
      quote(2, { customerCommerceId: 404 }),
      quote(3, { number: 'x'.repeat(200) }),
    ] as const
    const kinds = async (mode: typeof write) =>
      (await mode('quotes', ...quotes)).map(({ kind, fault }) => [kind, fault])
    expect(await kinds(preview)).toEqual(await kinds(write))
  })

  it('shows a new contact once', async () => {
    const { write, preview } = await openTestHalo()
    await write('customers', customer(1))
    const named = { name: 'Cleo', email: 'cleo@c1.example' }
    const [first] = await preview('quotes', quote(1, { contact: named }))
    const [second] = await preview('quotes', quote(2, { contact: named }))
    const isUser = ({ field }: { field: string }): boolean => field.startsWith('USERS')
    expect(first?.changes.some(isUser)).toBe(true)
    expect(second?.changes.some(isUser)).toBe(false)
    await preview('customers', customer(1, { contacts: [contact('Dan', 'dan@c1.example')] }))
    const [third] = await preview('quotes', quote(3, { contact: { name: 'Dan', email: 'dan@c1.example' } }))
    expect(third?.changes.some(isUser)).toBe(false)
  })

  it('shows the default group as new when it would be made', async () => {
    const { preview, sql } = await openTestHalo()
    sql.exec('delete from GENERIC')
    const [first, second] = await preview('products', product(1), product(2))
    expect(first?.changes).toContainEqual({ field: 'GENERIC.gdesc', before: null, after: 'Datto Commerce' })
    expect(second?.changes).toContainEqual({ field: 'ITEM.Igeneric', before: null, after: 'new' })
    expect(second?.changes.some(({ field }) => field.startsWith('GENERIC'))).toBe(false)
  })

  it('is forgotten by a real write', async () => {
    const { write, preview } = await openTestHalo()
    await preview('customers', customer(1))
    await write('products', product(1))
    expect((await preview('quotes', quote(1)))[0]?.fault?.code).toBe('customer-missing')
  })
})
