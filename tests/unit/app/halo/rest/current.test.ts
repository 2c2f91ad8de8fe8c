import { afterEach, describe, expect, it } from 'vitest'
import type { Destination, Owner, WriteOutcome } from '../../../../../app/halo/destination.ts'
import type { HaloRecord } from '../../../../../app/model/halo.ts'
import type { Entity } from '../../../../../app/model/tenant.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { customer, heading, instance, line, product, quote } from '../../../../integration/halo/records.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) {
    await stage.close()
    expect(stage.fake.violations).toEqual([])
  }
})

type Filled = RestStage & { readonly owner: Owner; readonly ids: Map<string, number> }
const many = Array.from({ length: 30 }, (_, at) => at + 1)
const extra = [
  { to: 'cf:region', value: 'North', onlyNew: false },
  { to: 'customer.website', value: 'https://example.org', onlyNew: false },
  { to: 'customer.phone', value: '0113 496 0000', onlyNew: false },
]
const records = {
  products: many.map((id) =>
    product(id, {
      isRecurring: id % 2 === 0,
      recurringPrice: id % 2 === 0 ? 4.5 : null,
      billingPeriod: id % 2 === 0 ? 2 : 0,
    }),
  ),
  customers: many.map((id) => customer(id, { extra })),
  quotes: many.map((id) =>
    quote(id, {
      customerCommerceId: id,
      lines: [heading('Parts', 1), line(id, 2, { productCommerceId: id, isOptional: true, periods: 12 })],
    }),
  ),
}

/** A Halo with thirty of each, written by a program that is gone. */
async function filled(quirks: Partial<Quirks> = {}): Promise<Filled> {
  const stage = await restStage(quirks)
  stages.push(stage)
  stage.fake.tables.fields.push({
    id: 71,
    name: 'CFregion',
    label: 'Region',
    type: 0,
    custom: 1,
    mandatory: false,
    characterlimit: 0,
  })
  const halo = await stage.open()
  const owner = await halo.owner(instance)
  if (!owner.ok) throw new Error(owner.fault.code)
  const ids = new Map<string, number>()
  for (const entity of ['products', 'customers', 'quotes'] as const) {
    for (const one of await write(halo, owner.value, entity, records[entity]))
      ids.set(`${entity} ${one.commerceId}`, one.haloId ?? 0)
  }
  stage.fake.asked.length = 0
  return { ...stage, owner: owner.value, ids }
}

async function write<E extends Entity>(
  halo: Destination,
  owner: Owner,
  entity: E,
  batch: readonly HaloRecord[E][],
  idOf: (id: number) => number | null = () => null,
): Promise<WriteOutcome[]> {
  const known = batch.map((record) => ({ record, haloId: idOf(record.commerceId) }))
  const written = await halo.write(entity, known, {
    owner,
    mode: 'write',
    defaultGroup: null,
    createItemsFromQuotes: false,
  })
  if (!written.ok) throw new Error(JSON.stringify(written.fault))
  return written.value
}

const paths = ({ fake }: RestStage): string[] => {
  const counts = Map.groupBy(fake.asked.splice(0), (one) => `${one.method} ${one.path.replace(/\d+$/, 'N')}`)
  return [...counts].map(([path, asked]) => `${asked.length} ${path}`).toSorted()
}

describe('what Halo has of many records', () => {
  it.each([
    ['by reports', {}],
    [
      'one by one, where a column is missing',
      { lacksColumns: ['QHNote', 'Isupplier', 'AWebsite', 'SPhoneNumber'] },
    ],
    ['one by one, without reports', { reports: 'forbidden' as const }],
  ])('is the same as what was written: %s', async (_, quirks) => {
    const stage = await filled(quirks)
    const halo = await stage.open()
    for (const entity of ['products', 'customers', 'quotes'] as const) {
      const outcomes = await write(halo, stage.owner, entity, records[entity])
      expect(
        outcomes.flatMap((one) => (one.kind === 'unchanged' ? [] : [[entity, one.kind, one.changes]])),
      ).toEqual([])
      expect(outcomes.map((one) => one.haloId)).toEqual(many.map((id) => stage.ids.get(`${entity} ${id}`)))
    }
    expect(stage.fake.asked.filter((one) => one.method === 'POST' && one.path !== '/Report')).toEqual([])
  })

  it('takes a few questions, and a change of all of them little more', async () => {
    const stage = await filled()
    const halo = await stage.open()
    const renamed = records.quotes.map((one) => ({ ...one, title: `${one.title}, renamed` }))
    const outcomes = await write(halo, stage.owner, 'quotes', renamed)
    expect(outcomes.map(({ kind, changes }) => [kind, changes.map(({ field }) => field)])).toEqual(
      many.map(() => ['updated', ['Quotation.title']]),
    )
    // Identity, headers, lines; then clients, sites, contacts, items; whether reports may be asked.
    expect(paths(stage)).toEqual(['2 POST /Quotation', '8 POST /Report'])
    expect(stage.fake.tables.rows.Quotation.get(outcomes[0]?.haloId ?? 0)?.lines).toHaveLength(2)
  })

  it('without reports, one that is known by its key is asked for by it', async () => {
    const stage = await filled({ reports: 'forbidden', hasThinLists: true })
    const halo = await stage.open()
    const [first] = records.products
    if (!first) throw new Error('no product')
    const outcomes = await write(
      halo,
      stage.owner,
      'products',
      [{ ...first, name: 'Renamed' }],
      (id) => stage.ids.get(`products ${id}`) ?? null,
    )
    expect(outcomes).toMatchObject([{ kind: 'updated' }])
    expect(paths(stage)).toEqual(['1 GET /AssetGroup', '1 GET /Item/N', '1 POST /Item', '1 POST /Report'])
  })
})
