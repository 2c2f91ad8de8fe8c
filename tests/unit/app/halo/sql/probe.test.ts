import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openSqliteHalo } from '../../../../../app/halo/sql/open.ts'
import { halo, type TableName, tableNames } from '../../../../../app/halo/sql/tables/all.ts'
import {
  clock,
  customer,
  good,
  instance,
  known,
  openTestHalo,
  order,
  product,
  quote,
  tempFile,
} from './fixture.ts'

type Change = { readonly leave?: readonly string[]; readonly add?: Readonly<Record<string, string>> }

/**
 * A Halo as SQL Server would have it: no key made by the database, other spellings, columns left out or added.
 * `leave` and `add` are `TABLE.column`, `add` with its type.
 */
function legacySchema({ leave = [], add = {} }: Change = {}) {
  return (sql: Database.Database): void => {
    for (const id of tableNames) {
      const { name, columns } = halo[id]
      const own = columns
        .filter((column) => !leave.includes(`${name}.${column.name}`))
        .map((column) => {
          const standard = column.default === null ? '' : ` DEFAULT ${column.default}`
          const declared = column.declared.replace('NVARCHAR(MAX)', 'NTEXT')
          return `"${column.name.toUpperCase()}" ${declared}${column.isNotNull ? ' NOT NULL' : ''}${standard}`
        })
      const more = Object.entries(add)
        .filter(([place]) => place.startsWith(`${name}.`))
        .map(([place, type]) => `"${place.slice(name.length + 1)}" ${type}`)
      if (own.length + more.length === 0) continue
      sql.exec(`create table "${name.toLowerCase()}" (${[...own, ...more].join(', ')})`)
    }
  }
}
const spec = (id: TableName): string => halo[id].name

describe('probe', () => {
  it('finds everything in the embedded Halo, with its identities', async () => {
    const { halo: destination } = await openTestHalo()
    const report = good(await destination.probe())
    expect(report).toMatchObject({ kind: 'sqlite', missing: [], optionalMissing: [], unknownRequired: [] })
    expect(report.version).toMatch(/^SQLite \d/)
    expect(report.found).toHaveLength(tableNames.reduce((sum, id) => sum + halo[id].columns.length, 0))
    const keys = Object.fromEntries(report.keys.map(({ table, isIdentity }) => [table, isIdentity]))
    expect(keys).toMatchObject({ AREA: true, QUOTATIONDETAIL: true, GENERIC: false, ORDERLINE: false })
  })

  it('lists missing, optional, unknown mandatory and custom columns', async () => {
    const { halo: destination } = await openTestHalo(
      legacySchema({
        leave: ['QUOTATIONDETAIL.qdtax_rate', 'AREA.AWebsite'],
        add: {
          'AREA.CFRegion': 'NVARCHAR(50)',
          'AREA.afuture': 'INT NOT NULL',
          'AREA.astd': 'INT NOT NULL DEFAULT 0',
        },
      }),
    )
    const report = good(await destination.probe())
    expect(report.optionalMissing).toEqual([
      { table: 'AREA', column: 'AWebsite' },
      { table: 'QUOTATIONDETAIL', column: 'qdtax_rate' },
    ])
    expect(report.missing).toEqual([])
    expect(report.unknownRequired).toEqual([{ table: 'AREA', column: 'afuture' }])
    expect(report.customFields).toEqual(['CFRegion'])
  })
})

/** Opened without making the tenant's row. */
async function openBare(change: Change) {
  const file = tempFile()
  const sql = new Database(file)
  legacySchema(change)(sql)
  sql.close()
  return good(await openSqliteHalo({ file, clock }))
}

describe('a Halo without a required column', () => {
  it('is not written; the fault lists every such column', async () => {
    const destination = await openBare({
      leave: ['AREA.adattocommerceid', 'QUOTATIONHEADER.QHUserID', 'QUOTATIONHEADER.QHNote'],
    })
    const report = good(await destination.probe())
    expect(report.missing).toEqual([
      { table: 'AREA', column: 'adattocommerceid' },
      { table: 'QUOTATIONHEADER', column: 'QHUserID' },
    ])
    const refused = {
      ok: false,
      fault: {
        code: 'halo-column-missing',
        next: 'setup',
        facts: { columns: 'AREA.adattocommerceid, QUOTATIONHEADER.QHUserID', count: 2 },
      },
    }
    expect(await destination.owner(instance)).toMatchObject(refused)
    const options = {
      owner: { haloTenantId: 1 },
      mode: 'write',
      defaultGroup: null,
      createItemsFromQuotes: true,
    } as const
    expect(await destination.write('products', known(product(1)), options)).toMatchObject(refused)
    expect(good(await destination.choices('groups'))).toEqual([])
    await destination.close()
  })
})

