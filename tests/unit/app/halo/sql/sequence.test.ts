import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Known } from '../../../../../app/halo/destination.ts'
import type { HaloRecord } from '../../../../../app/model/halo.ts'
import type { Entity } from '../../../../../app/model/tenant.ts'
import { contact, customer, good, heading, line, openTestHalo, order, product, quote } from './fixture.ts'

const id = fc.integer({ min: 1, max: 4 })
const word = fc.constantFrom('', 'a', 'B', 'ä 漢', 'x'.repeat(300))
const price = fc.double({ min: -1000, max: 1000, noNaN: true })
const contacts = fc.array(
  fc.record({
    name: fc.constantFrom('Ann', 'Bob', 'ann'),
    email: fc.constantFrom('', 'a@x.example', 'b@x.example'),
  }),
  { maxLength: 3 },
)
// Commerce ids of lines are unique within an instance: those of one parent never occur under another.
const linesOf = (parent: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((each, at) =>
          fc
            .record({ description: fc.constantFrom('one', 'two'), price, productCommerceId: fc.option(id) })
            .map((more) => (each === 5 ? heading('H', at + 1) : line(parent * 10 + each, at + 1, more))),
        ),
      ),
    )

const step = fc.oneof(
  fc.record({ id, name: word, people: contacts }).map(({ id: one, name, people }) => ({
    entity: 'customers' as const,
    record: customer(one, {
      name: name || 'Somebody',
      contacts: people.map(({ name: each, email }) => contact(each, email)),
    }),
  })),
  fc.record({ id, name: word, price }).map(({ id: one, name, price: amount }) => ({
    entity: 'products' as const,
    record: product(one, { name, price: amount }),
  })),
  fc
    .record({ id, customerCommerceId: id, title: word })
    .chain(({ id: one, ...more }) =>
      linesOf(one).map((lines) => ({ entity: 'quotes' as const, record: quote(one, { ...more, lines }) })),
    ),
  fc.record({ id, customerCommerceId: id, quoteCommerceId: fc.option(id) }).chain(({ id: one, ...more }) =>
    linesOf(one).map((lines) => ({
      entity: 'salesOrders' as const,
      // An order keeps at least one line by which it can be found.
      record: order(one, { ...more, lines: [line(one * 10, 9), ...lines] }),
    })),
  ),
)

describe('any sequence of writes and rewrites', () => {
  it('keeps one row a Commerce id, every quote and order with its client, and is unchanged when repeated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 15 }), async (steps) => {
        const test = await openTestHalo()
        const options = { owner: test.owner, defaultGroup: null, createItemsFromQuotes: true }
        const put = async <E extends Entity>(
          entity: E,
          batch: Known<HaloRecord[E]>[],
          mode: 'write' | 'preview',
        ) => good(await test.halo.write(entity, batch, { ...options, mode }))[0]
        for (const [{ entity, record }, isPreview] of steps) {
          const before = test.dump()
          await put(entity, [{ record, haloId: null }], 'preview')
          expect(test.dump()).toBe(before)
          if (isPreview) continue
          const first = await put(entity, [{ record, haloId: null }], 'write')
          const after = test.dump()
          if (first?.kind === 'unchanged') expect(after).toBe(before)
          const second = await put(entity, [{ record, haloId: first?.haloId ?? null }], 'write')
          expect(second?.kind).toBe(first?.kind === 'failed' ? 'failed' : 'unchanged')
          expect(test.dump()).toBe(after)
        }
        const twice = (column: string, table: string): unknown[] =>
          test.rows(
            `select ${column} from ${table} where ${column} > 0 group by ${column} having count(*) > 1`,
          )
        expect(twice('adattocommerceid', 'AREA')).toEqual([])
        expect(twice('qhdattocommerceid', 'QUOTATIONHEADER')).toEqual([])
        expect(twice('cast(ithirdpartyid as integer)', 'ITEM')).toEqual([])
        expect(twice('oldattocommercelineid', 'ORDERLINE')).toEqual([])
        expect(
          test.rows(`select QHid from QUOTATIONHEADER where not exists (select 1 from USERS join SITE on Ssitenum = Usite
            join AREA on Aarea = Sarea where Uid = QHUserID)`),
        ).toEqual([])
        expect(
          test.rows('select OHid from ORDERHEAD where OHsitenum not in (select Ssitenum from SITE)'),
        ).toEqual([])
        await test.halo.close()
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
