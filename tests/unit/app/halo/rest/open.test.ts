import { afterEach, describe, expect, it } from 'vitest'
import type { Destination, Owner } from '../../../../../app/halo/destination.ts'
import type { Result } from '../../../../../app/model/fault.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { customer, instance, order, product, quote } from '../../../../integration/halo/records.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) {
    await stage.close()
    expect(stage.fake.violations).toEqual([])
  }
})

type Opened = RestStage & { readonly halo: Destination; readonly owner: Owner }
async function opened(quirks: Partial<Quirks> = {}): Promise<Opened> {
  const stage = await restStage(quirks)
  stages.push(stage)
  const halo = await stage.open()
  return { ...stage, halo, owner: good(await halo.owner(instance)) }
}

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}
const write = async ({ halo, owner }: Opened, ...[entity, records]: Parameters<typeof put>) =>
  good(
    await halo.write(entity, records as never, {
      owner,
      mode: 'write',
      defaultGroup: null,
      createItemsFromQuotes: false,
    }),
  )
const put = (
  entity: 'customers' | 'products' | 'quotes' | 'salesOrders',
  records: { record: unknown; haloId: null }[],
) => ({ entity, records })
const known = (...records: unknown[]) => records.map((record) => ({ record, haloId: null }))

describe('owner', () => {
  it('is made once, asleep and without a key', async () => {
    const stage = await opened()
    expect(await stage.halo.owner(`${instance.toUpperCase()}/`)).toEqual({ ok: true, value: stage.owner })
    expect([...stage.fake.tables.rows.DattoCommerceDetails.values()]).toEqual([
      { id: stage.owner.haloTenantId, url: instance, halointegratorenabled: false },
    ])
  })

  it('is found again when the answer to making it was lost', async () => {
    const stage = await restStage()
    stages.push(stage)
    stage.fake.quirks.trouble.push({ method: 'POST', path: '/DattoCommerceDetails', how: 'lost-after' })
    expect((await (await stage.open()).owner(instance)).ok).toBe(true)
    expect(stage.fake.tables.rows.DattoCommerceDetails.size).toBe(1)
  })

  it('is not made by a preview', async () => {
    const stage = await restStage()
    stages.push(stage)
    expect(await (await stage.open()).owner(instance, 'preview')).toEqual({
      ok: true,
      value: { haloTenantId: -1 },
    })
    expect(stage.fake.tables.rows.DattoCommerceDetails.size).toBe(0)
  })
})

