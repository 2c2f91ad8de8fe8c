import type {
  HaloContact,
  HaloCustomer,
  HaloLine,
  HaloOrder,
  HaloProduct,
  HaloQuote,
} from '../../../app/model/halo.ts'

/** Halo records as the mapping makes them, for every destination the same. */
export const instance = 'https://north.mydattocommerce.com'
export const otherInstance = 'https://south.mydattocommerce.com'

export const address = {
  line1: '1 High Street',
  line2: '',
  line3: 'Leeds',
  line4: 'West Yorkshire, UK',
  postcode: 'LS1 1AA',
}

export const contact = (name: string, email: string, more: Partial<HaloContact> = {}): HaloContact => ({
  commerceId: 1,
  name,
  firstName: name.split(' ')[0] ?? '',
  lastName: name.split(' ')[1] ?? '',
  email,
  phone: '',
  mobile: '',
  ...more,
})

export const customer = (commerceId: number, more: Partial<HaloCustomer> = {}): HaloCustomer => ({
  commerceId,
  url: `${instance}/customers/${commerceId}`,
  name: `Customer ${commerceId}`,
  reference: `C${commerceId}`,
  taxNumber: '',
  siteName: 'Main',
  address,
  contacts: [contact(`Ann Hill${commerceId}`, `ann@c${commerceId}.example`)],
  extra: [],
  ...more,
})

export const product = (commerceId: number, more: Partial<HaloProduct> = {}): HaloProduct => ({
  commerceId,
  name: `Product ${commerceId}`,
  sku: `SKU-${commerceId}`,
  groupId: null,
  price: 10.5,
  recurringPrice: null,
  billingPeriod: 0,
  isRecurring: false,
  isConsignable: false,
  taxCode: null,
  isActive: true,
  createdAt: '2026-01-01T09:00:00.000Z',
  modifiedAt: '2026-01-02T09:00:00.000Z',
  ...more,
})

export const line = (commerceId: number, sequence: number, more: Partial<HaloLine> = {}): HaloLine => ({
  commerceId,
  kind: 'line',
  sequence,
  groupSequence: 1,
  productCommerceId: null,
  productCode: `SKU-${commerceId}`,
  description: `Line ${commerceId}`,
  note: '',
  price: 10,
  quantity: 2,
  discount: 0,
  tax: 4,
  taxRate: 20,
  billingPeriod: 0,
  periods: null,
  isOptional: false,
  ...more,
})

export const heading = (title: string, sequence: number, groupSequence = 1): HaloLine =>
  line(0, sequence, {
    kind: 'heading',
    groupSequence,
    productCode: '',
    description: title,
    price: 0,
    quantity: 0,
    tax: 0,
    taxRate: 0,
  })

export const delivery = { address, amount: 0, tax: 0, taxRate: 0, instruction: '' }

export const quote = (commerceId: number, more: Partial<HaloQuote> = {}): HaloQuote => ({
  commerceId,
  url: `${instance}/quotes/${commerceId}`,
  number: `Q${commerceId}`,
  title: `Quote ${commerceId}`,
  customerCommerceId: 1,
  contact: { name: 'Ann Hill1', email: 'ann@c1.example' },
  commerceStatus: 1,
  statusToWrite: 1,
  createdAt: '2026-01-03T09:00:00.000Z',
  expiresAt: '2026-02-03T09:00:00.000Z',
  modifiedAt: '2026-01-04T09:00:00.000Z',
  note: '',
  delivery,
  lines: [line(commerceId * 10 + 1, 1), line(commerceId * 10 + 2, 2)],
  ...more,
})

export const order = (commerceId: number, more: Partial<HaloOrder> = {}): HaloOrder => ({
  commerceId,
  number: `SO${commerceId}`,
  title: `Sales order SO${commerceId}`,
  reference: `PO-${commerceId}`,
  customerCommerceId: 1,
  contact: { name: 'Ann Hill1', email: 'ann@c1.example' },
  quoteCommerceId: null,
  commerceStatus: 2,
  statusToWrite: 1,
  orderedAt: '2026-01-05T09:00:00.000Z',
  modifiedAt: '2026-01-06T09:00:00.000Z',
  note: '',
  delivery,
  lines: [line(commerceId * 10 + 1, 1), line(commerceId * 10 + 2, 2)],
  ...more,
})
