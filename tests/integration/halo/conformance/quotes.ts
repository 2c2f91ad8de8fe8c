import { describe, expect, it } from 'vitest'
import type { NewStage } from '../conformance.ts'
import { customer, delivery, heading, instance, line, product, quote } from '../records.ts'

export function quotesConform(stage: NewStage): void {
  describe('a quote', () => {
    it('is whole and belongs to its client through its contact', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      await write('products', product(9))
      const lines = [
        heading('Hardware', 1),
        line(71, 2, { productCommerceId: 9, productCode: 'SKU-9', discount: 1.25, price: 99.95 }),
        line(72, 3, { billingPeriod: 2, periods: 12, quantity: 1.5 }),
      ]
      expect(await put('quotes', quote(7, { lines, delivery: { ...delivery, amount: 12.5 } }))).toEqual({
        title: 'Quote 7',
        number: 'Q7',
        url: `${instance}/quotes/7`,
        commerceId: 7,
        status: 1,
        client: 'Customer 1',
        contact: 'Ann Hill1',
        createdAt: '2026-01-03T09:00:00.000Z',
        expiresAt: '2026-02-03T09:00:00.000Z',
        deliveryPrice: 12.5,
        note: '',
        lines: [
          { ...plain('Hardware'), price: 0, quantity: 0, isHeading: true },
          { ...plain('Line 71'), price: 99.95, discount: 1.25, product: 'Product 9' },
          { ...plain('Line 72'), quantity: 1.5, billingPeriod: 2 },
        ],
      })
    })

    it('is not touched when nothing is new', async () => {
      const { write, world } = await stage()
      await write('customers', customer(1))
      await write('quotes', quote(1), quote(2))
      const again = await write('quotes', quote(1), quote(2))
      expect(again.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged'])
      expect(await world.count('quotes')).toBe(2)
    })

    it('has its lines changed, added, removed and moved', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      const [a, b, c] = [line(1, 1), line(2, 2), line(3, 3)]
      await write('quotes', quote(1, { lines: [a, b, c] }))
      const lines = [{ ...c, sequence: 1 }, { ...a, sequence: 2, price: 11 }, line(4, 3)]
      const seen = await put('quotes', quote(1, { lines }))
      expect(seen.lines.map(({ description, price }) => [description, price])).toEqual([
        ['Line 3', 10],
        ['Line 1', 11],
        ['Line 4', 10],
      ])
      expect((await put('quotes', quote(1, { lines: [] }))).lines).toEqual([])
    })

    it('keeps a status that a person gave it until Commerce’s own changes', async () => {
      const { write, world, put } = await stage()
      await write('customers', customer(1))
      const [made] = await write('quotes', quote(1, { statusToWrite: 2 }))
      await world.setStatus('quotes', made?.haloId ?? 0, 5)
      expect((await put('quotes', quote(1, { statusToWrite: null, title: 'Changed' }))).status).toBe(5)
      expect((await put('quotes', quote(1, { statusToWrite: 3, title: 'Changed' }))).status).toBe(3)
    })

    it('makes a contact that it names and its client lacks, once', async () => {
      const { write, put, world } = await stage()
      await write('customers', customer(1))
      const named = quote(1, { contact: { name: 'New Person', email: 'new@c1.example' } })
      expect((await put('quotes', named)).contact).toBe('New Person')
      await put('quotes', { ...named, commerceId: 2 })
      const [client] = await write('customers', customer(1))
      expect((await world.look('customers', client?.haloId ?? 0))?.contacts).toHaveLength(2)
    })

    it('fails alone when its customer is not in Halo', async () => {
      const { write, world } = await stage()
      await write('customers', customer(1))
      const outcomes = await write('quotes', quote(1), quote(2, { customerCommerceId: 99 }), quote(3))
      expect(outcomes.map(({ kind, fault }) => fault?.code ?? kind)).toEqual([
        'created',
        'customer-missing',
        'created',
      ])
      expect(await world.count('quotes')).toBe(2)
    })
  })
}

export const plain = (description: string) => ({
  description,
  price: 10,
  quantity: 2,
  discount: 0,
  billingPeriod: 0,
  isHeading: false,
  product: null,
})
