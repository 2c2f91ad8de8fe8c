import { describe, expect, it } from 'vitest'
import { good, type NewStage } from '../conformance.ts'
import { customer, heading, line, order, product, quote } from '../records.ts'

/** Halo writes 0, -1 or nothing for a record that is no record of Commerce. */
const untied = expect.toSatisfy((id: number) => id <= 0)
const foreign = { commerceId: -7, url: '' }

/** Records of a spreadsheet, which Commerce does not know: told by Halo's own ids, tied to nothing. */
export function sheetsConform(stage: NewStage): void {
  describe('records of a spreadsheet', () => {
    it('are written without a Commerce id, and found again by number and name, whatever their case', async () => {
      const { world, write } = await stage()
      const [made] = await write('customers', customer(-7, { ...foreign, name: 'Old Ltd', reference: 'R-7' }))
      expect(made).toMatchObject({ commerceId: -7, kind: 'created', fault: null })
      const id = made?.haloId ?? 0
      expect(await world.look('customers', id)).toMatchObject({
        name: 'Old Ltd',
        commerceId: untied,
        url: '',
      })
      const { sheets } = world.halo
      if (!sheets) throw new Error('no finder')
      expect(good(await sheets.find('customers', 'name', [' OLD ltd', 'nobody']))).toEqual(
        new Map([['old ltd', [id]]]),
      )
      expect(good(await sheets.find('customers', 'number', ['r-7']))).toEqual(new Map([['r-7', [id]]]))
      expect(good(await sheets.find('customers', 'haloId', [String(id), '999999', 'x']))).toEqual(
        new Map([[String(id), [id]]]),
      )
      await write('customers', customer(-8, { ...foreign, name: 'Other Ltd', reference: 'R-8' }))
      const told: string[] = []
      const tell = async (names: readonly string[]): Promise<void> => void told.push(...names)
      good(await sheets.names('customers', 'name', tell))
      good(await sheets.names('customers', 'number', tell))
      expect(told).toEqual(expect.arrayContaining(['Old Ltd', 'Other Ltd', 'R-7', 'R-8']))
    })

    it('are the same again when their Halo id is known', async () => {
      const { world, write, writeKnown } = await stage()
      const record = customer(-7, { ...foreign, name: 'Old Ltd' })
      const [made] = await write('customers', record)
      const haloId = made?.haloId ?? null
      expect(await writeKnown('customers', { record, haloId })).toMatchObject([{ kind: 'unchanged', haloId }])
      expect(await writeKnown('customers', { record: { ...record, name: 'New Ltd' }, haloId })).toMatchObject(
        [{ kind: 'updated', haloId }],
      )
      expect(await world.count('customers')).toBe(1)
    })

    it('do not untie a record that is tied', async () => {
      const { world, write, writeKnown } = await stage()
      const [tied] = await write('customers', customer(5))
      await writeKnown('customers', {
        record: customer(-7, { ...foreign, name: 'Changed' }),
        haloId: tied?.haloId ?? null,
      })
      expect(await world.look('customers', tied?.haloId ?? 0)).toMatchObject({
        name: 'Changed',
        commerceId: 5,
        url: customer(5).url,
      })
    })

    it('refer to customers, products and quotes by Halo ids', async () => {
      const { world, owner, write } = await stage()
      const [client] = await write('customers', customer(-1, { ...foreign, commerceId: -1, name: 'Old Ltd' }))
      const [item] = await write('products', product(-2, { name: 'Old thing' }))
      const options = {
        owner,
        mode: 'write' as const,
        defaultGroup: null,
        createItemsFromQuotes: false,
        refs: {
          customers: new Map([[-1, client?.haloId ?? 0]]),
          products: new Map([[-2, item?.haloId ?? 0]]),
          quotes: new Map<number, number>(),
        },
      }
      const lines = [heading('Hardware', 1), line(-1, 2, { productCommerceId: -2 })]
      const wanted = quote(-7, {
        ...foreign,
        customerCommerceId: -1,
        lines,
        contact: { name: 'Bo Hill', email: 'bo@old.example' },
      })
      const [made] = good(await world.halo.write('quotes', [{ record: wanted, haloId: null }], options))
      expect(made).toMatchObject({ kind: 'created' })
      const quoteId = made?.haloId ?? 0
      expect(await world.look('quotes', quoteId)).toMatchObject({
        client: 'Old Ltd',
        contact: 'Bo Hill',
        commerceId: untied,
        lines: [{ isHeading: true }, { product: 'Old thing' }],
      })
      const refs = { ...options.refs, quotes: new Map([[-7, quoteId]]) }
      const from = order(-9, {
        customerCommerceId: -1,
        quoteCommerceId: -7,
        lines: [line(0, 1, { productCommerceId: -2 })],
      })
      const [ordered] = good(
        await world.halo.write('salesOrders', [{ record: from, haloId: null }], { ...options, refs }),
      )
      expect(await world.look('salesOrders', ordered?.haloId ?? 0)).toMatchObject({
        client: 'Old Ltd',
        quote: wanted.title,
        lines: [{ product: 'Old thing' }],
      })
      const again = { record: from, haloId: ordered?.haloId ?? null }
      expect(good(await world.halo.write('salesOrders', [again], { ...options, refs }))).toMatchObject([
        { kind: 'unchanged' },
      ])
    })

    it('fill only what is empty, or never empty what is filled, as asked', async () => {
      const { world, owner, write } = await stage()
      const first = customer(-7, { ...foreign, name: 'Old Ltd', reference: 'R-7', taxNumber: '' })
      const [made] = await write('customers', first)
      const haloId = made?.haloId ?? null
      const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: false }
      const fill = { ...first, reference: 'R-8', taxNumber: 'GB1' }
      good(
        await world.halo.write('customers', [{ record: fill, haloId }], {
          ...options,
          existing: 'fill only',
        }),
      )
      expect(await world.look('customers', haloId ?? 0)).toMatchObject({ reference: 'R-7' })
      const bare = {
        ...first,
        reference: 'R-9',
        address: { line1: '', line2: '', line3: 'York', line4: '', postcode: '' },
      }
      good(
        await world.halo.write('customers', [{ record: bare, haloId }], {
          ...options,
          existing: 'never empty',
        }),
      )
      expect(await world.look('customers', haloId ?? 0)).toMatchObject({
        reference: 'R-9',
        address: [first.address.line1, '', 'York', first.address.line4, first.address.postcode],
      })
    })

    it('keep the lines that are there when only what is empty is filled', async () => {
      const { world, owner, write } = await stage()
      await write('customers', customer(1))
      const first = quote(-7, foreign)
      const [made] = await write('quotes', first)
      const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: false }
      const other = { ...first, lines: [line(-1, 1, { description: 'Another' })] }
      const known = { record: other, haloId: made?.haloId ?? null }
      good(await world.halo.write('quotes', [known], { ...options, existing: 'fill only' }))
      expect((await world.look('quotes', made?.haloId ?? 0))?.lines).toHaveLength(2)
      good(await world.halo.write('quotes', [known], { ...options, existing: 'never empty' }))
      expect((await world.look('quotes', made?.haloId ?? 0))?.lines).toMatchObject([
        { description: 'Another' },
      ])
    })
  })
}
