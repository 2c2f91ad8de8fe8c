import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { SheetPlan } from '../../../../app/model/sheet/check.ts'
import { draftOf } from '../../../../app/sheets/draft.ts'
import { openImportFile } from '../../../../app/store/import-file.ts'

const clock = { now: () => Date.UTC(2024, 0, 1) }
const folder = mkdtempSync(join(tmpdir(), 'recheck-'))
const files: Database[] = []
afterEach(() => {
  for (const one of files.splice(0)) one.close()
})

const columns = ['quoteNumber', 'customer', 'title', 'lineTitle', 'quantity', 'price']
const plan: SheetPlan = {
  entity: 'quotes',
  columns: Object.fromEntries(columns.map((key, at) => [key, at])),
  constants: {},
  forms: {},
  skipsHidden: false,
  identifier: 'quoteNumber',
}

let made = 0
function drafted(rows: readonly (readonly (string | null)[])[]) {
  const db = openImportFile(join(folder, `${made++}.db`))
  files.push(db)
  const draft = draftOf(db, clock)
  draft.rows.add(
    rows.map((cells, at) => ({ number: at * 2 + 2, cells, isHidden: at % 7 === 3, formulas: [] })),
  )
  const found = () => ({
    problems: db
      .prepare('SELECT row, field, code, severity, value, other FROM problem ORDER BY 1, 2, 3, 5')
      .all(),
    records: db
      .prepare(
        'SELECT first_row, last_row, label, mark, errors, warnings, is_repeated FROM record ORDER BY 1',
      )
      .all(),
    counts: draft.problems.counts(),
  })
  return { draft, found }
}

const cell = fc.constantFrom('A', 'B', 'C', '1', 'Total', null)
const rowsArbitrary = fc.array(fc.tuple(cell, cell, cell, cell, cell, cell), { minLength: 1, maxLength: 14 })
type Change = {
  readonly at: number
  readonly column: number
  readonly value: string | null
  readonly isOut: boolean
}
const changeArbitrary: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(13),
  column: fc.nat(5),
  value: cell,
  isOut: fc.boolean(),
})

describe('a check of what was changed alone', () => {
  test('finds what a check of everything finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsArbitrary,
        fc.array(changeArbitrary, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (rows, changes, areAtOnce) => {
          const { draft, found } = drafted(rows)
          await draft.check(plan)
          const changed: number[] = []
          for (const { at, column, value, isOut } of changes) {
            const number = (at % rows.length) * 2 + 2
            if (isOut) draft.rows.leaveOut('out', [number], value !== null)
            else {
              draft.rows.edit('changed', [number], ({ cells }) =>
                cells.map((one, index) => (index === column ? value : one)),
              )
            }
            changed.push(number)
            if (!areAtOnce) draft.recheck(plan, [number])
          }
          if (areAtOnce) draft.recheck(plan, changed)
          const some = found()
          await draft.check(plan)
          expect(some).toEqual(found())
        },
      ),
      { numRuns: 150 },
    )
  }, 60_000)

  test('asks only for the rows around: the record, the one before and the one after', async () => {
    const { draft } = drafted(
      ['Q1', 'Q1', 'Q2', 'Q3', 'Q3', 'Q4', 'Q5'].map((number) => [number, 'A', 'x', 'y', '1', '2']),
    )
    await draft.check(plan)
    expect(draft.problems.around([6])).toEqual([{ from: 2, to: 10 }])
    expect(draft.problems.around([14, 2])).toEqual([
      { from: 2, to: 6 },
      { from: 12, to: Number.MAX_SAFE_INTEGER },
    ])
  })
})

describe('rows that a person leaves out', () => {
  test('are in no record, are told, and come back whole', async () => {
    const { draft, found } = drafted([
      ['Q1', 'A', 'x', 'y', 'many', '2'],
      ['Q2', 'A', 'x', 'y', '1', '2'],
    ])
    await draft.check(plan)
    const before = found()
    expect(draft.rows.leaveOut('2 rows left out', [2, 2, 99], true)).toBe(1)
    expect(draft.rows.leaveOut('again', [2], true)).toBe(0)
    expect(draft.rows.lastEditRows(10)).toEqual([2])
    draft.recheck(plan, [2])
    expect(draft.problems.counts()).toMatchObject({ records: 1, good: 1 })
    expect(draft.problems.groups().map(({ code, severity }) => [code, severity])).toEqual([
      ['left-out', 'note'],
    ])
    expect(draft.problems.nextError(0, false)).toBeNull()
    expect(draft.rows.countLeftOut()).toBe(1)
    expect(draft.rows.get(2)).toMatchObject({ cells: ['Q1', 'A', 'x', 'y', 'many', '2'], isLeftOut: true })
    expect(await draft.undo()).toBe('2 rows left out')
    draft.recheck(plan, [2])
    expect(found()).toEqual(before)
  })
})
