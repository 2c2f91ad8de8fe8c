import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { product as times } from '../../../../../app/model/money.ts'
import type { Cell } from '../../../../../app/model/sheet/cell.ts'
import {
  recordBuilder,
  rowChecker,
  type SheetPlan,
  type SheetRecord,
} from '../../../../../app/model/sheet/check.ts'
import { type SheetReferences, shapeRecord } from '../../../../../app/model/sheet/to-record.ts'
import type { Entity } from '../../../../../app/model/tenant.ts'
import { tenant } from '../map/builders.ts'

const noRefs: SheetReferences = { customer: null, products: new Map(), quote: null, group: null }

/** Reads rows as an import does: first the keys of the fields, then the rows. */
function recordOf(
  entity: Entity,
  keys: readonly string[],
  ...rows: readonly (readonly Cell[])[]
): SheetRecord {
  const columns = Object.fromEntries(keys.map((key, at) => [key, at]))
  const plan: SheetPlan = {
    entity,
    columns,
    constants: {},
    forms: {},
    skipsHidden: false,
    identifier: keys[0] ?? '',
  }
  const check = rowChecker(plan)
  const builder = recordBuilder(plan)
  for (const [at, cells] of rows.entries()) {
    const checked = check({ number: at + 2, cells, isHidden: false, formulas: [] })
    if (checked) builder.add(checked)
  }
  const record = builder.end()
  if (!record) throw new Error('no record')
  return record
}