describe('a Halo with an unknown mandatory column', () => {
  it('is not written where that column is, and is elsewhere', async () => {
    const {
      halo: destination,
      owner,
      write,
    } = await openTestHalo(
      legacySchema({ add: { 'ORDERHEAD.ohfuture': 'INT NOT NULL', 'FAULTS.ffuture': 'INT NOT NULL' } }),
    )
    await write('customers', customer(1))
    expect((await write('quotes', quote(1)))[0]?.kind).toBe('created')
    const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: true } as const
    expect(await destination.write('salesOrders', known(order(1)), options)).toMatchObject({
      ok: false,
      fault: { code: 'halo-field-mandatory', next: 'setup', facts: { column: 'ORDERHEAD.ohfuture' } },
    })
  })
})

describe('a Halo whose database makes no keys', () => {
  it('gets keys above the highest there is, one block a batch, and stays without duplicates', async () => {
    const { write, sql, rows, dump, halo: destination } = await openTestHalo(legacySchema())
    const { keys } = good(await destination.probe())
    expect(keys.some(({ isIdentity }) => isIdentity)).toBe(false)
    sql.exec("insert into area (aarea, aareadesc) values (500, 'Internal')")
    sql.exec('insert into orderline (olid, olseq, id) values (900, 1, 7000)')
    await write('customers', customer(1), customer(2))
    await write('products', product(1), product(2))
    await write('quotes', quote(1), quote(2, { customerCommerceId: 2 }))
    await write('salesOrders', order(1, { quoteCommerceId: 1 }), order(2))
    expect(rows('select aarea, adattocommerceid as id from area where adattocommerceid > 0')).toEqual([
      { AAREA: 501, id: 1 },
      { AAREA: 502, id: 2 },
    ])
    expect(rows('select id from orderline order by id').map(({ ID }) => ID)).toEqual([
      7000, 7001, 7002, 7003, 7004,
    ])
    expect(rows('select QDid as q from quotationdetail').map(({ q }) => q)).toEqual([1, 2, 3, 4])
    const before = dump()
    const again = [
      ...(await write('customers', customer(1), customer(2))),
      ...(await write('products', product(1), product(2))),
      ...(await write('quotes', quote(1), quote(2, { customerCommerceId: 2 }))),
      ...(await write('salesOrders', order(1, { quoteCommerceId: 1 }), order(2))),
    ]
    expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(['unchanged']))
    expect(dump()).toBe(before)
  })

  it('has its clients by Halo’s joins over FLOAT columns', async () => {
    const { write, rows } = await openTestHalo(legacySchema())
    await write('customers', customer(1))
    await write('quotes', quote(1))
    expect(
      rows(`select adattocommerceid as id from ${spec('quote')} join USERS on Uid = QHUserID
        join SITE on Ssitenum = Usite join AREA on Aarea = Sarea`),
    ).toEqual([{ id: 1 }])
  })
})

describe('an older Halo', () => {
  it('is written without the columns that it does not have', async () => {
    const optional = tableNames.flatMap((id) =>
      halo[id].columns.filter(({ isRequired }) => !isRequired).map(({ name }) => `${spec(id)}.${name}`),
    )
    const { write, halo: destination, rows } = await openTestHalo(legacySchema({ leave: optional }))
    expect(good(await destination.probe()).optionalMissing).toHaveLength(optional.length)
    await write('customers', customer(1))
    await write('products', product(1))
    await write('quotes', quote(1))
    await write('salesOrders', order(1))
    expect((await write('quotes', quote(1)))[0]).toMatchObject({ kind: 'unchanged', notes: [] })
    expect((await write('salesOrders', order(1)))[0]).toMatchObject({ kind: 'unchanged' })
    expect(rows('select count(*) as n from QUOTATIONDETAIL')).toEqual([{ n: 2 }])
  })

  it('has its own, shorter lengths', async () => {
    const short = await openTestHalo(
      legacySchema({ leave: ['AREA.Aarearef'], add: { 'AREA.aarearef': 'NVARCHAR(5)' } }),
    )
    expect((await short.write('customers', customer(1, { reference: '12345' })))[0]?.kind).toBe('created')
    const [outcome] = await short.write('customers', customer(1, { reference: '123456' }))
    expect(outcome?.fault).toMatchObject({ facts: { column: 'AREA.Aarearef', length: 6, limit: 5 } })
  })
})
