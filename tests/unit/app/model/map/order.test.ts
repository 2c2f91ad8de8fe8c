import { describe, expect, test } from 'vitest'
import { commerceFields } from '../../../../../app/model/commerce-fields.ts'
import { mapCustomer } from '../../../../../app/model/map/customer.ts'
import { type MappedOrder, mapOrder, type OrderSource } from '../../../../../app/model/map/order.ts'
import { totalsOf } from '../../../../../app/model/totals.ts'
import { customer, order, orderLine, tenant } from './builders.ts'

const source = (more: Partial<OrderSource> = {}): OrderSource => ({
  order: order(),
  lines: [orderLine()],
  lastStatus: 2,
  ...more,
})

function written(mapped: MappedOrder) {
  if ('skipped' in mapped) throw new Error('the order was skipped')
  return mapped
}

describe('mapOrder', () => {
  test('takes over number, reference, customer, contact, quote and dates', () => {
    const from = order({
      reference: 'PO 7',
      contactFirstName: 'Ada',
      contactLastName: 'Lovelace',
      contactEmail: 'Ada@X.example',
      quoteID: 30,
      orderDate: '2026-02-01T00:00:00.000Z',
      modifiedDate: '2026-02-02T00:00:00.000Z',
      notes: 'Leave at<br>the door',
    })
    expect(written(mapOrder(source({ order: from }), tenant())).record).toMatchObject({
      commerceId: 60,
      number: 'SO-60',
      title: 'Sales order SO-60',
      reference: 'PO 7',
      customerCommerceId: 10,
      contact: { name: 'Ada Lovelace', email: 'ada@x.example' },
      quoteCommerceId: 30,
      commerceStatus: 2,
      statusToWrite: null,
      orderedAt: '2026-02-01T00:00:00.000Z',
      modifiedAt: '2026-02-02T00:00:00.000Z',
      note: 'Leave at\nthe door',
    })
  })

  test('has the day it was made where there is no order date, and no quote 0', () => {
    const from = order({ orderDate: null, createdDate: '2026-01-05T00:00:00.000Z', quoteID: 0 })
    expect(written(mapOrder(source({ order: from }), tenant())).record).toMatchObject({
      orderedAt: '2026-01-05T00:00:00.000Z',
      quoteCommerceId: null,
    })
  })

  test.each([1, 90, 4, null])('leaves out status %s, and says why', (status) => {
    expect(mapOrder(source({ order: order({ status }) }), tenant())).toMatchObject({
      skipped: { code: 'status-not-chosen', facts: { label: 'SO-60', status: status ?? -1 } },
    })
  })

  test('writes a changed status that is mapped', () => {
    const to = tenant({ orderStatus: { '3': 12 } })
    const { record } = written(mapOrder(source({ order: order({ status: 3 }) }), to))
    expect(record.statusToWrite).toBe(12)
    const again = written(mapOrder(source({ order: order({ status: 3 }), lastStatus: 3 }), to))
    expect(again.record.statusToWrite).toBeNull()
  })

  test('keeps its lines in order and puts delivery, surcharge and coupon behind them', () => {
    const from = order({
      deliveryAmount: 15,
      deliveryTax: 3,
      deliveryTaxRate: 20,
      deliveryAddress: '1 High St',
      paymentSurchargeAmount: 2.5,
      paymentSurchargeTax: 0.5,
      paymentSurchargeTaxRate: 20,
      couponDiscount: 10,
    })
    const lines = [
      orderLine({ id: 72, lineNumber: 2, title: 'B' }),
      orderLine({ id: 71, lineNumber: 1, title: 'A' }),
    ]
    const { record } = written(mapOrder(source({ order: from, lines }), tenant()))
    expect(
      record.lines.map((each) => [
        each.sequence,
        each.commerceId,
        each.description,
        each.quantity,
        each.price,
        each.tax,
      ]),
    ).toEqual([
      [1, 71, 'A', 2, 100, 40],
      [2, 72, 'B', 2, 100, 40],
      [3, 0, 'Delivery', 1, 15, 3],
      [4, 0, 'Payment surcharge', 1, 2.5, 0.5],
      [5, 0, 'Coupon discount', 1, -10, 0],
    ])
    expect(record.delivery).toMatchObject({ amount: 0, tax: 0, address: { line1: '1 High St' } })
    expect(totalsOf(record).once.total).toBe(491)
  })

  test('has no line for a charge that is zero', () => {
    expect(written(mapOrder(source(), tenant())).record.lines).toHaveLength(1)
  })

  test('says when a line has lost its product', () => {
    const lines = [orderLine({ productID: null }), orderLine({ id: 71, productID: 21 })]
    const { record, notes } = written(mapOrder(source({ lines, missingProducts: new Set([21]) }), tenant()))
    expect(record.lines.map((each) => each.productCommerceId)).toEqual([null, null])
    expect(notes.map((each) => [each.code, each.facts?.id])).toEqual([['product-missing', 71]])
  })

  test('never carries a cost', () => {
    const cost = 98_765.4321
    const { record } = written(mapOrder(source({ lines: [orderLine({ cost })] }), tenant()))
    expect(JSON.stringify(record)).not.toMatch(/9876|cost/i)
    const all = commerceFields.map((field, index) => ({
      from: { kind: 'field' as const, name: field.name },
      to: `cf:x${index}`,
      onlyNew: false,
      whenEmpty: 'clear' as const,
    }))
    const planted = { ...customer(), cost }
    const mapped = mapCustomer(
      { customer: planted, contacts: [], addresses: [] },
      tenant({ customerFields: all }),
    )
    expect(JSON.stringify(mapped)).not.toMatch(/9876|cost/i)
  })
})
