import { expect, test } from 'vitest'
import type { SheetRow } from '../../../../app/model/sheet/cell.ts'
import { writeErrorBook } from '../../../../app/sheets/error-book.ts'
import { cellsOf, fileOf, readAll } from './make-book.ts'

const row = (cells: SheetRow['cells']): SheetRow => ({ number: 1, cells, isHidden: false, formulas: [] })

test('what failed reads back as it was, with the reason beside it, and nothing of it is a formula', async () => {
  const file = fileOf('')
  const date = { kind: 'date', text: '2024-02-29' } as const
  const time = { kind: 'date', text: '2024-02-29T13:45:10' } as const
  const count = await writeErrorBook(
    file,
    ['Name', 'Since', 'Note'],
    [
      { row: row(['=cmd()', date, '007']), reason: '"Status" has no value "x".' },
      { row: row(['+1', time, null, 'beyond']), reason: 'Why' },
      { row: row([true, 1.5, { kind: 'error', text: '#N/A' }]), reason: '@sum' },
    ],
  )
  expect(count).toBe(3)
  const read = await readAll(file)
  expect(cellsOf(read)).toEqual([
    ['Name', 'Since', 'Note', 'Reason'],
    ['=cmd()', date, '007', '"Status" has no value "x".'],
    ['+1', time, null, 'Why', 'beyond'],
    [true, 1.5, '#N/A', '@sum'],
  ])
  expect(read.rows.flatMap((one) => one.formulas)).toEqual([])
})
