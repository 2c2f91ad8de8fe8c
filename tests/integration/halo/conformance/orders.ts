import { describe, expect, it } from 'vitest'
import type { NewStage } from '../conformance.ts'
import { customer, line, order, product, quote } from '../records.ts'
import { plain } from './quotes.ts'

export function ordersConform(stage: NewStage): void {
  describe('a sales order', () => {
    it('is whole, belongs to its client and leads to its quote', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      await write('products', product(9))
      await write('quotes', quote(4))
      const lines = [
        line(51, 1, { productCommerceId: 9 }),
        line(52, 2, { billingPeriod: 3, periods: 2 }),
        // Charges have no line of their own in Commerce.
        line(0, 3, { productCode: '', description: 'Delivery', quantity: 1, price: 7.5 }),
      ]
      expect(await put('salesOrders', order(5, { quoteCommerceId: 4, lines }))).toEqual({
        title: 'Sales order SO5',
        reference: 'PO-5',
        status: 1,
        client: 'Customer 1',
        contact: 'Ann Hill1',
        orderedAt: '2026-01-05T09:00:00.000Z',
        note: '',
        quote: 'Quote 4',
        lines: [
          { ...plain('Line 51'), product: 'Product 9' },
          { ...plain('Line 52'), billingPeriod: 3 },
          { ...plain('Delivery'), quantity: 1, price: 7.5 },
        ],
      })
    })

    it('is found again by its lines, and not touched when nothing is new', async () => {
      const { write, world } = await stage()
      await write('customers', customer(1))
      const [made] = await write('salesOrders', order(1))
      const [again] = await write('salesOrders', order(1))
      expect(again).toMatchObject({ kind: 'unchanged', haloId: made?.haloId })
      const [changed] = await write('salesOrders', order(1, { title: 'Another title' }))
      expect(changed).toMatchObject({ kind: 'updated', haloId: made?.haloId })
      expect(await world.count('salesOrders')).toBe(1)
    })

    it('has its lines changed, added and removed', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      await write('salesOrders', order(1))
      const lines = [line(11, 1, { quantity: 5 }), line(19, 2)]
      const seen = await put('salesOrders', order(1, { lines }))
      expect(seen.lines.map(({ description, quantity }) => [description, quantity])).toEqual([
        ['Line 11', 5],
        ['Line 19', 2],
      ])
    })

    it('keeps the status that a person gave it', async () => {
      const { write, world, put } = await stage()
      await write('customers', customer(1))
      const [made] = await write('salesOrders', order(1))
      await world.setStatus('salesOrders', made?.haloId ?? 0, 3)
      expect((await put('salesOrders', order(1, { statusToWrite: null, title: 'Other' }))).status).toBe(3)
    })
  })
}
