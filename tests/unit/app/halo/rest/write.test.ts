import { afterEach, describe, expect, it } from 'vitest'
import type { Destination, Known, WriteOutcome } from '../../../../../app/halo/destination.ts'
import type { Fault, Result } from '../../../../../app/model/fault.ts'
import type { HaloRecord } from '../../../../../app/model/halo.ts'
import type { Entity } from '../../../../../app/model/tenant.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import {
  contact,
  customer,
  instance,
  line,
  order,
  product,
  quote,
} from '../../../../integration/halo/records.ts'
import { type RestStage, restStage } from './stage.ts'

type Writing = RestStage & {
  readonly halo: Destination
  write<E extends Entity>(entity: E, ...records: HaloRecord[E][]): Promise<Result<WriteOutcome[]>>
  /** How many POSTs of records went to a path since the last question. */
  posts(path: string): number
}

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) {
    await stage.close()
    expect(stage.fake.violations).toEqual([])
  }
})

async function writing(quirks: Partial<Quirks> = {}): Promise<Writing> {
  const stage = await restStage(quirks)
  stages.push(stage)
  const halo = await stage.open()
  const owner = await halo.owner(instance)
  if (!owner.ok) throw new Error(owner.fault.code)
  const options = {
    owner: owner.value,
    mode: 'write',
    defaultGroup: null,
    createItemsFromQuotes: false,
  } as const
  return {
    ...stage,
    halo,
    write: (entity, ...records) =>
      halo.write(
        entity,
        records.map((record): Known<typeof record> => ({ record, haloId: null })),
        options,
      ),
    posts: (path) => {
      const count = stage.fake.asked.filter((one) => one.method === 'POST' && one.path === path).length
      stage.fake.asked.length = 0
      return count
    },
  }
}

function good(result: Result<WriteOutcome[]>): WriteOutcome[] {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}
const kinds = (result: Result<WriteOutcome[]>): string[] => good(result).map((one) => one.kind)
const faultOf = (result: Result<WriteOutcome[]>): Fault | null => (result.ok ? null : result.fault)
const many = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)

describe('a batch', () => {
  it('goes in POSTs of twenty records, and takes few requests in all', async () => {
    const { write, fake, posts } = await writing()
    await write('customers', ...many(10).map((id) => customer(id)))
    posts('/Client')
    const outcomes = await write(
      'quotes',
      ...many(100).map((id) => quote(id, { customerCommerceId: 1 + (id % 10) })),
    )
    expect(new Set(kinds(outcomes))).toEqual(new Set(['created']))
    const paths = Map.groupBy(fake.asked, (one) => `${one.method} ${one.path}`)
    expect([...paths].map(([path, asked]) => `${path} ${asked.length}`).toSorted()).toEqual([
      // One for the quotes, three for their clients with sites and contacts.
      'POST /Quotation 5',
      'POST /Report 4',
      // The contact that the quotes name and nine of the clients lack: all in one.
      'POST /Users 1',
    ])
  })

  it.each(['json-text', 'exception', 'result-code', 'by-place', 'problem', 'errors', 'text'] as const)(
    'with two bad records writes the others once, and says what is wrong with the two: %s',
    async (errorShape) => {
      const { write, fake } = await writing({ errorShape })
      await write('customers', customer(1))
      const bad = (id: number) => quote(id, { statusToWrite: 77 })
      const records = many(30).map((id) => (id === 7 || id === 26 ? bad(id) : quote(id)))
      const outcomes = good(await write('quotes', ...records))
      expect(outcomes.map(({ commerceId }) => commerceId)).toEqual(many(30))
      expect(
        outcomes.filter(({ kind }) => kind === 'failed').map(({ commerceId, fault }) => [commerceId, fault]),
      ).toEqual(
        [7, 26].map((id) => [
          id,
          expect.objectContaining({
            code: 'halo-reference-missing',
            facts: expect.objectContaining({ label: `Q${id}`, table: 'statuses', id: 77 }),
          }),
        ]),
      )
      expect(new Set(outcomes.flatMap(({ kind }) => (kind === 'failed' ? [] : [kind])))).toEqual(
        new Set(['created']),
      )
      expect(fake.tables.rows.Quotation.size).toBe(28)
      const ids = [...fake.tables.rows.Quotation.values()].map((row) => row.datto_commerce_id)
      expect(new Set(ids).size).toBe(28)
    },
  )

  it('that is refused altogether ends, record by record, with the field that Halo wants', async () => {
    const { write, fake, posts } = await writing({
      mandatory: [{ schema: 'Client', property: 'website', label: 'Web site' }],
    })
    posts('/Client')
    const outcomes = good(await write('customers', ...many(60).map((id) => customer(id))))
    expect(new Set(outcomes.map(({ fault }) => `${fault?.code} ${fault?.facts?.field}`))).toEqual(
      new Set(['halo-field-mandatory Web site']),
    )
    expect(fake.tables.rows.Client.size).toBe(0)
    // The first twenty are halved down to each; after that it is clear that halving does not help.
    expect(posts('/Client')).toBeLessThan(90)
  })

  it('that is too large for Halo goes in smaller ones', async () => {
    const { write, fake } = await writing({ maxBytes: 30_000 })
    await write('customers', customer(1))
    const long = (id: number, length: number) => quote(id, { note: 'x'.repeat(length) })
    const outcomes = good(
      await write('quotes', long(1, 9000), long(2, 9000), long(3, 50_000), long(4, 9000), long(5, 9000)),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'created', 'failed', 'created', 'created'])
    expect(outcomes[2]?.fault).toMatchObject({ code: 'halo-too-big', facts: { label: 'Q3' } })
    expect(fake.tables.rows.Quotation.size).toBe(4)
  })
})

