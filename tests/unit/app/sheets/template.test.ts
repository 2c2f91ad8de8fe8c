import { describe, expect, test } from 'vitest'
import { recordBuilder, rowChecker, type SheetPlan } from '../../../../app/model/sheet/check.ts'
import { rowKeys, sheetFields } from '../../../../app/model/sheet/fields.ts'
import { sure } from '../../../../app/model/sheet/match.ts'
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
