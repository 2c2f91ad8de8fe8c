import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OutcomeKind } from '../../../../app/model/outcome.ts'
import { type RecordListQuery, recordSortKeys } from '../../../../app/store/record-queries.ts'
import type { RecordState } from '../../../../app/store/record-state.ts'
import type { Records } from '../../../../app/store/records.ts'
import { aRecord, must, tempStore } from './temp-store.ts'

const base: RecordListQuery = { entity: 'quotes', sort: 'label', isDescending: false, offset: 0, limit: 100 }
let records: Records
let one = 0
let two = 0
beforeEach(() => {
  const { store } = tempStore()
  one = must(store.tenants.add({ name: 'One', instanceUrl: 'https://one.example' })).id
  two = must(store.tenants.add({ name: 'Two', instanceUrl: 'https://two.example' })).id
  records = store.records
})

const labels = (rows: readonly RecordState[]) => rows.map((row) => row.label)

describe('lists of records', () => {
  beforeEach(() => {
    records.putOutcomes(one, 1, [
      aRecord(1, { label: 'Q-b', name: 'Router swap', customerName: 'Ärztehaus', status: 3, amount: 50 }),
      aRecord(2, {
        label: 'q-A',
        name: '100% uptime',
        customerName: 'Beta_Ltd',
        status: 1,
        amount: 900,
        kind: 'failed',
      }),
      aRecord(3, { label: 'Q-c', name: 'Laptops', customerName: 'Zeta', status: null, amount: null }),
      aRecord(4, { entity: 'products', label: 'SKU-1', number: 'SKU-1', name: 'Router' }),
    ])
    records.putOutcomes(two, 1, [
      aRecord(1, { label: 'Q-d', name: 'Router', customerName: 'Ärztehaus', status: 3 }),
    ])
  })

  it('one entity, all tenants or one, upper and lower case alike', () => {
    expect(labels(records.list(base).rows)).toEqual(['q-A', 'Q-b', 'Q-c', 'Q-d'])
    expect(records.list({ ...base, tenantId: one })).toMatchObject({ total: 3, isTotalCapped: false })
    expect(labels(records.list({ ...base, entity: 'products' }).rows)).toEqual(['SKU-1'])
  })

  it('of one customer, in Halo or not, gone or not', () => {
    records.putOutcomes(one, 2, [
      aRecord(20, { label: 'N-1', customerId: 99, haloId: null, kind: 'failed' }),
      aRecord(21, { label: 'N-2', customerId: 99 }),
    ])
    records.markRecordsGone(one, 'quotes', [21])
    const ofNine = { ...base, tenantId: one, customerId: 99 }
    expect(labels(records.list(ofNine).rows)).toEqual(['N-1', 'N-2'])
    expect(labels(records.list({ ...ofNine, isInHalo: true }).rows)).toEqual(['N-2'])
    expect(labels(records.list({ ...ofNine, isInHalo: false }).rows)).toEqual(['N-1'])
    expect(labels(records.list({ ...base, isGone: true }).rows)).toEqual(['N-2'])
    expect(records.list({ ...base, isGone: false }).total).toBe(records.list(base).total - 1)
  })

  it('counts what is known to be in Halo as its own list does', () => {
    records.putOutcomes(one, 2, [aRecord(30, { haloId: null, kind: 'failed' })])
    const inHalo = records.list({ ...base, tenantId: one, isInHalo: true }).total
    expect(inHalo).toBe(records.counts(one).quotes)
  })

  it('has the keys of the whole list in its order, and the rows of keys', () => {
    const keys = records.keys({ entity: 'quotes', sort: 'label', isDescending: true })
    expect(labels(records.some(keys))).toEqual(['Q-d', 'Q-c', 'Q-b', 'q-A'])
    expect(labels(records.some([{ tenantId: one, entity: 'quotes', commerceId: 999 }]))).toEqual([])
    expect(records.keys({ entity: 'quotes', sort: 'label', isDescending: false, search: 'router' })).toEqual([
      { tenantId: one, entity: 'quotes', commerceId: 1 },
      { tenantId: two, entity: 'quotes', commerceId: 1 },
    ])
  })

  it.each([
    ['ROUTER', ['Q-b', 'Q-d']],
    ['ärzte', ['Q-b', 'Q-d']],
    ['0% up', ['q-A']],
    ['beta_', ['q-A']],
    ['%', ['q-A']],
    ["'; DROP TABLE record; --", []],
    ['   ', ['q-A', 'Q-b', 'Q-c', 'Q-d']],
  ])('searched for %j', (search, wanted) => {
    const found = records.list({ ...base, search })
    expect(labels(found.rows)).toEqual(wanted)
    expect(found.total).toBe(wanted.length)
  })

  it('filtered by status and by what became of them', () => {
    expect(labels(records.list({ ...base, statuses: [3] }).rows)).toEqual(['Q-b', 'Q-d'])
    expect(labels(records.list({ ...base, kinds: ['failed'] }).rows)).toEqual(['q-A'])
    expect(labels(records.list({ ...base, kinds: ['failed', 'created'], tenantId: two }).rows)).toEqual([
      'Q-d',
    ])
    expect(labels(records.list({ ...base, kinds: [], statuses: [] }).rows)).toHaveLength(4)
  })

  it('a window at a time', () => {
    expect(labels(records.list({ ...base, offset: 1, limit: 2 }).rows)).toEqual(['Q-b', 'Q-c'])
    expect(records.list({ ...base, offset: 10, limit: 2 })).toMatchObject({ rows: [], total: 4 })
  })
})

