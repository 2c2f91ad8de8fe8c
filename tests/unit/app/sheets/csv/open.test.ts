import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openBook } from '../../../../../app/sheets/open.ts'
import { cellsOf, fileOf, readAll } from '../make-book.ts'

const formOf = async (content: string | Uint8Array) => {
  const book = await openBook(fileOf(content))
  if (!book.ok) throw new Error(book.fault.code)
  await book.value.close()
  return book.value.text
}
const wide = (text: string): Uint8Array => Buffer.from(text, 'utf16le')

describe('letters', () => {
  test('UTF-8, with its mark or without', async () => {
    for (const text of ['name;city\nMüller;Köln\n', '\ufeffname;city\nMüller;Köln\n']) {
      expect(cellsOf(await readAll(fileOf(text)))).toEqual([
        ['name', 'city'],
        ['Müller', 'Köln'],
      ])
    }
  })

  test('UTF-16, with its mark or without, either way round', async () => {
    const text = 'name\tcity\r\nMüller\tKöln\r\n'
    const marked = wide(`\ufeff${text}`)
    const swapped = Buffer.from(marked).swap16()
    const expected = [
      ['name', 'city'],
      ['Müller', 'Köln'],
    ]
    expect(cellsOf(await readAll(fileOf(marked)))).toEqual(expected)
    expect(cellsOf(await readAll(fileOf(swapped)))).toEqual(expected)
    expect(cellsOf(await readAll(fileOf(wide(text))))).toEqual(expected)
    expect(await formOf(swapped)).toEqual({ encoding: 'utf-16be', separator: '\t' })
  })

  test('Windows-1252 when one letter anywhere is no UTF-8', async () => {
    const text = `a,b\n${'x,y\n'.repeat(300_000)}caf\xe9 \x80,z\n`
    const read = await readAll(fileOf(Buffer.from(text, 'latin1')))
    expect(read.rows.at(-1)).toMatchObject({ number: 300_002, cells: ['café €', 'z'] })
  })

  test('a letter cut in two by the pieces in which a file is read stays whole', async () => {
    const text = `a;b\n${'é'.repeat(700_001)};end\n`
    expect(await formOf(text)).toEqual({ encoding: 'utf-8', separator: ';' })
    expect((await readAll(fileOf(text))).rows[1]?.cells[1]).toBe('end')
  })
})

describe('columns', () => {
  test.each([
    [',', 'a,b,c\n1,"2;3;4",5\n'],
    [';', 'a;b;c\n1,5;2,5;3,5\n'],
    ['\t', 'a\tb\n"x, y"\t2\n'],
    ['|', 'a|b\n1|2\n'],
    [',', 'only one column\nof text\n'],
    [';', 'sep=;\na,b;c\n'],
  ])('%j', async (separator, text) => {
    expect((await formOf(text))?.separator).toBe(separator)
  })

  test('the line that names the separator is no row', async () => {
    expect(cellsOf(await readAll(fileOf('sep=;\r\na;b\r\n1;2\r\n')))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('a person may know better', async () => {
    const book = await openBook(fileOf('a,b;c\n'), { text: { separator: ';' } })
    if (!book.ok) throw new Error(book.fault.code)
    for await (const piece of book.value.rows(0))
      expect(piece).toMatchObject({ value: { rows: [{ cells: ['a,b', 'c'] }] } })
    await book.value.close()
  })
})

describe('rows', () => {
  test('quotes, line breaks in them, empty values, short and empty rows', async () => {
    const text = 'a,b,c\n"say ""hi""\nthere",,\n\n,,\n1\n6" pipe,2,3,4'
    const read = await readAll(fileOf(text))
    expect(read.rows.map((row) => [row.number, row.cells])).toEqual([
      [1, ['a', 'b', 'c']],
      [2, ['say "hi"\nthere']],
      [5, ['1']],
      [6, ['6" pipe', '2', '3', '4']],
    ])
  })

  test('an old Mac file ends its lines with CR', async () => {
    expect(cellsOf(await readAll(fileOf('a,b\r1,2\r')))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('leading zeros and spaces stay', async () => {
    expect(cellsOf(await readAll(fileOf('code,name\n007, x \n')))[1]).toEqual(['007', ' x '])
  })

  test.each([
    ['letters', 'x'],
    ['separators', ','],
  ])('a line of %s without end is refused, and the program lives on', async (_, letter) => {
    const read = await readAll(fileOf(`a,b\n${letter.repeat(6_000_000)}`))
    expect(read.fault).toMatchObject({ code: 'sheet-damaged' })
    expect((await readAll(fileOf(`a,b\n${','.repeat(20_000)}\n`))).fault?.code).toBe('sheet-too-large')
  })

  test('a quotation mark that is never closed is told with its place', async () => {
    const { fault } = await readAll(fileOf('a,b\n1,2\n"open,3\n4,5\n'))
    expect(fault).toMatchObject({
      code: 'sheet-damaged',
      facts: { problem: expect.stringContaining('after row 2') },
    })
  })

  test('what is written is read, whatever it is', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.replaceAll('\0', '').replaceAll('\ufeff', ''))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',' as const, ';' as const, '\t' as const),
        async (rows, separator) => {
          const text = rows
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator))
            .join('\r\n')
          const book = await openBook(fileOf(`\ufeff${text}\r\n`), { text: { separator, encoding: 'utf-8' } })
          if (!book.ok) throw new Error(book.fault.code)
          const read: (readonly unknown[])[] = []
          for await (const piece of book.value.rows(0))
            if (piece.ok) read.push(...piece.value.rows.map((row) => row.cells))
          await book.value.close()
          const expected = rows
            .map((row) =>
              row
                .map((one) => (one === '' ? null : one))
                .slice(0, row.findLastIndex((one) => one !== '') + 1),
            )
            .filter((row) => row.length > 0)
          expect(read).toEqual(expected)
        },
      ),
      { numRuns: 150 },
    )
  })
})
