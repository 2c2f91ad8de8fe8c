import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Destination } from '../../../../app/halo/destination.ts'
import { openHalo } from '../../../../app/halo/open.ts'
import { fail, fault, type Result } from '../../../../app/model/fault.ts'
import type { ImportChoices } from '../../../../app/model/sheet/choices.ts'
import type { Entity, Tenant } from '../../../../app/model/tenant.ts'
import { decide, firstDecision } from '../../../../app/sheets/decision.ts'
import { draftOf } from '../../../../app/sheets/draft.ts'
import { checkHalo } from '../../../../app/sheets/halo-check.ts'
import { importAsked } from '../../../../app/store/import-asked.ts'
import { openImportFile } from '../../../../app/store/import-file.ts'
import type { RowRange } from '../../../../app/store/import-problems.ts'
import { tenant } from '../model/map/builders.ts'

const good = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}
let now = Date.UTC(2024, 0, 1)
const clock = { now: () => now }
let folder: string
let halo: Destination
let sql: Database
const files: Database[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halo-check-'))
  const file = join(folder, 'halo.db')
  halo = good(await openHalo({ kind: 'sqlite', file }, { clock }))
  sql = new Sqlite(file)
  const put = (table: string, row: Record<string, string | number>): void => {
    const names = Object.keys(row)
    sql
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(row))
  }
  put('AREA', { Aarea: 11, aareadesc: 'Northwind Ltd', Aarearef: 'N-1' })
  put('AREA', { Aarea: 12, aareadesc: 'Contoso GmbH', Aarearef: 'C-1' })
  put('AREA', { Aarea: 13, aareadesc: 'Twin', Aarearef: 'T-1' })
  put('AREA', { Aarea: 14, aareadesc: 'twin ', Aarearef: 'T-2' })
  put('GENERIC', { Ggeneric: 7, gdesc: 'Hardware' })
  put('GENERIC', { Ggeneric: 8, gdesc: 'Cables' })
  put('GENERIC', { Ggeneric: 9, gdesc: 'cables' })
  put('ITEM', { Iid: 21, idesc: 'Laptop 15', IExternalReference: 'LAP-15', Igeneric: 7 })
  put('ITEM', { Iid: 22, idesc: 'Mouse', IExternalReference: 'M-1', Igeneric: 7 })
  put('ITEM', { Iid: 23, idesc: 'Mouse, old', IExternalReference: 'm-1', Igeneric: 7 })
  put('CURRENCY', { Cid: 1, Cdesc: '£', Ccode: 'GBP' })
  put('CURRENCY', { Cid: 2, Cdesc: 'EUR', Ccode: '' })
})
afterEach(async () => {
  sql.close()
  await halo.close()
  for (const one of files.splice(0)) one.close()
})

type Options = Partial<Pick<ImportChoices, 'recordBy' | 'customerBy' | 'existing'>> & { readonly of?: Tenant }

/** Rows below these headings, which are fields of the entity, checked and asked about. */
async function checked(
  entity: Entity,
  fields: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  { of = tenant(), ...said }: Options = {},
) {
  const db = openImportFile(join(folder, `${files.length}.db`))
  files.push(db)
  const draft = draftOf(db, clock)
  const asked = importAsked(db)
  draft.rows.add(rows.map((cells, at) => ({ number: at + 2, cells, isHidden: false, formulas: [] })))
  const columns = Object.fromEntries(fields.map((field, at) => [field, at]))
  const choices = decide(entity, { ...firstDecision(entity, []), columns, ...said }, {})
  await draft.check(choices.plan)
  const calls: string[] = []
  const noted: Pick<Destination, 'choices' | 'sheets'> = {
    choices: (kind) => halo.choices(kind),
    ...(halo.sheets && {
      sheets: {
        ...halo.sheets,
        find: (what, by, values) => {
          calls.push(`${what} ${by}: ${[...values].sort().join(', ')}`)
          return halo.sheets?.find(what, by, values) ?? Promise.resolve(fail(fault('bug')))
        },
      },
    }),
  }
  const ask = (ranges?: readonly RowRange[], destination = noted, signal = new AbortController().signal) =>
    checkHalo({ draft, asked, choices, tenant: of, destination, clock, signal }, ranges)
  const found = () =>
    draft.problems
      .groups()
      .flatMap(({ code, field, severity, values, rows: count }) =>
        values.map(({ value, near }) => [`${severity} ${code} ${field}: ${value} (${count})`, ...near]),
      )
  expect(await ask()).toBeNull()
  return { draft, asked, choices, ask, found, calls }
}