describe('a record of a spreadsheet in Halo’s shape', () => {
  test('a customer with its contact', () => {
    const source = recordOf(
      'customers',
      ['name', 'accountNumber', 'address', 'city', 'contactLastName', 'contactEmail'],
      ['Northwind', '007', '1 Harbour Road', 'Bristol', 'Ada Lovelace', 'Ada@N.example'],
    )
    const { record } = shapeRecord('customers', source, noRefs, tenant())
    expect(record).toMatchObject({
      commerceId: -2,
      url: '',
      name: 'Northwind',
      reference: '007',
      address: { line1: '1 Harbour Road', line3: 'Bristol' },
      contacts: [{ name: 'Ada Lovelace', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@n.example' }],
    })
  })

  test('mapped fields of the tenant apply', () => {
    const mapping = {
      from: { kind: 'field' as const, name: 'billingCity' },
      to: 'cf:region',
      onlyNew: false,
      whenEmpty: 'leave' as const,
    }
    const source = recordOf('customers', ['name', 'city'], ['Northwind', 'Bristol'])
    const { record } = shapeRecord('customers', source, noRefs, tenant({ customerFields: [mapping] }))
    expect(record.extra).toEqual([{ to: 'CFregion', value: 'Bristol', onlyNew: false }])
  })

  test('a product, once or by the month, in the group of its name', () => {
    const keys = ['productNumber', 'title', 'price', 'billingPeriod', 'isSerialized', 'createdDate']
    const once = recordOf('products', keys, ['L15', 'Laptop', '899.50', null, 'yes', '2020-02-17'])
    expect(shapeRecord('products', once, { ...noRefs, group: 5 }, tenant()).record).toMatchObject({
      sku: 'L15',
      price: 899.5,
      recurringPrice: null,
      isRecurring: false,
      isConsignable: true,
      groupId: 5,
      createdAt: '2020-02-17T00:00:00.000Z',
    })
    const monthly = recordOf('products', keys, ['S1', 'Support', 20, 'Monthly', null, null])
    expect(shapeRecord('products', monthly, noRefs, tenant()).record).toMatchObject({
      price: 0,
      recurringPrice: 20,
      isRecurring: true,
      billingPeriod: 2,
      createdAt: null,
      groupId: null,
    })
  })

  test('a quote: sections, lines, products, tax and status', () => {
    const source = recordOf(
      'quotes',
      [
        'quoteNumber',
        'customer',
        'title',
        'status',
        'section',
        'lineTitle',
        'productNumber',
        'quantity',
        'price',
        'taxRate',
        'discount',
        'billingPeriod',
        'periods',
        'isOptional',
      ],
      ['Q1', 'Northwind', 'Laptops', 'Won', 'Hardware', 'Laptop', 'L15', 2, 100, 20, 10, null, null, null],
      ['Q1', null, null, null, 'Services', 'Support', null, 1, 30, 20, null, 'Monthly', 36, null],
      ['Q1', null, null, null, 'Hardware', 'Mouse', 'M1', 3, 5, null, null, null, null, 'yes'],
    )
    const refs = { ...noRefs, customer: -9, products: new Map([['l15', -4]]) }
    const { record, notes } = shapeRecord('quotes', source, refs, tenant({ quoteStatus: { '3': 7 } }))
    expect(record).toMatchObject({
      commerceId: -2,
      url: '',
      number: 'Q1',
      title: 'Laptops',
      customerCommerceId: -9,
      statusToWrite: 7,
    })
    expect(
      record.lines.map((line) => [
        line.kind,
        line.description,
        line.productCommerceId,
        line.tax,
        line.billingPeriod,
        line.periods,
        line.isOptional,
      ]),
    ).toEqual([
      ['heading', 'Hardware', null, 0, 0, null, false],
      ['line', 'Laptop', -4, 36, 0, null, false],
      ['line', 'Mouse', null, 0, 0, null, true],
      ['heading', 'Services', null, 0, 0, null, false],
      ['line', 'Support', null, 6, 2, 36, false],
    ])
    expect(notes).toEqual([])
  })

  test('a quote that is in Commerce keeps its id and link', () => {
    const source = recordOf(
      'quotes',
      ['quoteNumber', 'commerceId', 'customer', 'lineTitle', 'quantity', 'price'],
      ['Q1', 1042, 'N', 'x', 1, 1],
    )
    const { record } = shapeRecord('quotes', source, { ...noRefs, customer: 77 }, tenant())
    expect(record).toMatchObject({
      commerceId: 1042,
      customerCommerceId: 77,
      url: 'https://sample.mydattocommerce.com',
    })
  })

  test('nothing said of the status leaves Halo’s alone', () => {
    const mapping = { quoteStatus: { '0': 1, '-1': 9 }, orderStatus: { '0': 1 } }
    const quote = recordOf(
      'quotes',
      ['quoteNumber', 'customer', 'lineTitle', 'quantity', 'price'],
      ['Q1', 'N', 'x', 1, 1],
    )
    expect(shapeRecord('quotes', quote, noRefs, tenant(mapping))).toMatchObject({
      record: { statusToWrite: null },
      notes: [],
    })
    const order = recordOf(
      'salesOrders',
      ['orderNumber', 'customer', 'orderDate', 'lineTitle', 'quantity', 'price'],
      ['S1', 'N', '2020-01-01', 'x', 1, 1],
    )
    expect(shapeRecord('salesOrders', order, noRefs, tenant(mapping))).toMatchObject({
      record: { statusToWrite: null },
      notes: [],
    })
  })

  test('an order in a status that a sync would not take, with its quote and delivery', () => {
    const source = recordOf(
      'salesOrders',
      [
        'orderNumber',
        'customer',
        'orderDate',
        'status',
        'reference',
        'deliveryAmount',
        'lineTitle',
        'productNumber',
        'quantity',
        'price',
      ],
      ['S1', 'N', '2020-02-20', 'Draft', 'PO 1', 12.5, 'Laptop', 'L15', 1, 100],
    )
    const refs = { ...noRefs, customer: 3, quote: -8, products: new Map([['l15', 12]]) }
    const { record } = shapeRecord(
      'salesOrders',
      source,
      refs,
      tenant({ orderStatusesToImport: [3], orderStatus: { '1': 4 } }),
    )
    expect(record).toMatchObject({
      number: 'S1',
      reference: 'PO 1',
      statusToWrite: 4,
      quoteCommerceId: -8,
      orderedAt: '2020-02-20T00:00:00.000Z',
      lines: [
        { description: 'Laptop', productCommerceId: 12 },
        { description: 'Delivery', price: 12.5 },
      ],
    })
  })

  test('amounts mean what the template says, whatever the tenant’s Commerce means by its own', () => {
    const price = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100)
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom('line' as const, 'unit' as const),
        fc.boolean(),
        (each, quantity, taxPer, priceIncludesTax) => {
          const source = recordOf(
            'quotes',
            ['quoteNumber', 'customer', 'lineTitle', 'quantity', 'price', 'taxRate'],
            ['Q', 'N', 'x', quantity, each, 0.5],
          )
          const { record } = shapeRecord(
            'quotes',
            source,
            noRefs,
            tenant({}, { taxPer, priceIncludesTax, taxRateAs: 'fraction' }),
          )
          expect(record.lines[0]).toMatchObject({ price: each, quantity, taxRate: 0.5 })
          const gross = Number(times(each, quantity)) / 10_000
          expect(Math.abs((record.lines[0]?.tax ?? 0) - gross * 0.005)).toBeLessThanOrEqual(0.00501)
        },
      ),
    )
  })
})