describe('custom fields', () => {
  it('that the agent may not see stop nothing that does not need them', async () => {
    const stage = await opened({ forbidden: [{ method: 'GET', path: '/FieldInfo' }] })
    expect(good(await stage.halo.probe())).toMatchObject({
      customFields: [],
      optionalMissing: [{ table: 'FieldInfo', column: 'name' }],
    })
    expect((await write(stage, 'customers', known(customer(1)))).map(({ kind }) => kind)).toEqual(['created'])
    const mapped = customer(2, { extra: [{ to: 'cf:region', value: 'x', onlyNew: false }] })
    const options = {
      owner: stage.owner,
      mode: 'write',
      defaultGroup: null,
      createItemsFromQuotes: false,
    } as const
    const refused = await stage.halo.write('customers', [{ record: mapped, haloId: null }], options)
    expect(refused).toMatchObject({ ok: false, fault: { code: 'halo-rights' } })
  })

  it('are listed with their types and written by id and name', async () => {
    const stage = await opened()
    const field = { custom: 1, mandatory: false, characterlimit: 0 }
    stage.fake.tables.fields.push(
      { ...field, id: 71, name: 'CFregion', label: 'Region', type: 0, characterlimit: 20 },
      { ...field, id: 72, name: 'score', label: '', type: 6, mandatory: true },
      { ...field, id: 74, name: 'tier', label: 'Tier', type: 2, values: [{ id: 4, name: 'Gold' }] },
      { ...field, id: 73, name: 'areaname', label: 'Not custom', type: 0, custom: 0 },
    )
    expect(good((await stage.halo.clientFields?.()) ?? { ok: true, value: [] })).toEqual([
      { column: 'CFregion', label: 'Region', type: 'text', maxLength: 20, isMandatory: false },
      { column: 'CFscore', label: 'CFscore', type: 'yes/no', maxLength: null, isMandatory: true },
      {
        ...{ column: 'CFtier', label: 'Tier', type: 'text', maxLength: null, isMandatory: false },
        list: { keeps: 'id', values: [{ id: 4, name: 'Gold' }] },
      },
    ])
    expect(good(await stage.halo.choices('tax'))).toContainEqual({ id: 1, name: 'Standard rate', rate: 20 })
    expect(good(await stage.halo.choices('currency'))).toEqual([{ id: 1, name: 'GBP' }])
    expect(good(await stage.halo.probe()).customFields).toEqual(['CFregion', 'CFscore', 'CFtier'])
    const extra = [
      { to: 'cf:region', value: 'North', onlyNew: false },
      { to: 'cf:unknown', value: 'x', onlyNew: false },
      { to: 'customer.website', value: 'https://c1.example', onlyNew: true },
      { to: 'customer.phone', value: '0113 496 0000', onlyNew: false },
    ]
    const [made] = await write(stage, 'customers', known(customer(1, { extra })))
    expect(made?.notes).toMatchObject([{ code: 'field-unmapped', facts: { to: 'cf:unknown' } }])
    const { Client, Site } = stage.fake.tables.rows
    const row = Client.get(made?.haloId ?? 0)
    expect(row).toMatchObject({
      website: 'https://c1.example',
      customfields: [{ id: 71, name: 'CFregion', value: 'North' }],
    })
    expect(Site.get(Number(row?.main_site_id))?.phonenumber).toBe('0113 496 0000')
    const later = extra.map((one) => ({ ...one, value: `${one.value}!` }))
    const [again] = await write(stage, 'customers', known(customer(1, { extra: later })))
    expect(again?.changes.map(({ field, after }) => `${field} ${after}`).toSorted()).toEqual([
      'Client.CFregion North!',
      'Site.phonenumber 0113 496 0000!',
    ])
    expect(Client.get(made?.haloId ?? 0)).toMatchObject({
      website: 'https://c1.example',
      customfields: [{ value: 'North!' }],
    })
    expect(Site.get(Number(row?.main_site_id))?.phonenumber).toBe('0113 496 0000!')
    const long = await write(
      stage,
      'customers',
      known(customer(1, { extra: [{ to: 'cf:region', value: 'x'.repeat(21), onlyNew: false }] })),
    )
    expect(long[0]?.fault).toMatchObject({ code: 'halo-value-too-long', facts: { limit: 20, length: 21 } })
  })
})

describe('product groups', () => {
  it('are listed, made, renamed and filled', async () => {
    const stage = await opened()
    const { groups } = stage.halo
    if (!groups) throw new Error('no groups')
    const products = await write(
      stage,
      'products',
      known(
        product(1, { name: 'Zebra' }),
        product(2, { name: 'apple', isRecurring: true, recurringPrice: 5, billingPeriod: 2, price: 0 }),
        product(3),
      ),
    )
    const { id } = good(await groups.add(' Cables '))
    expect(await groups.add('CABLES')).toMatchObject({ ok: false, fault: { code: 'name-taken' } })
    expect(good(await groups.rename(id, 'Leads'))).toEqual({ was: 'Cables' })
    expect(await groups.rename(999, 'x')).toMatchObject({ ok: false, fault: { code: 'group-missing' } })
    const ids = products.flatMap((one) => one.haloId ?? [])
    const moved = good(await groups.move(stage.owner, [...ids.slice(0, 2), 424242], id))
    expect(moved).toMatchObject({ gone: [424242], from: [{ commerceId: 1 }, { commerceId: 2 }] })
    expect(good(await groups.list(stage.owner))).toMatchObject([
      { name: 'Datto Commerce', products: 1, others: 0 },
      { id, name: 'Leads', products: 2, others: 0 },
    ])
    const query = {
      owner: stage.owner,
      groupId: id,
      search: '',
      sort: 'name',
      isDescending: false,
      offset: 0,
      limit: 10,
    } as const
    expect(good(await groups.items(query))).toMatchObject({
      total: 2,
      rows: [
        { name: 'apple', recurringPrice: 5, price: 0 },
        { name: 'Zebra', price: 10.5 },
      ],
    })
    expect(
      good(await groups.items({ ...query, search: 'sku-1' })).rows.map(({ commerceId }) => commerceId),
    ).toEqual([1])
    expect(
      good(await groups.items({ ...query, sort: 'price', isDescending: true, limit: 1 })).rows.map(
        ({ commerceId }) => commerceId,
      ),
    ).toEqual([1])
    // A product stays where a person put it.
    expect(
      (await write(stage, 'products', known(product(1, { name: 'Zebra' })))).map(({ kind }) => kind),
    ).toEqual(['unchanged'])
  })
})