describe('what a sheet names and Halo does not have', () => {
  test('is told of customers, each in every row that names it, with the names that may be meant', async () => {
    const fields = ['quoteNumber', 'customer', 'lineTitle', 'quantity', 'price']
    const { found, draft } = await checked('quotes', fields, [
      ['Q1', 'Northwnd', 'a', '1', '1'],
      ['Q1', 'Northwnd', 'b', '1', '1'],
      ['Q2', 'twin', 'a', '1', '1'],
      ['Q3', 'CONTOSO GMBH', 'a', '1', '1'],
      ['Q4', 'n-1', 'a', '1', '1'],
      ['Q5', '#12', 'a', '1', '1'],
      ['Q6', '#99', 'a', '1', '1'],
      ['Q7', 'Nobody at all', 'a', '1', '1'],
      ['Q7', null, 'b', '1', '1'],
    ])
    expect(found()).toEqual([
      ['error unknown-customer customer: Northwnd (4)', 'Northwind Ltd'],
      ['error unknown-customer customer: #99 (4)'],
      ['error unknown-customer customer: Nobody at all (4)'],
      ['error several-customers customer: twin (1)'],
    ])
    expect(draft.problems.counts()).toMatchObject({ records: 7, good: 3, withErrors: 4 })
    expect(draft.problems.ofRows([3])).toMatchObject([{ code: 'unknown-customer', near: ['Northwind Ltd'] }])
  })

  test('is told of products and tax rates at their lines, and of statuses by the mapping', async () => {
    const fields = [
      'quoteNumber',
      'customer',
      'lineTitle',
      'quantity',
      'price',
      'productNumber',
      'taxRate',
      'status',
    ]
    const quoteStatus = { '3': 3, '1': 77, '2': null }
    const of = { ...tenant(), mapping: { ...tenant().mapping, quoteStatus } }
    const { found } = await checked(
      'quotes',
      fields,
      [
        ['Q1', '#11', 'a', '1', '1', 'LAP-15', '20', 'Won'],
        ['Q1', '', 'b', '1', '1', 'LAP-17', '19', ''],
        ['Q1', '', 'c', '1', '1', 'Laptop 15', '0', ''],
        ['Q2', '#11', 'd', '1', '1', 'M-1', '', 'Sent'],
        ['Q3', '#11', 'e', '1', '1', '#22', '', 'Viewed'],
        ['Q4', '#11', 'f', '1', '1', '#29', '', 'Declined'],
      ],
      { of },
    )
    expect(found()).toEqual([
      ['error unknown-status status: Sent (1)'],
      ['warning unknown-product productNumber: #29 (2)'],
      ['warning unknown-product productNumber: LAP-17 (2)', 'LAP-15'],
      ['warning several-products productNumber: M-1 (1)'],
      ['warning status-unmapped status: Declined (1)'],
      ['warning unknown-rate taxRate: 19 (1)'],
    ])
  })

  test('is told of groups and taxes of products, and of currencies of customers', async () => {
    const products = await checked(
      'products',
      ['productNumber', 'title', 'group', 'tax'],
      [
        ['A', 'a', 'hardware', 'Standard rate'],
        ['B', 'b', 'Hardwear', '20 %'],
        ['C', 'c', 'Cables', 'Standrad rate'],
        ['D', 'd', '#8', '#2'],
      ],
    )
    expect(products.found()).toEqual([
      ['error several-groups group: Cables (1)'],
      ['error unknown-group group: Hardwear (1)', 'Hardware'],
      ['error unknown-tax tax: Standrad rate (1)', 'Standard rate'],
    ])
    const hidden = await checked('customers', ['name', 'currency'], [['New', 'EURO']])
    const choices = async () => fail(fault('halo-rights'))
    expect(await hidden.ask(undefined, { ...halo, choices })).toBeNull()
    expect(hidden.found()).toEqual([])
    const customers = await checked(
      'customers',
      ['name', 'currency'],
      [
        ['New one', 'gbp'],
        ['New two', 'EUR'],
        ['New three', 'EURO'],
      ],
    )
    expect(customers.found()).toEqual([['error unknown-currency currency: EURO (1)', 'EUR']])
  })
})

