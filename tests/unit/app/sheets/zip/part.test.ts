import { describe, expect, test } from 'vitest'
import { bookOf, bookParts, fileOf, readAll, zipOf } from '../make-book.ts'

const sheet = 'xl/worksheets/sheet1.xml'
const row = '<row r="1"><c r="A1"><v>1</v></c></row>'
const faultOf = async (parts: Readonly<Record<string, string | Uint8Array>>) =>
  (await readAll(fileOf(zipOf(parts)))).fault

describe('hostile workbooks', () => {
  test('a bomb: far more comes out than went in', async () => {
    const zeros = `<worksheet><sheetData>${' '.repeat(60_000_000)}</sheetData></worksheet>`
    const bomb = zipOf(bookParts('', { [sheet]: zeros }))
    expect(bomb.length).toBeLessThan(200_000)
    expect((await readAll(fileOf(bomb))).fault).toMatchObject({ code: 'sheet-unsafe' })
  })

  test('a bomb among the shared texts', async () => {
    const strings = `<sst>${'<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>'.repeat(400_000)}</sst>`
    const data = '<row><c t="s"><v>999999999</v></c></row>'
    expect((await readAll(bookOf(data, { 'xl/sharedStrings.xml': strings }))).fault?.code).toBe(
      'sheet-unsafe',
    )
  })

  test('a part that is a bomb and is never needed is never unpacked', async () => {
    const parts = { ...bookParts(row), 'xl/media/picture.png': new Uint8Array(60_000_000) }
    expect((await readAll(fileOf(zipOf(parts)))).rows).toHaveLength(1)
  })

  test('a part that is larger than its file says', async () => {
    const bytes = Buffer.from(zipOf(bookParts(row.repeat(500))))
    const entry = bytes.indexOf(sheet, bytes.indexOf(Buffer.from('504b0102', 'hex'))) - 46
    bytes.writeUInt32LE(100, entry + 24)
    expect((await readAll(fileOf(bytes))).fault).toMatchObject({
      code: 'sheet-damaged',
      facts: { problem: expect.stringContaining('larger than the file says') },
    })
  })

  test('a small part that is none, and styles without end', async () => {
    const long = `<styleSheet>${'<a b="0123456789"/>'.repeat(1_600_000)}</styleSheet>`
    expect((await readAll(bookOf(row, { 'xl/styles.xml': long }))).fault?.code).toBe('sheet-too-large')
    const many = `<styleSheet><cellXfs>${'<xf/>'.repeat(100_002)}</cellXfs></styleSheet>`
    expect((await readAll(bookOf(row, { 'xl/styles.xml': many }))).fault?.code).toBe('sheet-too-large')
  })

  test('a table of contents that is longer than two thousand parts need', async () => {
    const bytes = Buffer.from(zipOf(bookParts(row)))
    const end = bytes.length - 22
    const padded = Buffer.concat([bytes.subarray(0, end), Buffer.alloc(11_000_000), bytes.subarray(end)])
    padded.writeUInt32LE(bytes.readUInt32LE(end + 12) + 11_000_000, padded.length - 10)
    expect((await readAll(fileOf(padded))).fault).toMatchObject({ code: 'sheet-unsafe' })
  })

  test('too many parts', async () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`xl/p${at}.xml`, '']))
    expect(await faultOf({ ...bookParts(row), ...many })).toMatchObject({ code: 'sheet-unsafe' })
  })

  test.each(['../../etc/passwd', '/etc/passwd', 'C:/boot.ini', 'xl\\..\\..\\x'])(
    'a part named %s',
    async (name) => {
      expect(await faultOf({ ...bookParts(row), [name]: 'x' })).toMatchObject({ code: 'sheet-unsafe' })
    },
  )

  test('two parts of one name', async () => {
    const bytes = Buffer.from(zipOf({ ...bookParts(row), 'xl/worksheets/sheet2.xml': '<worksheet/>' }))
    const doubled = Buffer.from(bytes.toString('latin1').replaceAll('sheet2.xml', 'sheet1.xml'), 'latin1')
    expect((await readAll(fileOf(doubled))).fault).toMatchObject({ code: 'sheet-unsafe' })
  })

  test.each([
    ['an entity of its own', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet/>'],
    ['one that names a file', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'],
  ])('a document with %s', async (_, text) => {
    expect((await readAll(bookOf('', { [sheet]: text }))).fault).toMatchObject({ code: 'sheet-unsafe' })
  })

  test('an unknown entity stays text', async () => {
    const read = await readAll(bookOf('<row><c t="inlineStr"><is><t>&boom; &lt;</t></is></c></row>'))
    expect(read.rows[0]?.cells).toEqual(['&boom; <'])
  })

  test('a relationship that leads outside is not followed', async () => {
    const parts = bookParts(row)
    const rels = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace(
      'Target="worksheets/sheet1.xml"',
      'TargetMode="External" Target="https://example.com/x.xml"',
    )
    const read = await readAll(fileOf(zipOf({ ...parts, 'xl/_rels/workbook.xml.rels': rels })))
    expect(read.fault?.code).toBe('sheet-empty')
  })

  test('a sealed part', async () => {
    const bytes = Buffer.from(zipOf(bookParts(row)))
    const mark = Buffer.from('504b0102', 'hex')
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 4)) bytes[at + 8] = 1
    expect((await readAll(fileOf(bytes))).fault?.code).toBe('sheet-locked')
  })
})

describe('damaged workbooks', () => {
  test('a part whose bytes changed does not pass', async () => {
    const parts = bookParts(`${'<row><c><v>123456</v></c></row>'.repeat(2000)}`)
    const good = Buffer.from(zipOf(parts))
    const name = good.indexOf('xl/worksheets/sheet1.xml')
    const found = new Set<string>()
    for (let step = 60; step < 160; step += 7) {
      const bad = Buffer.from(good)
      bad[name + step] = (bad[name + step] ?? 0) ^ 0x10
      found.add((await readAll(fileOf(bad))).fault?.code ?? 'none')
    }
    expect([...found]).toEqual(['sheet-damaged'])
  })

  test('one that breaks off', async () => {
    const whole = Buffer.from(zipOf(bookParts(row)))
    expect((await readAll(fileOf(whole.subarray(0, whole.length - 100)))).fault?.code).toBe('sheet-damaged')
  })

  test('a sheet that breaks off inside a tag', async () => {
    expect((await readAll(bookOf('', { [sheet]: '<worksheet><sheetData><row r="1"' }))).fault?.code).toBe(
      'sheet-damaged',
    )
  })
})
