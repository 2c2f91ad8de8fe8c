import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openBook } from '../../../../app/sheets/open.ts'
import { bookOf, bookParts, fileOf, readAll, zipOf } from './make-book.ts'

const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/sheets', name)
const codeOf = async (file: string): Promise<string> => (await readAll(file)).fault?.code ?? 'none'

describe('the same table in three forms, made by LibreOffice', () => {
  const since = { kind: 'date', text: '2021-03-04' }
  const seen = { kind: 'date', text: '2024-02-29T13:45:00' }

  test.each(['customers.xlsx', 'customers.xls'])('%s', async (name) => {
    const { rows, end, fault } = await readAll(fixture(name))
    expect(fault).toBeNull()
    expect(rows.map((row) => row.number)).toEqual([1, 3, 4, 5, 6])
    expect(rows[2]?.cells).toEqual(['Müller & Söhne <KG>', since, seen, 1234.5, 2469, 1])
    expect(rows[2]?.formulas).toEqual([4])
    expect(rows[3]).toMatchObject({ cells: ['Hidden Ltd'], isHidden: true })
    expect(rows[4]?.cells).toEqual(['東京商事 😀', '007', null, -0.1, { kind: 'error', text: '#DIV/0!' }])
    expect(end).toEqual({ rows: 5, merged: ['A1:C1'] })
  })

  test('customers.csv keeps every value as the text that it is', async () => {
    const { rows } = await readAll(fixture('customers.csv'))
    expect(rows.map((row) => row.number)).toEqual([1, 3, 4, 5, 6])
    expect(rows[2]?.cells).toEqual([
      'Müller & Söhne <KG>',
      '04/03/2021',
      '2024-02-29 13:45',
      '1234.5',
      '2469',
      '1',
    ])
    expect(rows[4]?.cells).toEqual(['東京商事 😀', '007', null, '-0.1', '#DIV/0!'])
  })

  test('names its sheets', async () => {
    const book = await openBook(fixture('customers.xlsx'))
    expect(book.ok && book.value.sheets.map((sheet) => sheet.name)).toEqual(['Customers', 'Empty'])
    if (book.ok) await book.value.close()
  })

  test('stops after the rows that were asked for', async () => {
    const book = await openBook(fixture('customers.xls'))
    if (!book.ok) throw new Error(book.fault.code)
    const pieces = []
    for await (const piece of book.value.rows(0, { limit: 2 })) pieces.push(piece)
    await book.value.close()
    expect(pieces.flatMap((piece) => (piece.ok ? piece.value.rows : [])).map((row) => row.number)).toEqual([
      1, 3,
    ])
  })
})

describe('what a file is, whatever its name', () => {
  test.each([
    ['a PDF', '%PDF-1.7 ...', 'sheet-unknown'],
    ['a web page named .xls', '<html><table><tr><td>1</td></tr></table></html>', 'sheet-unknown'],
    ['an XML spreadsheet of 2003', '<?xml version="1.0"?><Workbook></Workbook>', 'sheet-unknown'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'sheet-unknown'],
    ['random bytes', new Uint8Array(200).map((_, at) => (at * 89) % 31), 'sheet-unknown'],
    ['nothing', '', 'sheet-empty'],
    ['a zip file of something else', zipOf({ 'word/document.xml': '<w/>' }), 'sheet-unknown'],
  ])('%s', async (_, content, code) => {
    expect(await codeOf(fileOf(content, 'named.xlsx'))).toBe(code)
  })

  test('a workbook with macros is refused, whatever its ending', async () => {
    const type = 'http://schemas.microsoft.com/office/2006/relationships/vbaProject'
    const parts = bookParts('')
    const rels = parts['xl/_rels/workbook.xml.rels'] ?? ''
    const more = `<Relationship Id="m" Type="${type}" Target="vbaProject.bin"/></Relationships>`
    const file = fileOf(
      zipOf({ ...parts, 'xl/_rels/workbook.xml.rels': rels.replace('</Relationships>', more) }),
    )
    expect(await codeOf(file)).toBe('sheet-macros')
  })

  test('a locked workbook', async () => {
    const ole = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    expect(await codeOf(fileOf(ole))).toBe('sheet-locked')
  })

  test('a Word document of the old kind', async () => {
    const ole = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('WordDocument', 'utf16le'),
    ])
    expect((await readAll(fileOf(ole))).fault).toMatchObject({
      code: 'sheet-unknown',
      facts: { found: 'a Word document' },
    })
  })

  test('an old workbook that is none inside', async () => {
    const ole = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(2000),
      Buffer.from('Workbook', 'utf16le'),
    ])
    expect(await codeOf(fileOf(ole))).toBe('sheet-damaged')
  })

  test('an old workbook too large to be read whole', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(20_000_001)])
    expect(await codeOf(fileOf(ole))).toBe('sheet-too-large')
  })

  test('a missing file and a folder', async () => {
    expect(await codeOf(fixture('nowhere.xlsx'))).toBe('sheet-missing')
    expect(await codeOf(fixture('.'))).toBe('sheet-missing')
  })

  test('faults name the file, and only its name', async () => {
    const { fault } = await readAll(fileOf('%PDF-1.4', 'offer.xlsx'))
    expect(fault?.facts?.file).toMatch(/^\d+-offer\.xlsx$/)
  })
})

test('an old workbook whose reading takes too long is given up', async () => {
  const book = await openBook(fixture('customers.xls'), { xls: { timeoutMs: 1, heapMb: 200 } })
  expect(book).toMatchObject({ ok: false, fault: { code: 'sheet-slow' } })
})

test('a reader that is stopped says so', async () => {
  const stop = new AbortController()
  const book = await openBook(bookOf('<row r="1"><c r="A1"><v>1</v></c></row>'))
  if (!book.ok) throw new Error(book.fault.code)
  stop.abort()
  const pieces = []
  for await (const piece of book.value.rows(0, { signal: stop.signal })) pieces.push(piece)
  await book.value.close()
  expect(pieces).toMatchObject([{ ok: false, fault: { code: 'cancelled' } }])
})
