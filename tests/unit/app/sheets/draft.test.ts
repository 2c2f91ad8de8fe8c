import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ok } from '../../../../app/model/fault.ts'
import type { SheetPlan } from '../../../../app/model/sheet/check.ts'
import { type Draft, draftOf } from '../../../../app/sheets/draft.ts'
import { openBook } from '../../../../app/sheets/open.ts'
import { openImportFile } from '../../../../app/store/import-file.ts'
import { fileOf } from './make-book.ts'

const clock = { now: () => Date.UTC(2024, 0, 1) }
const plan: SheetPlan = {
  entity: 'customers',
  columns: { name: 0, contactEmail: 1 },
  constants: {},
  forms: {},
  skipsHidden: false,
  identifier: 'name',
}

let file: string
let db: Database
let draft: Draft

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'draft-')), 'imports', '1.db')
  db = openImportFile(file)
  draft = draftOf(db, clock)
})
afterEach(() => {
  db.close()
})

async function read(text: string, headerRow = 1): Promise<void> {
  const book = await openBook(fileOf(text))
  if (!book.ok) throw new Error(book.fault.code)
  expect(await draft.read(book.value, 0, headerRow)).toBeNull()
  await book.value.close()
}
const names = () => draft.rows.window(0, 100).map((row) => row.cells[0])

describe('reading and checking', () => {
  test('what is above the headings is left out', async () => {
    await read('A title\n\nName,Mail\nNorthwind,a@b.co\nContoso,c@d.co\n', 3)
    expect(draft.rows.count()).toBe(2)
    expect(draft.rows.window(0, 10).map((row) => row.number)).toEqual([4, 5])
  })

  test('counts, groups by cause, and the rows of each', async () => {
    await read('Name,Mail\nNorthwind,nobody\n,x@y.co\nContoso,noone\nContoso,nobody\nGood,g@h.co\n')
    expect(await draft.check(plan)).toBeNull()
    expect(draft.problems.counts()).toEqual({ records: 5, good: 1, withErrors: 4, withWarnings: 0 })
    expect(draft.problems.groups()).toMatchObject([
      {
        code: 'no-e-mail',
        field: 'contactEmail',
        count: 3,
        rows: 3,
        firstRow: 2,
        values: [
          { value: 'nobody', count: 2 },
          { value: 'noone', count: 1 },
        ],
      },
      { code: 'mandatory', field: 'name', count: 1, rows: 1, firstRow: 3 },
      { code: 'twice-in-file', field: 'name', rows: 1, firstRow: 5 },
    ])
    expect(
      draft.rows.withProblem({ code: 'no-e-mail', field: 'contactEmail', value: 'nobody' }, 0, 10),
    ).toEqual([2, 5])
    expect(
      draft.rows.window(1, 1, { code: 'no-e-mail', field: 'contactEmail' }).map((row) => row.number),
    ).toEqual([4])
    expect(draft.problems.ofRows([5])[1]).toMatchObject({ code: 'twice-in-file', value: 'Contoso', other: 4 })
    expect(draft.problems.ofRows([3, 5]).map((one) => [one.row, one.code])).toEqual([
      [3, 'mandatory'],
      [5, 'no-e-mail'],
      [5, 'twice-in-file'],
    ])
  })

  test('a check that is stopped says so', async () => {
    await read(`Name,Mail\n${Array.from({ length: 1500 }, (_, at) => `C${at},`).join('\n')}\n`)
    const stop = new AbortController()
    stop.abort()
    expect(await draft.check(plan, { signal: stop.signal })).toMatchObject({ code: 'cancelled' })
    expect(await draft.check(plan)).toBeNull()
    expect(draft.problems.counts()).toMatchObject({ records: 1500, good: 1500 })
  })

  test('a damaged spreadsheet is told', async () => {
    const book = await openBook(fileOf('Name,Mail\n"open,1\n'))
    if (!book.ok) throw new Error(book.fault.code)
    expect(await draft.read(book.value, 0, 1)).toMatchObject({ code: 'sheet-damaged' })
    await book.value.close()
  })
})

describe('fixing', () => {
  const sheet = 'Name,Mail\nNorthwind,nobody\n,x@y.co\nContoso,nobody\n'

  test('all alike at once, and nothing else', async () => {
    await read(sheet)
    await draft.check(plan)
    const kind = { code: 'no-e-mail', field: 'contactEmail', value: 'nobody' }
    expect(await draft.fix('Empty "nobody"', { do: 'set', column: 1, value: '' }, { only: kind })).toEqual(
      ok(2),
    )
    await draft.check(plan)
    expect(draft.problems.groups().map((group) => group.code)).toEqual(['mandatory'])
  })

  test('every step can be taken back, the last one first', async () => {
    await read(sheet)
    await draft.fix('Fill names', { do: 'fill down', column: 0 })
    await draft.fix('Rename', { do: 'replace', column: 0, from: 'northwind', to: 'Fabrikam' })
    expect(names()).toEqual(['Fabrikam', 'Fabrikam', 'Contoso'])
    expect(draft.rows.lastEdit()).toBe('Rename')
    expect(await draft.undo()).toBe('Rename')
    expect(names()).toEqual(['Northwind', 'Northwind', 'Contoso'])
    expect(await draft.undo()).toBe('Fill names')
    expect(names()).toEqual(['Northwind', undefined, 'Contoso'].map((name) => name ?? null))
    expect(await draft.undo()).toBeNull()
  })

  test('a step that changes nothing is none', async () => {
    await read(sheet)
    expect(await draft.fix('Nothing', { do: 'find', column: 0, find: 'zzz', to: '' })).toEqual(ok(0))
    expect(draft.rows.lastEdit()).toBeNull()
  })

  test('what was done is still there when the file is opened again', async () => {
    await read(sheet)
    await draft.fix('Fill names', { do: 'fill down', column: 0 })
    db.close()
    db = openImportFile(file)
    draft = draftOf(db, clock)
    expect(names()).toEqual(['Northwind', 'Northwind', 'Contoso'])
    expect(await draft.undo()).toBe('Fill names')
  })
})

test('records come out in order, from a row on', async () => {
  await read('Name,Mail\nA,\nB,\nC,\n')
  expect([...draft.records(plan)].map((record) => record.values.name)).toEqual(['A', 'B', 'C'])
  expect([...draft.records(plan, 2)].map((record) => record.values.name)).toEqual(['B', 'C'])
})

test('how a column is written is judged by all of its rows', async () => {
  const rows = Array.from({ length: 1200 }, () => 'x,"1,234",01/02/2024').join('\n')
  await read(`Name,Price,Date\n${rows}\ny,"1,5",13/02/2024\n`)
  const guesses = await draft.guesses([1, 2])
  expect(guesses[1]?.decimal).toEqual({ decimal: ',', unsure: null })
  expect(guesses[2]?.dates).toEqual({ order: 'dmy', unsure: null })
})

test('the values of a column, the most frequent first', async () => {
  await read('Name,Status\nA,Won\nB,Lost\nC, Won\nD,\n')
  expect(await draft.distinct(1, 10)).toEqual([
    { value: 'Won', count: 2 },
    { value: 'Lost', count: 1 },
  ])
})
