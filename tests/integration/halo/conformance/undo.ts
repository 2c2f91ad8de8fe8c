import { describe, expect, it } from 'vitest'
import type { References } from '../../../../app/halo/destination.ts'
import type { Made, RemoveOutcome, SheetUndo } from '../../../../app/halo/undo.ts'
import type { HaloRecord } from '../../../../app/model/halo.ts'
import type { Entity } from '../../../../app/model/tenant.ts'
import { good, type NewStage, type Stage } from '../conformance.ts'
import { customer, heading, line, order, product, quote } from '../records.ts'

const foreign = { commerceId: -7, url: '' }
const noRefs: References = { customers: new Map(), products: new Map(), quotes: new Map() }

type Imported<E extends Entity> = {
  readonly made: readonly Made<HaloRecord[E]>[]
  readonly ids: readonly number[]
  /** Takes all of it back, or these alone. */
  undo(...only: number[]): Promise<RemoveOutcome[]>
}

function undoOf({ world }: Stage): SheetUndo {
  const undo = world.halo.sheets?.undo
  if (!undo) throw new Error('nothing can be undone here')
  return undo
}

/** Writes as an import does, and keeps what it needs to take it back. */
async function imported<E extends Entity>(
  stage: Stage,
  entity: E,
  records: readonly HaloRecord[E][],
  refs = noRefs,
): Promise<Imported<E>> {
  const { world, owner } = stage
  const options = { owner, defaultGroup: null, refs }
  const written = good(
    await world.halo.write(
      entity,
      records.map((record) => ({ record, haloId: null })),
      { ...options, mode: 'write', createItemsFromQuotes: false, existing: 'never empty' },
    ),
  )
  expect(written.map(({ kind }) => kind)).toEqual(records.map(() => 'created'))
  const made = written.map((one, at) => ({
    record: records[at] as HaloRecord[E],
    haloId: one.haloId ?? 0,
    beside: one.beside ?? [],
  }))
  const undo = undoOf(stage)
  const own = good(await undo.ownValues(entity, made, options))
  return {
    made,
    ids: made.map(({ haloId }) => haloId),
    undo: async (...only) => {
      const some = only.length === 0 ? made : made.filter(({ haloId }) => only.includes(haloId))
      return good(await undo.remove(entity, some, { ...options, own }))
    },
  }
}

const clients = (customers: Record<number, number>): References => ({
  ...noRefs,
  customers: new Map(Object.entries(customers).map(([id, haloId]) => [Number(id), haloId])),
})

