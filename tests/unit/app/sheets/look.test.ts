import { describe, expect, test } from 'vitest'
import { type LookOptions, lookAt } from '../../../../app/sheets/look.ts'
import { openBook } from '../../../../app/sheets/open.ts'
import { fileOf } from './make-book.ts'

async function look(text: string, options: LookOptions = {}) {
  const book = await openBook(fileOf(text))
  if (!book.ok) throw new Error(book.fault.code)
  const seen = await lookAt(book.value, 0, 'customers', options)
  await book.value.close()
  if (!seen.ok) throw new Error(seen.fault.code)
  return seen.value
}

describe('the first look at a sheet', () => {
  const text = `Old customers;;\n\nCompany;Mail;;Notes\n${Array.from({ length: 500 }, (_, at) => `C${at};c${at}@x.co;;`).join('\n')}\n`

  test('headings, columns with samples, and matches', async () => {
    const seen = await look(text)
    expect(seen.headerRow).toBe(3)
    expect(seen.rows).toHaveLength(20)
    expect(seen.columns).toEqual([
      { column: 0, heading: 'Company', samples: ['C0', 'C1', 'C2'] },
      { column: 1, heading: 'Mail', samples: ['c0@x.co', 'c1@x.co', 'c2@x.co'] },
      { column: 3, heading: 'Notes', samples: [] },
    ])
    expect(seen.matches.map((match) => [match.field, match.column])).toEqual([
      ['name', 0],
      ['contactEmail', 1],
    ])
    expect(seen.key).toBe('company|mail|notes')
  })

  test('a person chooses another row of headings', async () => {
    expect((await look(text, { headerRow: 1 })).columns[0]?.heading).toBe('Old customers')
  })

  test('what was matched before', async () => {
    const seen = await look(text, { remembered: { accountNumber: 'company' } })
    expect(seen.matches.find((match) => match.column === 0)).toMatchObject({
      field: 'accountNumber',
      reason: 'remembered',
    })
  })
})

test('an empty sheet', async () => {
  const book = await openBook(fileOf(' \n\n'))
  if (!book.ok) throw new Error(book.fault.code)
  const seen = await lookAt(book.value, 0, 'customers')
  await book.value.close()
  expect(seen).toMatchObject({ ok: true, value: { columns: [] } })
})
