import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewSourceRow } from '../../../../app/store/sources.ts'
import { tempStore } from './temp-store.ts'

const row = (id: number, body = `{"id":${id}}`, parentId: number | null = null): NewSourceRow => ({
  id,
  parentId,
  modifiedAt: '2026-05-01T00:00:00.000Z',
  body,
})
const plain = { marksChildren: false }
const withChildren = { marksChildren: true }

function stage() {
  const { store, clock } = tempStore()
  const { sources } = store
  const put = (resource: string, rows: NewSourceRow[], runId = 1, options = plain) =>
    sources.putPage(1, resource, rows, runId, options)
  const dirty = (resource: string) => sources.dirtyBatch(1, resource, -1, 1000).map((found) => found.id)
  return { store, clock, sources, put, dirty }
}

describe('the mirror', () => {
  it('tells new, changed and unchanged rows apart, and marks only the first two', () => {
    const { sources, put, dirty } = stage()
    expect(put('quote', [row(1), row(2)])).toEqual({ added: 2, changed: 0, ids: [1, 2], formerParents: [] })
    sources.clean(1, 'quote', [1, 2])
    expect(put('quote', [row(1), row(2, '{"id":2,"title":"new"}'), row(3)], 2)).toEqual({
      added: 1,
      changed: 1,
      ids: [2, 3],
      formerParents: [],
    })
    expect(dirty('quote')).toEqual([2, 3])
    expect(sources.get(1, 'quote', 2)).toEqual({ ...row(2, '{"id":2,"title":"new"}'), goneAt: null })
    expect(sources.get(1, 'quote', 9)).toBeNull()
  })

  it('keeps the body as it came, to the character', () => {
    const { sources, put } = stage()
    const body = '{ "id": 1,  "price":1.10, "title":"Ünïcode 日本 \\u0041" }'
    put('product', [row(1, body)])
    expect(sources.get(1, 'product', 1)?.body).toBe(body)
  })

  it('stays dirty when an unchanged page comes in before it was written', () => {
    const { put, dirty } = stage()
    put('quote', [row(1)])
    put('quote', [row(1)], 2)
    expect(dirty('quote')).toEqual([1])
  })

  it('remembers which rows need their children, until they are read', () => {
    const { sources, put } = stage()
    put('quote', [row(1), row(2), row(3)], 1, withChildren)
    sources.childrenRead(1, 'quote', [1, 2, 3])
    put('quote', [row(1), row(2, '{"v":2}'), row(3)], 2, withChildren)
    expect(sources.needingChildren(1, 'quote', -1, 10).map((found) => found.id)).toEqual([2])
    put('quote', [row(2, '{"v":3}')], 3, plain)
    expect(sources.needingChildren(1, 'quote', -1, 10)).toHaveLength(1)
    sources.markNeedsChildren(1, 'quote', [3])
    expect(sources.needingChildren(1, 'quote', 2, 10).map((found) => found.id)).toEqual([3])
  })

  it('walks dirty rows in id order, in batches', () => {
    const { sources, put } = stage()
    put(
      'quote',
      [5, 1, 4, 2, 3].map((id) => row(id)),
    )
    const first = sources.dirtyBatch(1, 'quote', 0, 2)
    expect(first.map((found) => found.id)).toEqual([1, 2])
    expect(sources.dirtyBatch(1, 'quote', 2, 2).map((found) => found.id)).toEqual([3, 4])
    expect(sources.dirtyCount(1, 'quote')).toBe(5)
  })

  it('names the parent that a row left', () => {
    const { put } = stage()
    put('quoteline', [row(1, 'a', 10), row(2, 'b', 10)])
    expect(put('quoteline', [row(1, 'a', 11), row(2, 'b', 10)], 2)).toEqual({
      added: 0,
      changed: 1,
      ids: [1],
      formerParents: [10],
    })
  })

  it('gives children by parent then id, and drops those that are listed no longer', () => {
    const { sources, put } = stage()
    put('quoteline', [row(3, 'c', 10), row(1, 'a', 11), row(2, 'b', 10), row(9, 'z', 12)])
    const ids = () => sources.childrenOf(1, 'quoteline', [10, 11]).map((found) => found.id)
    expect(ids()).toEqual([2, 3, 1])
    put('quoteline', [row(3, 'c', 10)], 2)
    expect(sources.dropUnseen(1, 'quoteline', [10], 2)).toBe(1)
    expect(ids()).toEqual([3, 1])
    expect(sources.dropUnseen(1, 'quoteline', [11], 2)).toBe(1)
    expect(sources.count(1, 'quoteline')).toBe(2)
  })

  it('marks what a complete listing did not meet as gone, once; a row that comes back is dirty', () => {
    const { sources, put, dirty, clock } = stage()
    put('product', [row(1), row(2), row(3)], 1)
    sources.clean(1, 'product', [1, 2, 3])
    put('product', [row(1)], 2)
    expect(sources.markGone(1, 'product', 2)).toEqual([2, 3])
    expect(sources.markGone(1, 'product', 2)).toEqual([])
    expect(sources.get(1, 'product', 2)?.goneAt).toBe(clock.iso())
    expect(sources.count(1, 'product')).toBe(1)
    expect(put('product', [row(2)], 3)).toMatchObject({ added: 0, changed: 1, ids: [2] })
    expect(sources.get(1, 'product', 2)?.goneAt).toBeNull()
    expect(dirty('product')).toEqual([2])
  })

  it('makes everything dirty after a change of the mapping, but not what is gone', () => {
    const { sources, put, dirty } = stage()
    put('product', [row(1), row(2), row(3)], 1)
    sources.clean(1, 'product', [1, 2, 3])
    put('product', [row(1), row(2)], 2)
    sources.markGone(1, 'product', 2)
    expect(sources.dirtyAll(1, 'product')).toBe(2)
    expect(dirty('product')).toEqual([1, 2])
    sources.clean(1, 'product', [1, 2])
    expect(sources.markDirty(1, 'product', [2, 77])).toBe(1)
    expect(dirty('product')).toEqual([2])
  })

  it('says which of some ids it has', () => {
    const { sources, put } = stage()
    put('customer', [row(1), row(3)])
    expect(sources.existing(1, 'customer', [1, 2, 3, 4])).toEqual(new Set([1, 3]))
    expect(sources.getMany(1, 'customer', [3, 2, 1]).map((found) => found.id)).toEqual([1, 3])
    expect(sources.existing(2, 'customer', [1])).toEqual(new Set())
  })

  it('gives a short list whole, without what is gone', () => {
    const { sources, put } = stage()
    put('category', [row(3), row(1), row(2)])
    put('category', [row(1), row(3)], 2)
    sources.markGone(1, 'category', 2)
    expect(sources.all(1, 'category').map((found) => found.id)).toEqual([1, 3])
  })

  it('keeps tenants and resources apart', () => {
    const { sources, put } = stage()
    put('quote', [row(1)])
    sources.putPage(2, 'quote', [row(1, 'other')], 1, plain)
    put('product', [row(1, '"third"')])
    sources.clean(1, 'quote', [1])
    expect(sources.dirtyCount(2, 'quote')).toBe(1)
    expect(sources.dirtyCount(1, 'product')).toBe(1)
    expect(sources.get(2, 'quote', 1)?.body).toBe('other')
  })

  it('counts products by category, and finds the rows beside one', () => {
    const { sources, put } = stage()
    const inCategory = (id: number, category: unknown) =>
      row(id, JSON.stringify({ id, categoryID: category }))
    put('product', [
      inCategory(1, 7),
      inCategory(2, 7),
      inCategory(4, 8),
      inCategory(5, null),
      inCategory(6, 'x'),
    ])
    put('brand', [inCategory(1, 7)])
    sources.putPage(2, 'product', [inCategory(1, 7)], 1, plain)
    expect(sources.productsByCategory(1)).toEqual(
      new Map([
        [7, 2],
        [8, 1],
      ]),
    )
    expect(sources.neighbours(1, 'product', 4)).toEqual({ before: 2, after: 5 })
    expect(sources.neighbours(1, 'product', Number.MAX_SAFE_INTEGER)).toEqual({ before: 6, after: null })
    put('product', [inCategory(1, 8)], 2)
    expect(sources.productsByCategory(1).get(8)).toBe(2)
    put('product', [row(9)], 3)
    sources.markGone(1, 'product', 3)
    expect(sources.productsByCategory(1)).toEqual(new Map())
    expect(sources.neighbours(1, 'product', 4)).toEqual({ before: null, after: 9 })
    put('product', [inCategory(4, 8)], 4)
    expect(sources.productsByCategory(1)).toEqual(new Map([[8, 1]]))
  })

  it('marks the parts of every row that is there to be read', () => {
    const { sources, put } = stage()
    put('product', [row(1), row(2)])
    expect(sources.needChildrenOfAll(1, 'product')).toBe(2)
    expect(sources.needChildrenOfAll(1, 'product')).toBe(0)
    expect(sources.needingChildren(1, 'product', 0, 10).map(({ id }) => id)).toEqual([1, 2])
  })

  it('remembers how long a list was', () => {
    const { sources, clock } = stage()
    expect(sources.size(1, 'quoteline')).toBeNull()
    sources.rememberSize(1, 'quoteline', 1234)
    clock.nowMs += 1000
    sources.rememberSize(1, 'quoteline', 1300)
    expect(sources.size(1, 'quoteline')).toEqual({ rows: 1300, at: clock.iso() })
  })

  it('ends up the same however rows arrive, and is dirty exactly where a body changed since it was clean', () => {
    const page = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 8 }), v: fc.integer({ min: 0, max: 2 }) }),
      {
        selector: (one) => one.id,
        maxLength: 8,
      },
    )
    const step = fc.oneof(
      fc.record({ put: page }),
      fc.record({ clean: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 8 }) }),
    )
    const { store } = tempStore()
    let tenant = 0
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        tenant += 1
        const bodies = new Map<number, string>()
        const dirty = new Set<number>()
        steps.forEach((each, runId) => {
          if ('clean' in each) {
            store.sources.clean(tenant, 'quote', each.clean)
            for (const id of each.clean) dirty.delete(id)
            return
          }
          const rows = each.put.map(({ id, v }) => row(id, `{"v":${v}}`))
          store.sources.putPage(tenant, 'quote', rows, runId, plain)
          for (const { id, body } of rows) {
            if (bodies.get(id) !== body) dirty.add(id)
            bodies.set(id, body)
          }
        })
        const wanted = [...bodies.keys()].sort((a, b) => a - b)
        expect(store.sources.dirtyBatch(tenant, 'quote', 0, 100).map((found) => found.id)).toEqual(
          wanted.filter((id) => dirty.has(id)),
        )
        expect(store.sources.getMany(tenant, 'quote', wanted).map((found) => found.body)).toEqual(
          wanted.map((id) => bodies.get(id)),
        )
      }),
      { numRuns: 150 },
    )
  })
})