describe('every sort and filter', () => {
  it('gives what sorting and filtering in memory gives, in windows that neither overlap nor leave out', () => {
    const kinds: readonly OutcomeKind[] = ['created', 'failed', 'unchanged']
    const record = fc.record({
      id: fc.integer({ min: 1, max: 40 }),
      label: fc.constantFrom('a', 'B', 'c', 'D'),
      name: fc.constantFrom('x', 'Y', ''),
      customerName: fc.constantFrom('north', 'South'),
      status: fc.constantFrom(null, 1, 2, 90),
      amount: fc.constantFrom(null, -5, 0, 12.5),
      modifiedAt: fc.constantFrom(null, '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'),
      kind: fc.constantFrom(...kinds),
    })
    const query = fc.record({
      sort: fc.constantFrom(...recordSortKeys),
      isDescending: fc.boolean(),
      search: fc.constantFrom('', 'A', 'sou', 'x'),
      statuses: fc.constantFrom<number[][]>([], [1], [2, 90]),
      kinds: fc.constantFrom<OutcomeKind[][]>([], ['failed'], ['created', 'failed']),
      isOneTenant: fc.boolean(),
    })
    const set = fc.uniqueArray(record, { selector: (r) => r.id, maxLength: 25 })
    fc.assert(
      fc.property(set, set, query, (ofOne, ofTwo, { isOneTenant, ...asked }) => {
        const { store } = tempStore()
        for (const [tenant, rows] of [ofOne, ofTwo].entries()) {
          store.tenants.add({ name: `T${tenant}`, instanceUrl: 'https://t.example' })
          store.records.putOutcomes(
            tenant + 1,
            1,
            rows.map(({ id, ...r }) => aRecord(id, r)),
          )
        }
        const full = { ...base, ...asked, ...(isOneTenant ? { tenantId: 1 } : {}), limit: 1000 }
        const all = store.records.list(full).rows
        const expected = [ofOne, ...(isOneTenant ? [] : [ofTwo])].flatMap((rows, tenant) =>
          rows
            .filter(
              (r) => asked.statuses.length === 0 || asked.statuses.some((status) => status === r.status),
            )
            .filter((r) => asked.kinds.length === 0 || asked.kinds.includes(r.kind))
            .filter((r) =>
              [r.label, `Q${r.id}`, r.name, r.customerName]
                .join('\n')
                .toLowerCase()
                .includes(asked.search.toLowerCase()),
            )
            .map((r) => `${tenant + 1}/${r.id}`),
        )
        const keys = all.map((r) => `${r.tenantId}/${r.commerceId}`)
        expect([...keys].sort()).toEqual([...expected].sort())
        const windows = [0, 7, 14, 21, 28, 35, 42, 49].flatMap((offset) =>
          store.records.list({ ...full, offset, limit: 7 }).rows.map((r) => `${r.tenantId}/${r.commerceId}`),
        )
        expect(windows).toEqual(keys)
        expect(isSorted(all, asked.sort, asked.isDescending)).toBe(true)
        store.close()
      }),
      { numRuns: 60 },
    )
  })
})

function isSorted(
  rows: readonly RecordState[],
  sort: (typeof recordSortKeys)[number],
  isDescending: boolean,
): boolean {
  const column = sort === 'customer' ? 'customerName' : sort
  const values = rows.map((row) => {
    const value = row[column]
    return typeof value === 'string' && column !== 'modifiedAt' ? value.toLowerCase() : value
  })
  // SQLite puts null before everything.
  const isAtMost = (a: string | number | null, b: string | number | null) =>
    a === null || (b !== null && (a as string) <= (b as string))
  return values.every((value, index) => {
    const next = values[index + 1]
    if (next === undefined) return true
    return isDescending ? isAtMost(next, value) : isAtMost(value, next)
  })
}

describe('"was this synced?"', () => {
  beforeEach(() => {
    records.putOutcomes(one, 1, [
      aRecord(12, { label: 'Q-100', number: 'Q-100', name: 'Routers', haloId: 5001 }),
      aRecord(13, { label: 'Q-1001', number: 'Q-1001', name: 'Switches', haloId: 5002 }),
      aRecord(77, { entity: 'products', label: 'Router X', number: 'RX-1', name: 'Router X' }),
    ])
    records.putOutcomes(two, 1, [
      aRecord(5, { entity: 'customers', label: 'Northwind', number: 'ACC-12', name: 'Northwind' }),
    ])
  })

  it.each([
    ['q-100', ['Q-100', 'Q-1001']],
    [' RX-1 ', ['Router X']],
    ['77', ['Router X']],
    ['5002', ['Q-1001']],
    ['12', ['Q-100', 'Northwind']],
    ['acc-12', ['Northwind']],
    ['router x', ['Router X']],
    ['nothing', []],
    ['', []],
    ['99999999999999999999', []],
  ])('%j', (text, wanted) => {
    expect(labels(records.story(text))).toEqual(wanted)
  })

  it('finds records of every tenant by what a customer is called, exact ones first, 50 at most', () => {
    expect(records.story('northwind').map((row) => row.entity)).toEqual([
      'customers',
      'quotes',
      'quotes',
      'products',
    ])
    records.putOutcomes(
      one,
      1,
      Array.from({ length: 80 }, (_, index) => aRecord(200 + index)),
    )
    expect(records.story('northwind')).toHaveLength(50)
    expect(records.story('northwind')[0]?.label).toBe('Northwind')
  })
})
