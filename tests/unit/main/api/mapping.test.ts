import { describe, expect, it } from 'vitest'
import { defaultMapping, type FieldMapping } from '../../../../app/model/mapping.ts'
import { apiRouter } from '../../../../main/api/router.ts'
import { aRecord, must, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

function setUp() {
  const { store } = tempStore()
  const { id } = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }))
  const engine = testPort(store)
  const mapping = () => store.tenants.get(id)?.mapping
  const put = (resource: string, bodies: readonly { id: number; [name: string]: unknown }[]): void => {
    const rows = bodies.map((body) => ({
      id: body.id,
      parentId: Number(body.customerID ?? 0) || null,
      modifiedAt: null,
      body: JSON.stringify(body),
    }))
    store.sources.putPage(id, resource, rows, 1, { marksChildren: false })
  }
  return { store, id, mapping, put, engine, api: apiRouter.createCaller({ engine }).mapping }
}

const field = (from: string, to: string): FieldMapping => ({
  from: { kind: 'field', name: from },
  to,
  onlyNew: false,
  whenEmpty: 'leave',
})

describe('what is in use', () => {
  it('counts records by status, those without one too', async () => {
    const { store, id, api } = setUp()
    store.records.putOutcomes(id, 1, [
      aRecord(1, { status: 3 }),
      aRecord(2, { status: 3 }),
      aRecord(3, { status: null }),
      aRecord(4, { status: 90 }),
      aRecord(5, { entity: 'salesOrders', status: 2 }),
    ])
    store.records.markRecordsGone(id, 'quotes', [4])
    expect(await api.statuses({ id, entity: 'quotes' })).toEqual([
      { status: null, count: 1 },
      { status: 3, count: 2 },
    ])
  })

  it('lists categories with the products directly in each', async () => {
    const { id, put, api } = setUp()
    put('category', [
      { id: 1, parentID: null, name: 'Hardware' },
      { id: 2, parentID: 1, name: 'Laptops' },
    ])
    put('product', [
      { id: 10, categoryID: 2 },
      { id: 11, categoryID: 2 },
      { id: 12, categoryID: null },
    ])
    expect(await api.categories({ id })).toEqual([
      { id: 1, parentId: null, name: 'Hardware', products: 0 },
      { id: 2, parentId: 1, name: 'Laptops', products: 2 },
    ])
  })

  it('shows a real customer as example: the newest, the one asked for, and those beside it', async () => {
    const { id, put, api } = setUp()
    expect(await api.example({ id })).toBeNull()
    put('customer', [
      { id: 5, name: 'Northwind', taxNumber: 'GB 1', accountNumber: 'N-1' },
      { id: 7, name: 'Contoso' },
    ])
    put('contact', [{ id: 1, customerID: 5, email: 'a@northwind.example' }])
    expect(await api.example({ id })).toMatchObject({ name: 'Contoso', hasBefore: true, hasAfter: false })
    expect(await api.example({ id, of: { before: 7 } })).toMatchObject({
      commerceId: 5,
      name: 'Northwind',
      number: 'N-1',
      hasBefore: false,
      hasAfter: true,
      values: { taxNumber: 'GB 1', 'contact.email': 'a@northwind.example', 'address.city': null },
    })
    expect(await api.example({ id, of: { after: 5 } })).toMatchObject({ commerceId: 7 })
    expect(await api.example({ id, of: { after: 7 } })).toBeNull()
    expect(await api.example({ id, of: { commerceId: 5 } })).toMatchObject({ name: 'Northwind' })
    expect(await api.example({ id, of: { commerceId: 6 } })).toBeNull()
  })

  it('finds customers to try the mapping with: by name, by number and by id', async () => {
    const { store, id, put, api } = setUp()
    put('customer', [{ id: 5, name: 'Northwind', accountNumber: 'N-1' }])
    store.records.putOutcomes(id, 1, [
      aRecord(5, {
        entity: 'customers',
        name: 'Northwind',
        number: 'N-1',
        label: 'Northwind',
        customerName: '',
      }),
      aRecord(8, {
        entity: 'customers',
        name: 'Fabrikam',
        number: 'F-8',
        label: 'Fabrikam',
        customerName: '',
      }),
    ])
    const northwind = { commerceId: 5, name: 'Northwind', number: 'N-1' }
    expect(await api.findCustomers({ id, text: 'wind' })).toEqual([northwind])
    expect(await api.findCustomers({ id, text: '5' })).toEqual([northwind])
    expect(await api.findCustomers({ id, text: '' })).toHaveLength(2)
    expect(await api.findCustomers({ id, text: 'nobody' })).toEqual([])
  })
})