/** What an import from a spreadsheet created is taken back whole, and only where nothing else has touched it. */
export function undoConforms(newStage: NewStage): void {
  describe('an import that is undone', () => {
    it('takes customers back with their sites, addresses and contacts, and can be imported again', async () => {
      const stage = await newStage()
      const { world } = stage
      const records = [
        customer(-7, { ...foreign, name: 'Old Ltd' }),
        customer(-8, { url: '', name: 'Older Ltd', reference: '', contacts: [] }),
        customer(12, { name: 'With an id' }),
      ]
      const first = await imported(stage, 'customers', records)
      const outcomes = await first.undo()
      expect(outcomes).toEqual(first.ids.map((haloId) => ({ haloId, kind: 'removed', fault: null })))
      expect(await world.count('customers')).toBe(0)
      expect(await first.undo()).toMatchObject(records.map(() => ({ kind: 'gone' })))
      const again = await imported(stage, 'customers', records)
      expect(await world.look('customers', again.ids[0] ?? 0)).toMatchObject({
        name: 'Old Ltd',
        contacts: [{ name: 'Ann Hill-7' }],
      })
      expect(await again.undo()).toMatchObject(records.map(() => ({ kind: 'removed' })))
    })

    it('takes products back, and leaves one that a quote has on a line', async () => {
      const stage = await newStage()
      const { world, write } = stage
      await write('customers', customer(1))
      const { ids, undo } = await imported(stage, 'products', [
        product(-7, { name: 'Old thing' }),
        product(-8, { name: 'Thing in use' }),
      ])
      const options = { owner: stage.owner, mode: 'write' as const, defaultGroup: null }
      const refs = { ...noRefs, products: new Map([[-8, ids[1] ?? 0]]) }
      const using = quote(5, { lines: [line(0, 1, { productCommerceId: -8 })] })
      good(
        await world.halo.write('quotes', [{ record: using, haloId: null }], {
          ...options,
          createItemsFromQuotes: false,
          refs,
        }),
      )
      expect(await undo()).toMatchObject([
        { kind: 'removed', fault: null },
        { kind: 'left', fault: { code: 'undo-related' } },
      ])
      expect(await world.count('products')).toBe(1)
    })

    it('takes quotes and orders back with their lines, but not what somebody has worked on', async () => {
      const stage = await newStage()
      const { world, write } = stage
      const [client] = await write('customers', customer(1))
      const refs = clients({ [-1]: client?.haloId ?? 0 })
      const of = { url: '', customerCommerceId: -1 }
      const quotes = await imported(
        stage,
        'quotes',
        [
          quote(-7, { ...of, lines: [heading('Hardware', 1), line(-1, 2), line(-2, 3)] }),
          quote(-8, of),
          quote(-9, { ...of, note: 'As agreed' }),
        ],
        refs,
      )
      const orders = await imported(
        stage,
        'salesOrders',
        [
          order(-7, { customerCommerceId: -1, lines: [line(-1, 1)] }),
          order(-8, { customerCommerceId: -1, lines: [] }),
        ],
        refs,
      )
      await world.setStatus('quotes', quotes.ids[1] ?? 0, 5)
      await world.setStatus('salesOrders', orders.ids[0] ?? 0, 3)
      const left = { kind: 'left', fault: { code: 'undo-changed', facts: { field: 'Status' } } }
      expect(await quotes.undo()).toMatchObject([{ kind: 'removed' }, left, { kind: 'removed' }])
      expect(await orders.undo()).toMatchObject([left, { kind: 'removed' }])
      expect([await world.count('quotes'), await world.count('salesOrders')]).toEqual([1, 1])
      expect((await world.look('quotes', quotes.ids[1] ?? 0))?.lines).toHaveLength(2)
    })

    it('sees what somebody put into a field that it had left open', async () => {
      const stage = await newStage()
      const { world, write } = stage
      await write('customers', customer(1))
      const made = await imported(stage, 'customers', [customer(-7, foreign), customer(-8, { url: '' })])
      const products = await imported(stage, 'products', [product(-7), product(-8)])
      const quotes = await imported(stage, 'quotes', [quote(31), quote(32)])
      await world.touch('customers', made.ids[0] ?? 0)
      await world.touch('products', products.ids[0] ?? 0)
      await world.touch('quotes', quotes.ids[0] ?? 0)
      const kinds = [
        { kind: 'left', fault: { code: 'undo-changed' } },
        { kind: 'removed', fault: null },
      ]
      expect(await made.undo()).toMatchObject(kinds)
      expect(await products.undo()).toMatchObject(kinds)
      expect(await quotes.undo()).toMatchObject(kinds)
    })

    it('leaves a client that has a quote, and a quote that has an order, until those are gone', async () => {
      const stage = await newStage()
      const { world } = stage
      const made = await imported(stage, 'customers', [customer(-7, foreign)])
      const refs = clients({ [-1]: made.ids[0] ?? 0 })
      const contact = { name: 'Ann Hill-7', email: 'ann@c-7.example' }
      const quotes = await imported(
        stage,
        'quotes',
        [quote(-7, { url: '', customerCommerceId: -1, contact })],
        refs,
      )
      const orders = await imported(
        stage,
        'salesOrders',
        [order(-7, { customerCommerceId: -1, quoteCommerceId: -5, contact, lines: [line(-1, 1)] })],
        { ...refs, quotes: new Map([[-5, quotes.ids[0] ?? 0]]) },
      )
      const related = [{ kind: 'left', fault: { code: 'undo-related' } }]
      expect(await made.undo()).toMatchObject(related)
      expect(await quotes.undo()).toMatchObject(related)
      expect(await orders.undo()).toMatchObject([{ kind: 'removed' }])
      expect(await quotes.undo()).toMatchObject([{ kind: 'removed' }])
      expect(await made.undo()).toMatchObject([{ kind: 'removed' }])
      expect(await world.count('customers')).toBe(0)
    })

    it('takes a contact back that was made for a quote, once nothing needs it', async () => {
      const stage = await newStage()
      const { world, write } = stage
      const [client] = await write('customers', customer(1))
      const refs = clients({ [-1]: client?.haloId ?? 0 })
      const contact = { name: 'Bo Lake', email: 'bo@c1.example' }
      const of = { url: '', customerCommerceId: -1, contact }
      const { ids, undo } = await imported(stage, 'quotes', [quote(-7, of), quote(-8, of)], refs)
      const names = async (): Promise<string[]> =>
        ((await world.look('customers', client?.haloId ?? 0))?.contacts ?? []).map(({ name }) => name)
      expect(await names()).toEqual(['Ann Hill1', 'Bo Lake'])
      // The first made it; the second, which stays, has it.
      expect(await undo(ids[0] ?? 0)).toMatchObject([{ kind: 'removed' }])
      expect(await names()).toEqual(['Ann Hill1', 'Bo Lake'])
      expect(await world.look('quotes', ids[1] ?? 0)).toMatchObject({ contact: 'Bo Lake' })
      const both = await imported(stage, 'quotes', [
        quote(-17, { url: '', customerCommerceId: 1, contact: { name: 'Cy Moor', email: '' } }),
        quote(-18, { url: '', customerCommerceId: 1, contact: { name: 'Cy Moor', email: '' } }),
      ])
      expect(await names()).toEqual(['Ann Hill1', 'Bo Lake', 'Cy Moor'])
      expect(await both.undo()).toMatchObject([{ kind: 'removed' }, { kind: 'removed' }])
      expect(await names()).toEqual(['Ann Hill1', 'Bo Lake'])
    })
  })
}