describe('what Halo’s own integration is set to', () => {
  it('is read, and never its key', async () => {
    const stage = await opened()
    const row = stage.fake.tables.rows.DattoCommerceDetails.get(stage.owner.haloTenantId)
    Object.assign(row ?? {}, {
      new_api_key: 'never-read-this',
      item_group: 3,
      create_items_on_import: true,
      sostatustoimport: '2,3',
      customer_field_mappings: [
        { fiid: 71, name: 'CFregion', thirdpartyname: 'billingState', msid: 9, typeid: 2, newrecords: true },
      ],
      quote_status_mappings: [{ name: '3', thirdpartyname: '5', msid: 9, typeid: 5 }],
      item_group_mappings: [{ halo_id: 4, module_id: 251, third_party_id: '17', third_party_desc: 'Cables' }],
    })
    const connections = good((await stage.halo.takeOver?.([17])) ?? { ok: true, value: [] })
    expect(connections).toMatchObject([
      {
        haloTenantId: stage.owner.haloTenantId,
        url: instance,
        isEnabled: false,
        defaultGroup: 3,
        createItems: true,
        setProductSupplier: null,
        orderStatuses: '2,3',
        mappings: [
          { haloId: 71, haloName: 'CFregion', commerceName: 'billingState', onlyNew: true },
          { haloName: '3', commerceName: '5' },
        ],
        groups: [{ groupId: 4, categoryId: '17', categoryName: 'Cables' }],
      },
    ])
    expect(JSON.stringify(connections)).not.toContain('never-read-this')
    // Its links tell the number under which an order may be linked.
    await write(stage, 'customers', known(customer(1)))
    const [made] = await write(stage, 'salesOrders', known(order(5)))
    expect(stage.fake.tables.rows.SalesOrder.get(made?.haloId ?? 0)?.new_external_link).toEqual({
      module_id: 251,
      details_id: stage.owner.haloTenantId,
      third_party_id: '5',
      third_party_desc: 'SO5',
    })
  })
})

describe('suppliers', () => {
  it('are found by name, never made', async () => {
    const stage = await opened()
    stage.fake.tables.rows.Supplier.set(8001, { id: 8001, name: 'Northwind Cables' })
    const supplied = (name: string) => product(1, { supplier: { name, partCode: 'P-1' } })
    const [made] = await write(stage, 'products', known(supplied('northwind cables ')))
    expect(stage.fake.tables.rows.Item.get(made?.haloId ?? 0)).toMatchObject({
      supplier_id: 8001,
      supplier_part_code: 'P-1',
    })
    const [other] = await write(stage, 'products', known(supplied('Nobody')))
    expect(other).toMatchObject({
      kind: 'unchanged',
      notes: [{ code: 'supplier-missing', facts: { supplier: 'Nobody' } }],
    })
    expect(stage.fake.tables.rows.Supplier.size).toBe(1)
  })
})

describe('read', () => {
  it('tells fields as changes name them, lines in order, and no cost', async () => {
    const stage = await opened()
    await write(stage, 'customers', known(customer(1)))
    const [made] = await write(stage, 'quotes', known(quote(1)))
    const row = stage.fake.tables.rows.Quotation.get(made?.haloId ?? 0)
    Object.assign(row ?? {}, {
      cost: 5,
      lines: ((row?.lines ?? []) as object[]).toReversed().map((line) => ({ ...line, costprice: 3 })),
    })
    const read = good(await stage.halo.read('quotes', stage.owner, made?.haloId ?? 0))
    expect(read?.fields).toMatchObject({ 'Quotation.title': 'Quote 1', 'Quotation.third_party_number': 'Q1' })
    expect(read?.lines.map((line) => line.name)).toEqual(['Line 11', 'Line 12'])
    expect(JSON.stringify(read)).not.toContain('cost')
    expect(good(await stage.halo.read('quotes', { haloTenantId: 999 }, made?.haloId ?? 0))).toBeNull()
  })
})