describe('records that are in Halo already', () => {
  test('are told as what will become of them, and two that are the same one as an error', async () => {
    const rows = [
      ['Northwind Ltd', null],
      ['Another name', '11'],
      ['Fresh Ltd', null],
      ['Twin', null],
      ['Gone', '99'],
    ]
    const { found, draft } = await checked('customers', ['name', 'haloId'], rows)
    expect(found()).toEqual([
      ['error same-in-halo name: Another name (1)'],
      ['error several-records name: Twin (1)'],
      ['error unknown-halo-id haloId: 99 (1)'],
      ['note there-left name: Another name (2)'],
      ['note there-left name: Northwind Ltd (2)'],
    ])
    expect(draft.problems.counts()).toMatchObject({ records: 5, good: 2, withErrors: 3, withWarnings: 0 })
    const filled = await checked('customers', ['name', 'haloId'], rows.slice(0, 1), { existing: 'fill' })
    expect(filled.found()).toEqual([['note there-filled name: Northwind Ltd (1)']])
    const updated = await checked('customers', ['name', 'accountNumber'], [['x', 'n-1']], {
      existing: 'update',
      recordBy: 'number',
    })
    expect(updated.found()).toEqual([['note there-updated accountNumber: n-1 (1)']])
  })
})

describe('asking Halo', () => {
  const fields = ['quoteNumber', 'customer', 'lineTitle', 'quantity', 'price']
  const rows = [
    ['Q1', 'Northwind Ltd', 'a', '1', '1'],
    ['Q2', 'Nobody', 'a', '1', '1'],
    ['Q3', 'Contoso GmbH', 'a', '1', '1'],
    ['Q4', 'Nobody', 'a', '1', '1'],
    ['Q5', 'Northwind Ltd', 'a', '1', '1'],
  ]

  test('asks for each value once, and again after a quarter of an hour', async () => {
    const { ask, calls, found } = await checked('quotes', fields, rows)
    expect(calls).toEqual([
      'quotes number: q1, q2, q3, q4, q5',
      'customers name: contoso gmbh, nobody, northwind ltd',
      'customers number: nobody',
    ])
    const first = found()
    calls.length = 0
    expect(await ask()).toBeNull()
    expect(calls).toEqual(['quotes number: q1, q2, q3, q4, q5'])
    expect(found()).toEqual(first)
    now += 16 * 60_000
    expect(await ask()).toBeNull()
    expect(calls).toHaveLength(4)
  })

  test('asks about changed rows alone, and finds what asking about all finds', async () => {
    const { ask, calls, found, draft, choices } = await checked('quotes', fields, rows)
    calls.length = 0
    draft.rows.edit('x', [3], ({ cells }) => cells.map((cell, at) => (at === 1 ? 'Contoso' : cell)))
    const ranges = draft.recheck(choices.plan, [3])
    expect(await ask(ranges)).toBeNull()
    expect(calls).toEqual([
      'quotes number: q1, q2, q3',
      'customers name: contoso',
      'customers number: contoso',
    ])
    const some = found()
    expect(await ask([...ranges, ...ranges, { from: 1, to: 2 }])).toBeNull()
    expect(found()).toEqual(some)
    expect(some).toContainEqual(['error unknown-customer customer: Contoso (2)', 'Contoso GmbH'])
    await draft.check(choices.plan)
    expect(await ask()).toBeNull()
    expect(found()).toEqual(some)
  })

  test('that does not answer leaves what the check has found', async () => {
    const { ask, draft, found } = await checked('quotes', fields, [
      ['Q0', 'Nobody', 'a', 'many', '1'],
      ...rows,
    ])
    const down: Pick<Destination, 'choices' | 'sheets'> = {
      choices: async () => fail(fault('halo-unreachable')),
      sheets: {
        find: async () => fail(fault('halo-unreachable')),
        names: async () => fail(fault('halo-unreachable')),
      },
    }
    now += 16 * 60_000
    expect(await ask(undefined, down)).toMatchObject({ code: 'halo-unreachable' })
    expect(found()).toEqual([['error no-number quantity: many (1)']])
    const abort = new AbortController()
    abort.abort()
    expect(await ask(undefined, undefined, abort.signal)).toMatchObject({ code: 'cancelled' })
    expect(draft.problems.counts().records).toBe(6)
  })
})
