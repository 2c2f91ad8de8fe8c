import { describe, expect, it } from 'vitest'
import { good, type NewStage } from '../conformance.ts'
import { contact, customer, line, order, product, quote } from '../records.ts'

const texts = [
  ['accents and other scripts', 'Žluťoučký kůň, Ω, Привет, 株式会社, שלום, مرحبا'],
  ['signs beyond the first plane', '🛠️ 𝒞loud 👩‍💻'],
  ['quotes, backslashes and statements', `O'Neil \\ "Sons"; DROP TABLE AREA; -- %s $1 @p1 {x}`],
  ['line ends and tabs', 'first\nsecond\r\nthird\tend'],
  ['spaces at both ends', '  padded  '],
] as const

const numbers = [0, 0.01, 0.1 + 0.2, 19.99, 1234.5678, 7000 / 3, 999_999_999.99, -12.34]

/** Every sort of value comes out as it went in. */
export function sortsConform(stage: NewStage): void {
  describe('values', () => {
    it.each(texts)('%s', async (_, text) => {
      const { write, put, preview } = await stage()
      await write('customers', customer(1, { contacts: [contact('Ann Hill1', 'ann@c1.example')] }))
      const record = quote(1, { title: text, lines: [line(1, 1, { description: text })] })
      const seen = await put('quotes', record)
      expect([seen.title, seen.lines[0]?.description]).toEqual([text, text])
      expect((await preview('quotes', record))[0]?.kind).toBe('unchanged')
    })

    it('numbers', async () => {
      const { write, put, preview } = await stage()
      await write('customers', customer(1))
      const lines = numbers.map((price, at) => line(at + 1, at + 1, { price }))
      const record = quote(1, { lines })
      const seen = await put('quotes', record)
      seen.lines.forEach(({ price }, at) => {
        expect(price).toBeCloseTo(numbers[at] ?? Number.NaN, 10)
      })
      expect((await preview('quotes', record))[0]?.kind).toBe('unchanged')
    })

    it('dates, to the millisecond and across the clock change', async () => {
      const { write, preview } = await stage()
      await write('customers', customer(1))
      const instants = ['2026-03-29T01:30:00.123Z', '2026-10-25T01:30:00.997Z', '2024-02-29T23:59:59.999Z']
      const records = instants.map((at, index) => quote(index + 1, { createdAt: at, modifiedAt: at }))
      await write('quotes', ...records)
      // Whatever a column rounds: what was written counts as equal to what is there.
      expect((await preview('quotes', ...records)).map(({ kind }) => kind)).toEqual(
        instants.map(() => 'unchanged'),
      )
    })

    it('long notes', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      const note = 'Long text, with Ünïcode. '.repeat(2000).trim()
      expect((await put('quotes', quote(1, { note }))).note).toBe(note)
    })

    it('many sales orders at once, whole and unchanged the second time', async () => {
      const { write, world } = await stage()
      await write('customers', customer(1))
      const records = Array.from({ length: 20 }, (_, at) => {
        const id = at + 1
        const lines = [1, 2, 3].map((nth) => line(id * 10 + nth, nth, { price: id + nth / 100_000 }))
        return order(id, { lines, orderedAt: '2026-02-28T23:59:59.999Z' })
      })
      const made = await write('salesOrders', ...records)
      expect(new Set(made.map(({ kind }) => kind))).toEqual(new Set(['created']))
      const again = await write('salesOrders', ...records)
      expect(again.map(({ kind }) => kind)).toEqual(records.map(() => 'unchanged'))
      expect(await world.count('salesOrders')).toBe(20)
      const last = await world.look('salesOrders', made.at(-1)?.haloId ?? 0)
      expect(last?.lines.map(({ price }) => price)).toEqual([20.000_01, 20.000_02, 20.000_03])
    })

    it('hundreds of records at once', async () => {
      const { write, world } = await stage()
      const numbersOf = Array.from({ length: 250 }, (_, at) => at + 1)
      await write('customers', customer(1))
      const first = await write('products', ...numbersOf.map((id) => product(id)))
      expect(first.map(({ commerceId }) => commerceId)).toEqual(numbersOf)
      const records = numbersOf.map((id) => quote(id, { lines: [line(id, 1, { productCommerceId: id })] }))
      const outcomes = await write('quotes', ...records)
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['created']))
      expect(await world.count('quotes')).toBe(250)
      const last = await world.look('quotes', outcomes.at(-1)?.haloId ?? 0)
      expect(last).toMatchObject({ title: 'Quote 250', lines: [{ product: 'Product 250' }] })
    })
  })

  describe('what a screen asks', () => {
    it('is answered: statuses, groups, one record as it is', async () => {
      const { world, owner, write } = await stage()
      const statuses = good(await world.halo.choices('quoteStatus'))
      expect(statuses.map(({ id }) => id)).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5, 6]))
      expect(good(await world.halo.choices('orderStatus')).length).toBeGreaterThanOrEqual(5)
      const group = await world.newGroup('Cables')
      expect(good(await world.halo.choices('groups'))).toContainEqual({ id: group, name: 'Cables' })
      const [made] = await write('customers', customer(1))
      const read = good(await world.halo.read('customers', owner, made?.haloId ?? 0))
      expect(Object.values(read?.fields ?? {})).toContain('Customer 1')
      expect(good(await world.halo.read('customers', owner, 876_543))).toBeNull()
      await write('salesOrders', order(1))
    })

    it('finds nothing that would stop it', async () => {
      const { world } = await stage()
      const report = good(await world.halo.probe())
      expect(report).toMatchObject({ missing: [], unknownRequired: [] })
      expect(report.found.length).toBeGreaterThan(20)
    })
  })
}
