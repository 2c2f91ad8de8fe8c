import { describe, expect, it } from 'vitest'
import { customer, line, openTestHalo, order, product, quote } from './fixture.ts'

/** A database that refuses some rows, as a trigger or a constraint of somebody's own would. */
const refuse = (table: string, column: string, value: string): string =>
  `create trigger refuse_${table} before insert on ${table} when new.${column} = '${value}'
   begin select raise(abort, 'not this one'); end`

describe('a record that the database refuses', () => {
  it('fails whole and alone, wherever it is in the batch', async () => {
    const { write, sql, rows } = await openTestHalo()
    await write('customers', customer(1))
    sql.exec(refuse('QUOTATIONDETAIL', 'QDDesc', 'poison'))
    const poisoned = quote(3, {
      contact: { name: 'New Person', email: 'new@c1.example' },
      lines: [line(31, 1), line(32, 2), line(33, 3, { description: 'poison' })],
    })
    const outcomes = await write('quotes', quote(1), quote(2), poisoned, quote(4))
    expect(outcomes.map(({ kind, haloId }) => [kind, haloId])).toEqual([
      ['created', 1],
      ['created', 2],
      ['failed', null],
      ['created', 3],
    ])
    expect(outcomes[2]?.fault).toMatchObject({
      code: 'halo-value-refused',
      next: 'stop',
      raw: 'not this one',
    })
    expect(rows('select QDQHid as q, count(*) as n from QUOTATIONDETAIL group by QDQHid')).toEqual([
      { q: 1, n: 2 },
      { q: 2, n: 2 },
      { q: 3, n: 2 },
    ])
    expect(rows('select uusername from USERS')).toEqual([{ uusername: 'Ann 1' }])
  })

  it('leaves a quote as it was when a change of it is refused', async () => {
    const { write, sql, dump } = await openTestHalo()
    await write('customers', customer(1))
    await write('quotes', quote(1), quote(2))
    sql.exec(refuse('QUOTATIONDETAIL', 'QDDesc', 'poison'))
    const before = dump()
    const changed = quote(1, {
      title: 'New title',
      lines: [line(1, 1, { description: 'poison' }), line(2, 2)],
    })
    const grown = { ...changed, lines: [...quote(1).lines, line(9, 3, { description: 'poison' })] }
    const outcomes = await write('quotes', grown, quote(2))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'unchanged'])
    expect(dump()).toBe(before)
  })

  it('succeeds once the reason is gone', async () => {
    const { write, sql } = await openTestHalo()
    sql.exec(refuse('USERS', 'uusername', 'Ann 2'))
    const first = await write('customers', customer(1), customer(2), customer(3))
    expect(first.map(({ kind }) => kind)).toEqual(['created', 'failed', 'created'])
    sql.exec('drop trigger refuse_USERS')
    const second = await write('customers', customer(1), customer(2), customer(3))
    expect(second.map(({ kind, haloId }) => [kind, haloId])).toEqual([
      ['unchanged', 1],
      ['created', 3],
      ['unchanged', 2],
    ])
  })
})

describe('batches', () => {
  it('of any size give the same database, and the same again after a part was lost', async () => {
    const records = Array.from({ length: 25 }, (_, at) => customer(at + 1))
    const quotes = records.map(({ commerceId }) =>
      quote(commerceId, {
        customerCommerceId: commerceId,
        contact: { name: `New ${commerceId}`, email: '' },
        statusToWrite: commerceId % 3 === 0 ? 2 : null,
      }),
    )
    const orders = quotes.map(({ commerceId, contact }) =>
      order(commerceId, { customerCommerceId: commerceId, contact, quoteCommerceId: commerceId }),
    )
    const dumps: string[] = []
    for (const size of [25, 7, 1]) {
      const test = await openTestHalo()
      await test.write('products', product(1), product(2))
      for (let at = 0; at < 25; at += size) await test.write('customers', ...records.slice(at, at + size))
      for (let at = 0; at < 25; at += size) await test.write('quotes', ...quotes.slice(at, at + size))
      // A run that was killed begins again from an earlier place.
      await test.write('quotes', ...quotes.slice(3, 20))
      for (let at = 0; at < 25; at += size) await test.write('salesOrders', ...orders.slice(at, at + size))
      dumps.push(test.dump())
    }
    expect(dumps[1]).toBe(dumps[0])
    expect(dumps[2]).toBe(dumps[0])
  })

  it('larger than any list of keys find every record again', async () => {
    const { write, rows } = await openTestHalo()
    const records = Array.from({ length: 1100 }, (_, at) => product(at + 1))
    await write('products', ...records)
    const again = await write('products', ...records)
    expect(again.every(({ kind, haloId, commerceId }) => kind === 'unchanged' && haloId === commerceId)).toBe(
      true,
    )
    expect(rows('select count(*) as n from ITEM')).toEqual([{ n: 1100 }])
  })

  it('without records are fine', async () => {
    const { write } = await openTestHalo()
    expect(await write('quotes')).toEqual([])
  })
})
