import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { createImportDesk } from '../../../main/import-desk.ts'
import { importFiles, importIdOf, importIdPattern } from '../../../main/import-views.ts'
import { must, tempFolder } from '../app/store/temp-store.ts'

const clock = { now: () => Date.UTC(2026, 4, 10, 12) }
const request = { tenantId: 1, entity: 'customers' } as const

test('two that are read in the same millisecond have a file each', async () => {
  const folder = tempFolder()
  const desk = createImportDesk(folder, clock)
  const file = (name: string): string => {
    writeFileSync(join(folder, name), `Company,City\n${name},Bristol\n`)
    return join(folder, name)
  }
  const both = await Promise.all(
    ['a.csv', 'b.csv'].map((name) => desk.read({ ...request, file: file(name) })),
  )
  const opened = both.map((one) => must(one).open)
  expect(opened.map(({ draft }) => draft.rows.window(0, 5).map((row) => row.cells[0]))).toEqual([
    ['a.csv'],
    ['b.csv'],
  ])
  expect(
    importFiles(desk.home)
      .map((one) => basename(one))
      .sort(),
  ).toEqual(['2026-05-10T12-00-00-000Z-2-customers.db', '2026-05-10T12-00-00-000Z-customers.db'])
  for (const one of opened) {
    expect(importIdOf(one.file)).toMatch(importIdPattern)
    one.close()
  }
})

test('a text file is read as it was said, and that is kept', async () => {
  const folder = tempFolder()
  const desk = createImportDesk(folder, clock)
  const file = join(folder, 'odd.csv')
  writeFileSync(file, Buffer.from('Company;a|City\nGrün;b|Bath\nWeiß;c|Ost;West;Süd\n', 'latin1'))
  const text = { encoding: 'windows-1252', separator: '|' } as const
  const { open } = must(await desk.read({ ...request, file, text }))
  expect(open.draft.rows.window(0, 5).map((row) => row.cells)).toEqual([
    ['Grün;b', 'Bath'],
    ['Weiß;c', 'Ost;West;Süd'],
  ])
  expect(open.notes.origin()).toMatchObject({ text, width: 2, headings: ['Company;a', 'City'] })
  open.close()
  const { open: found } = must(await desk.read({ ...request, file, text: { separator: ';' } }))
  // The widest row counts, not the headings.
  expect(found.notes.origin()).toMatchObject({ text: { ...text, separator: ';' }, width: 4 })
  found.close()
})
