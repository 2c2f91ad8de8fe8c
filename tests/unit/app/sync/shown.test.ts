import { expect, test } from 'vitest'
import { showSource } from '../../../../app/sync/shown.ts'

const row = (id: number, body: unknown) => ({
  id,
  parentId: null,
  modifiedAt: null,
  goneAt: null,
  body: JSON.stringify(body),
})

test('a quote is shown with its number, title, customer and status', () => {
  const shown = showSource(
    'quotes',
    row(7, { quoteNumber: 'QO7', title: 'Network', customerID: 3, status: 2 }),
    new Map([[3, 'Acme']]),
  )
  expect(shown).toEqual({
    ...{
      label: 'QO7',
      number: 'QO7',
      name: 'Network',
      customerId: 3,
      customerName: 'Acme',
      status: 2,
      amount: null,
    },
  })
})

test('an order is shown with its reference, a customer with its account number, a product with its price', () => {
  const order = showSource(
    'salesOrders',
    row(1, { orderNumber: 'SO1', reference: 'PO-9', customerID: 4 }),
    new Map(),
  )
  expect(order).toMatchObject({ label: 'SO1', name: 'PO-9', customerId: 4, customerName: '', status: null })
  expect(showSource('customers', row(2, { name: 'Acme', accountNumber: 'C2' }), new Map())).toMatchObject({
    label: 'Acme',
    number: 'C2',
  })
  expect(
    showSource('products', row(3, { productNumber: 'SKU', title: 'Box', price: 9.5 }), new Map()),
  ).toMatchObject({
    ...{ label: 'SKU', name: 'Box', amount: 9.5 },
  })
})

test.each([
  ['quotes', 'Quote 5'],
  ['salesOrders', 'Order 5'],
  ['customers', 'Customer 5'],
  ['products', 'Product 5'],
] as const)('what of %s cannot be read has a name all the same', (entity, label) => {
  const broken = {
    quoteNumber: 4,
    orderNumber: null,
    name: '',
    title: ['x'],
    price: 'free',
    customerID: 'none',
    status: 1.5,
  }
  expect(showSource(entity, row(5, broken), new Map())).toMatchObject({
    label,
    customerId: null,
    status: null,
    amount: null,
  })
})