it('knows what link templates stand for at the newest record of each kind', async () => {
  const { id, put, api } = setUp()
  expect(await api.linkExamples({ id })).toEqual({})
  put('quote', [
    { id: 4, code: 'abc', quoteNumber: 'Q-4' },
    { id: 9, code: 'xyz', quoteNumber: 'Q-9', customerID: 1 },
  ])
  put('customer', [{ id: 2, name: 'Contoso', accountNumber: 'C-2' }])
  expect(await api.linkExamples({ id })).toEqual({
    quote: { id: 9, code: 'xyz', quoteNumber: 'Q-9', label: 'Q-9' },
    customer: { id: 2, code: 'C-2', quoteNumber: '', label: 'Contoso' },
  })
})

describe('saving', () => {
  it('changes the parts that were sent and leaves the others', async () => {
    const { id, mapping, api } = setUp()
    must(await api.save({ id, patch: { quoteStatus: { '3': 3, '90': null } } }))
    must(await api.save({ id, patch: { defaultGroup: 1, groups: { '2': 1 } } }))
    expect(mapping()).toEqual({
      ...defaultMapping,
      quoteStatus: { '3': 3, '90': null },
      defaultGroup: 1,
      groups: { '2': 1 },
    })
  })

  it('refuses what cannot work, and says at which field', async () => {
    const { id, mapping, api } = setUp()
    const customerFields = [field('taxNumber', 'cf:CFregion'), field('name', 'cf:CFnowhere')]
    const saved = await api.save({ id, patch: { customerFields } })
    expect(saved).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid', facts: { field: 'customerFields.1.to' } },
    })
    expect(mapping()).toEqual(defaultMapping)
    expect(await api.save({ id: 99, patch: {} })).toMatchObject({
      ok: false,
      fault: { code: 'tenant-unknown' },
    })
  })
})

describe('a preview of a change', () => {
  it('is a run with the mapping as it would be; the stored one stays', async () => {
    const { id, mapping, api, engine } = setUp()
    must(await api.preview({ id, patch: { quoteStatus: { '3': 3 } } }))
    expect(engine.asked).toEqual([`preview ${id} {"3":3}`])
    expect(mapping()).toEqual(defaultMapping)
  })

  it('is refused for what could not be saved either', async () => {
    const { id, api, engine } = setUp()
    const patch = { customerFields: [field('name', 'cf:CFnowhere')] }
    expect(await api.preview({ id, patch })).toMatchObject({
      fault: { code: 'input-invalid', facts: { field: 'customerFields.0.to' } },
    })
    expect(engine.asked).toEqual([])
  })
})

describe('the history', () => {
  it('says which parts a change changed, and takes it back without touching the others', async () => {
    const { store, id, mapping, api } = setUp()
    const note = (before: unknown, after: unknown): void => {
      store.audit.add({ who: 'person', what: 'tenant changed', tenantId: id, before, after })
    }
    const changed = { ...defaultMapping, quoteStatus: { '3': 3 } }
    note({ mapping: defaultMapping }, { mapping: changed })
    note({ mapping: changed, name: 'North' }, { mapping: changed, name: 'South' })
    must(store.tenants.update(id, { mapping: { ...changed, defaultGroup: 1 } }))
    const history = await api.history({ id })
    expect(history).toEqual([
      {
        auditId: expect.any(Number),
        at: '2026-05-10T12:00:00.000Z',
        who: 'person',
        changed: ['quoteStatus'],
        changes: [{ part: 'quoteStatus', key: '3', before: undefined, after: 3 }],
        more: 0,
      },
    ])
    must(await api.revert({ id, auditId: history[0]?.auditId ?? 0 }))
    expect(mapping()).toEqual({ ...defaultMapping, defaultGroup: 1 })
    expect(await api.revert({ id, auditId: 999 })).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid' },
    })
  })
})
