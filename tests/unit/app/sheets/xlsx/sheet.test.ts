import { describe, expect, test } from 'vitest'
import { openBook } from '../../../../../app/sheets/open.ts'
import { bookOf, bookParts, cellsOf, fileOf, readAll, zipOf } from '../make-book.ts'

const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0.00"/></numFmts>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`
const shared = `<sst><si><t>Plain</t></si><si><r><t>Bold </t></r><r><t xml:space="preserve">and not</t></r><rPh><t>reading</t></rPh></si><si><t/></si><si><t>a_x000D_b &amp; &#x41;</t></si></sst>`
const around = { 'xl/styles.xml': styles, 'xl/sharedStrings.xml': shared }

describe('cells', () => {
  test('every type that the standard knows', async () => {
    const read = await readAll(
      bookOf(
        `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c>
         <c r="D1" t="inlineStr"><is><t>In line</t></is></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>Plainx</v></c>
         <c r="F1" t="b"><v>1</v></c><c r="G1" t="e"><v>#N/A</v></c><c r="H1"><v>1.5E3</v></c><c r="I1" t="d"><v>2024-05-06T07:08:09Z</v></c></row>`,
        around,
      ),
    )
    expect(cellsOf(read)).toEqual([
      [
        'Plain',
        'Bold and not',
        'a\rb & A',
        'In line',
        'Plainx',
        true,
        { kind: 'error', text: '#N/A' },
        1500,
        { kind: 'date', text: '2024-05-06T07:08:09' },
      ],
    ])
    expect(read.rows[0]?.formulas).toEqual([4])
  })

  test('a number is a date by its format alone', async () => {
    const read = await readAll(
      bookOf(
        '<row><c s="0"><v>44258</v></c><c s="1"><v>44258</v></c><c s="2"><v>44258.5</v></c><c s="3"><v>44258</v></c></row>',
        around,
      ),
    )
    expect(cellsOf(read)).toEqual([
      [44258, { kind: 'date', text: '2021-03-03' }, { kind: 'date', text: '2021-03-03T12:00:00' }, 44258],
    ])
  })

  test('days may be counted from 1904', async () => {
    const parts = bookParts('<row><c s="1"><v>42796</v></c></row>', around)
    const workbook = (parts['xl/workbook.xml'] ?? '').replace(
      '<sheets>',
      '<workbookPr date1904="1"/><sheets>',
    )
    const read = await readAll(fileOf(zipOf({ ...parts, 'xl/workbook.xml': workbook })))
    expect(cellsOf(read)).toEqual([[{ kind: 'date', text: '2021-03-03' }]])
  })

  test('places come from references, or from the order where there are none', async () => {
    const read = await readAll(
      bookOf(
        '<row r="2"><c r="C2"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r="9"/><row r="10"><c r="AA10"><v>4</v></c></row>',
      ),
    )
    expect(read.rows.map((row) => [row.number, row.cells.length])).toEqual([
      [2, 4],
      [3, 1],
      [10, 27],
    ])
    expect(read.rows[0]?.cells).toEqual([null, null, 1, 2])
  })

  test('prefixes, single quotes, CDATA, comments and a byte order mark', async () => {
    const sheet = `\ufeff<?xml version='1.0'?><x:worksheet xmlns:x='m'><x:sheetData><!-- <x:row/> --><x:row r='1' hidden='1'>
      <x:c r='A1' t="inlineStr"><x:is><x:t><![CDATA[a < b & c]]></x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
    const read = await readAll(bookOf('', { 'xl/worksheets/sheet1.xml': sheet }))
    expect(read.rows).toEqual([{ number: 1, cells: ['a < b & c'], isHidden: true, formulas: [] }])
  })

  test('merged cells are told at the end', async () => {
    const parts = bookParts('<row><c><v>1</v></c></row>')
    const sheet = (parts['xl/worksheets/sheet1.xml'] ?? '').replace(
      '</sheetData>',
      '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    expect((await readAll(fileOf(zipOf({ ...parts, 'xl/worksheets/sheet1.xml': sheet })))).end).toEqual({
      rows: 1,
      merged: ['A1:B2'],
    })
  })

  test('a text that the workbook does not have is an empty cell', async () => {
    expect(
      cellsOf(await readAll(bookOf('<row><c t="s"><v>99</v></c><c><v>1</v></c></row>', around))),
    ).toEqual([[null, 1]])
  })
})

describe('limits', () => {
  test('wider than any spreadsheet', async () => {
    expect((await readAll(bookOf('<row r="1"><c r="XFE1"><v>1</v></c></row>'))).fault?.code).toBe(
      'sheet-too-large',
    )
  })
  test('the last column that there is', async () => {
    expect((await readAll(bookOf('<row r="1"><c r="XFD1"><v>1</v></c></row>'))).rows[0]?.cells).toHaveLength(
      16_384,
    )
  })
  test('a row number that no sheet has', async () => {
    expect((await readAll(bookOf('<row r="1048577"><c><v>1</v></c></row>'))).fault?.code).toBe(
      'sheet-damaged',
    )
  })
  test('an endless text in one cell', async () => {
    const text = 'x'.repeat(200_000)
    expect(
      (await readAll(bookOf(`<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`))).fault?.code,
    ).toBe('sheet-too-large')
  })
  test('a value far to the right in every row', async () => {
    const far = Array.from(
      { length: 1500 },
      (_, at) => `<row r="${at + 1}"><c r="XFD${at + 1}"><v>1</v></c></row>`,
    )
    const few = await readAll(bookOf(far.slice(0, 20).join('')))
    expect(few.rows.map(({ cells }) => cells)).toEqual(
      Array.from({ length: 20 }, () => [...Array.from({ length: 16_383 }, () => null), 1]),
    )
    expect((await readAll(bookOf(far.join('')))).fault?.code).toBe('sheet-too-large')
  })
  test('wide rows come in small batches', async () => {
    const wide = `<row>${'<c><v>1</v></c>'.repeat(2000)}</row>`.repeat(120)
    const book = await openBook(bookOf(wide))
    if (!book.ok) throw new Error(book.fault.code)
    const sizes: number[] = []
    for await (const piece of book.value.rows(0)) if (piece.ok) sizes.push(piece.value.rows.length)
    await book.value.close()
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(120)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50)
  })
  test('many empty cells cost nothing', async () => {
    const cells = '<c r="A1" s="1"/>'.repeat(500_000)
    expect(cellsOf(await readAll(bookOf(`<row r="1">${cells}<c r="B1"><v>7</v></c></row>`)))).toEqual([
      [null, 7],
    ])
  })
})