describe('an answer that is lost', () => {
  it.each([
    ['after Halo did it', 'lost-after', {}],
    ['before Halo saw it', 'lost-before', {}],
    ['behind a page of a proxy', 'page-502', {}],
    ['as a status 503', 'down', {}],
    ['in the middle', 'half', {}],
    ['after Halo did it, without reports', 'lost-after', { reports: 'forbidden' as const }],
  ] as const)('%s makes nothing twice', async (_, how, quirks) => {
    const { write, fake } = await writing(quirks)
    await write('customers', customer(1))
    fake.quirks.trouble.push({ method: 'POST', path: '/Quotation', how, skip: 1 })
    const outcomes = good(await write('quotes', ...many(50).map((id) => quote(id))))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['created']))
    expect(fake.tables.rows.Quotation.size).toBe(50)
    expect(new Set(outcomes.map(({ haloId }) => haloId)).size).toBe(50)
  })

  it.each(['/Client', '/Users', '/Item', '/SalesOrder'])('of %s makes nothing twice', async (path) => {
    const { write, fake } = await writing()
    fake.quirks.trouble.push({ method: 'POST', path, how: 'lost-after' })
    await write('products', product(1))
    await write(
      'customers',
      customer(1),
      customer(2, { contacts: [contact('Bo', 'bo@c2.example'), contact('Cy', '')] }),
    )
    await write('quotes', quote(1))
    await write('salesOrders', order(1, { quoteCommerceId: 1 }))
    const { Client, Site, Users, Item, Quotation, SalesOrder } = fake.tables.rows
    expect([Client, Site, Users, Item, Quotation, SalesOrder].map((map) => map.size)).toEqual([
      2, 2, 3, 1, 1, 1,
    ])
  })

  it('twice ends the batch; the next run finds what was done', async () => {
    const { write, fake } = await writing()
    await write('customers', customer(1))
    fake.quirks.trouble.push(
      { method: 'POST', path: '/Quotation', how: 'down', skip: 1 },
      { method: 'POST', path: '/Quotation', how: 'down' },
    )
    const records = many(50).map((id) => quote(id))
    const ended = faultOf(await write('quotes', ...records))
    expect(ended).toMatchObject({ next: 'retry', side: 'halo' })
    const again = kinds(await write('quotes', ...records))
    expect(again).toEqual(many(50).map((id) => (id <= 20 ? 'unchanged' : 'created')))
    expect(fake.tables.rows.Quotation.size).toBe(50)
  })
})

