import type { ResourceName } from '../resources/resource.ts'
import { makeQuoteChanges, type QuoteChanges } from './quote-changes.ts'
import type { Rows } from './rows.ts'
import { type Changeable, makeTools, type Tools, type Where } from './tools.ts'

/** Ways to change the world. Each moves `modifiedDate` (where there is one) to the injected clock's now. */
export type WorldChanges = QuoteChanges & {
  /** Changes fields of any record; throws when there is none with this id (a test's own mistake). */
  touch<Name extends ResourceName>(name: Name, id: number, changes?: Partial<Rows[Name]>): Rows[Name]
  touchCustomer(id: number, changes?: Partial<Rows['customer']>): Rows['customer']
  touchProduct(id: number, changes?: Partial<Rows['product']>): Rows['product']
  addCustomer(values?: Partial<Rows['customer']>): Rows['customer']
  addContact(customerId: number, values?: Partial<Rows['contact']>): Rows['contact']
  addProduct(values?: Partial<Rows['product']>): Rows['product']
  /** A copy of the list's first record under a new id; null for an empty list. */
  addCopy(name: Exclude<ResourceName, 'productimage'>, where: Where): number | null
  /** It leaves its list and answers 400. False when there was none. */
  remove(name: ResourceName, id: number): boolean
  removeProduct(id: number): boolean
  removeCustomer(id: number): boolean
}

const newCustomer = ({ now }: Tools): Omit<Rows['customer'], 'id'> => ({
  accountNumber: 'C-NEW',
  name: 'Newcomer Ltd',
  ownerEmployeeID: null,
  taxNumber: null,
  billingAddress: '1 New Road',
  billingCity: 'Leeds',
  billingState: null,
  billingCountry: 'United Kingdom',
  billingPostalCode: 'LS1 4AP',
  priceGroup: 1,
  hasCreditLimit: false,
  createDate: now(),
  modifiedDate: now(),
})

const newContact = ({ now }: Tools, customerID: number): Omit<Rows['contact'], 'id'> => ({
  customerID,
  email: 'new.contact@newcomer.example',
  firstName: 'New',
  lastName: 'Contact',
  phone: null,
  mobile: null,
  autoSendInvoice: false,
  inviteDate: null,
  lastLoginDate: null,
  createdDate: now(),
  modifiedDate: now(),
})

const newProduct = ({ ids, now }: Tools): Omit<Rows['product'], 'id'> => ({
  productNumber: 'SKU-NEW',
  manufacturerPartNumber: 'MPN-NEW',
  type: 0,
  title: 'New product',
  brandID: ids('brand')[0] ?? 0,
  weight: 1,
  categoryID: ids('category')[0] ?? null,
  price: 10,
  retailPrice: 12,
  isHidden: false,
  isActive: true,
  isRecommended: false,
  isSerialized: false,
  isRecurring: false,
  recurringType: null,
  url: '/product/new',
  createdDate: now(),
  modifiedDate: now(),
})

export function makeChanges(world: Changeable): WorldChanges {
  const tools = makeTools(world)
  const { add, need, touch, remove, ids } = tools
  return {
    ...makeQuoteChanges(tools),
    touch,
    remove,
    touchCustomer: (id, changes) => touch('customer', id, changes),
    touchProduct: (id, changes) => touch('product', id, changes),
    removeProduct: (id) => remove('product', id),
    removeCustomer: (id) => remove('customer', id),
    addCopy: (name, where) => {
      const first = ids(name)[0]
      if (first === undefined) return null
      return add(name, need(name, first), where).id
    },
    addCustomer: (values) => add('customer', { ...newCustomer(tools), ...values }),
    addContact: (customerId, values) => add('contact', { ...newContact(tools, customerId), ...values }),
    addProduct: (values) => add('product', { ...newProduct(tools), ...values }),
  }
}
