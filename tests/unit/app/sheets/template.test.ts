import { describe, expect, test } from 'vitest'
import { recordBuilder, rowChecker, type SheetPlan } from '../../../../app/model/sheet/check.ts'
import { customFields } from '../../../../app/model/sheet/custom-fields.ts'
import { fieldsWith, rowKeys, sheetFields } from '../../../../app/model/sheet/fields.ts'
import { matchColumns, sure } from '../../../../app/model/sheet/match.ts'
import { entities } from '../../../../app/model/tenant.ts'
import { lookAt } from '../../../../app/sheets/look.ts'
import { openBook } from '../../../../app/sheets/open.ts'
import { template } from '../../../../app/sheets/template.ts'
import { fileOf } from './make-book.ts'

describe.each(entities)('the template of %s', (entity) => {
  test('fits without a question, and its example is good', async () => {
    const book = await openBook(fileOf(await template(entity), `${entity}.xlsx`))
    if (!book.ok) throw new Error(book.fault.code)
    expect(book.value.sheets.map((sheet) => sheet.name)[1]).toBe('Notes')
    const look = await lookAt(book.value, 0, entity)
    await book.value.close()
    if (!look.ok) throw new Error(look.fault.code)
    expect(look.value.headerRow).toBe(1)
    expect(look.value.matches).toHaveLength(sheetFields[entity].length)
    expect(look.value.matches.every((match) => match.certainty >= sure)).toBe(true)

    const columns = Object.fromEntries(look.value.matches.map((match) => [match.field, match.column]))
    const identifier = rowKeys[entity] ?? 'name'
    const plan: SheetPlan = { entity, columns, constants: {}, forms: {}, skipsHidden: false, identifier }
    const check = rowChecker(plan)
    const builder = recordBuilder(plan)
    const example = look.value.rows[1] && check(look.value.rows[1])
    if (!example) throw new Error('no example')
    builder.add(example)
    expect(builder.end()?.problems).toEqual([])
  })
})

describe('the template of customers', () => {
  test('has the custom fields of the tenant\u2019s Halo, with lists that a cell can hold', async () => {
    const field = { label: 'Region', type: 'text' as const, maxLength: 40, isMandatory: false }
    const long = Array.from({ length: 60 }, (_, id) => ({ id, name: `Value ${id}` }))
    const custom = customFields([
      { ...field, column: 'CFregion' },
      { ...field, column: 'CFtier', label: 'Tier', list: { keeps: 'id', values: [{ id: 4, name: 'Gold' }] } },
      { ...field, column: 'CFmany', label: 'Many', list: { keeps: 'word', values: long } },
    ])
    const file = fileOf(await template('customers', custom), 'customers.xlsx')
    const book = await openBook(file)
    if (!book.ok) throw new Error(book.fault.code)
    const look = await lookAt(book.value, 0, 'customers')
    await book.value.close()
    if (!look.ok) throw new Error(look.fault.code)
    const headings = look.value.columns.map(({ heading }) => heading)
    expect(headings.slice(-3)).toEqual(['Region', 'Tier', 'Many'])
    const samples = look.value.rows.map(({ cells }) => cells)
    const matches = matchColumns(headings, samples.slice(1), fieldsWith('customers', custom))
    expect(matches.slice(-3).map((match) => [match.field, match.certainty >= sure])).toEqual([
      ['cf:region', true],
      ['cf:tier', true],
      ['cf:many', true],
    ])
    const { default: Excel } = await import('exceljs')
    const made = new Excel.Workbook()
    await made.xlsx.readFile(file)
    const lists = [-1, 0].map(
      (at) => made.worksheets[0]?.getCell(2, headings.length + at).dataValidation?.formulae,
    )
    expect(lists).toEqual([['"Gold"'], undefined])
  })
})