describe('an answer that does not name all records', () => {
  it.each([
    ['first', 'on'],
    ['first-in-list', 'on'],
    ['first', 'forbidden'],
    ['keyed', 'on'],
  ] as const)('%s, reports %s', async (postAnswer, reports) => {
    const { write, fake } = await writing({ postAnswer, reports })
    await write('customers', ...many(30).map((id) => customer(id)))
    const outcomes = good(
      await write('salesOrders', ...many(30).map((id) => order(id, { customerCommerceId: id }))),
    )
    expect(outcomes.map(({ haloId }) => fake.tables.rows.SalesOrder.get(haloId ?? 0)?.summary)).toEqual(
      many(30).map((id) => `SO${id}`),
    )
    expect(fake.tables.rows.SalesOrder.size).toBe(30)
  })
})

describe('an error of Halo’s own', () => {
  it('that every record meets ends the batch, with no record failed for it', async () => {
    const { write, fake } = await writing({ errorShape: 'exception' })
    await write('customers', customer(1))
    fake.quirks.broken.push('/Quotation')
    const ended = faultOf(await write('quotes', ...many(60).map((id) => quote(id))))
    expect(ended).toMatchObject({
      code: 'halo-error',
      raw: expect.stringContaining('Object reference not set'),
    })
    fake.quirks.broken.length = 0
    expect(new Set(kinds(await write('quotes', ...many(60).map((id) => quote(id)))))).toEqual(
      new Set(['created']),
    )
    expect(fake.tables.rows.Quotation.size).toBe(60)
  })

  it('that a few meet is theirs', async () => {
    const { write, fake } = await writing({ errorShape: 'exception' })
    await write('customers', customer(1))
    fake.quirks.broken.push('/Quotation')
    const outcomes = good(await write('quotes', ...many(6).map((id) => quote(id))))
    expect(outcomes.map(({ fault }) => fault?.code)).toEqual(many(6).map(() => 'halo-error'))
  })
})

describe('what is missing', () => {
  it('a right ends the batch: every other record would meet it, too', async () => {
    const { write } = await writing({ forbidden: [{ method: 'POST', path: '/Item' }] })
    expect(faultOf(await write('products', product(1), product(2)))).toMatchObject({
      code: 'halo-rights',
      next: 'setup',
    })
  })

  it('a login ends the batch', async () => {
    const { halo, fake, write } = await writing()
    fake.tables.rows.Client.clear()
    fake.quirks.trouble.push(
      ...many(2).map(() => ({ method: 'POST' as const, path: '/Client', how: 'no-token' as const })),
    )
    expect(faultOf(await write('customers', customer(1)))?.code).toBe('halo-login')
    expect((await halo.probe()).ok).toBe(true)
  })

  it('an item that Halo does not know leaves the line without one', async () => {
    const { write, fake } = await writing()
    await write('customers', customer(1))
    const [outcome] = good(
      await write('quotes', quote(1, { lines: [line(1, 1, { productCommerceId: 99 })] })),
    )
    const [made] = (fake.tables.rows.Quotation.get(outcome?.haloId ?? 0)?.lines ?? []) as {
      item_id?: number
    }[]
    expect([outcome?.kind, made?.item_id ?? 0]).toEqual(['created', 0])
  })
})

describe('lines that are gone from Commerce', () => {
  it.each([false, true])('do not count in Halo, where left-out lines stay: %s', async (keepsOmittedLines) => {
    const { write, fake } = await writing({ keepsOmittedLines })
    await write('customers', customer(1))
    const [made] = good(await write('quotes', quote(1, { lines: many(4).map((id) => line(id, id)) })))
    const fewer = quote(1, { lines: [line(1, 1), line(4, 2)] })
    expect(kinds(await write('quotes', fewer))).toEqual(['updated'])
    const lines = (fake.tables.rows.Quotation.get(made?.haloId ?? 0)?.lines ?? []) as {
      name: string
      price: number
      quantity: number
    }[]
    expect(lines).toHaveLength(keepsOmittedLines ? 4 : 2)
    const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
    expect(total).toBe(40)
    expect(kinds(await write('quotes', fewer))).toEqual(['unchanged'])
  })
})
