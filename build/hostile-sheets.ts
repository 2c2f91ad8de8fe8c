/** Spreadsheets that are made to do harm, for `bench:import -- --hostile`. Each is written piece by piece: some come to hundreds of megabytes. */
import { once } from 'node:events'
import { createWriteStream, openSync, readSync, writeFileSync } from 'node:fs'
import { crc32, createDeflateRaw } from 'node:zlib'

/** `part`: what a part of a workbook holds, in pieces. */
type Pieces = Iterable<string>
export type Hostile = {
  readonly name: string
  /** Writes it. */
  readonly make: (to: string) => Promise<void>
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const usual: Readonly<Record<string, string>> = {
  '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns:r="${relations}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
}
const sheet = 'xl/worksheets/sheet1.xml'
const strings = 'xl/sharedStrings.xml'
const styles = 'xl/styles.xml'
const oneRow =
  '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Name</t></is></c></row></sheetData></worksheet>'
const lastText =
  '<worksheet><sheetData><row r="1"><c t="s"><v>999999999</v></c></row></sheetData></worksheet>'

function* times(count: number, piece: string | ((at: number) => string)): Pieces {
  for (let at = 0; at < count; at++) yield typeof piece === 'string' ? piece : piece(at)
}

function* around(before: string, inside: Pieces, after: string): Pieces {
  yield before
  yield* inside
  yield after
}

/** Letters that do not repeat soon, the same ones every time. */
function noise(length: number, seed: number): string {
  let state = seed * 2_654_435_761 + 1
  let text = ''
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    text += state.toString(36)
  }
  return text.slice(0, length)
}

type Entry = { readonly head: Buffer; readonly name: Buffer; readonly at: number }

/** A zip file of these parts (APPNOTE.TXT), each deflated. `claimsBytes`: so many more in its table of contents. */
async function writeZip(
  to: string,
  parts: Readonly<Record<string, Pieces>>,
  options: { readonly claimsBytes?: number } = {},
): Promise<void> {
  const out = createWriteStream(to)
  const entries: Entry[] = []
  let at = 0
  const put = async (bytes: Buffer): Promise<void> => {
    at += bytes.length
    if (!out.write(bytes)) await once(out, 'drain')
  }
  for (const [name, pieces] of Object.entries(parts)) {
    const packed = await deflated(pieces)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(packed.crc, 10)
    head.writeUInt32LE(packed.bytes.length, 14)
    head.writeUInt32LE(packed.length >>> 0, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    entries.push({ head, name: Buffer.from(name), at })
    await put(Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed.bytes]))
  }
  const start = at
  for (const { head, name, at: from } of entries) {
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(from, 10)
    await put(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), head, tail, name]))
  }
  if (options.claimsBytes) await put(Buffer.alloc(options.claimsBytes))
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(at - start, 8)
  end.writeUInt32LE(start, 12)
  await put(Buffer.concat([Buffer.from('PK\x05\x06'), end]))
  out.end()
  await once(out, 'finish')
}

async function deflated(
  pieces: Pieces,
): Promise<{ readonly bytes: Buffer; readonly crc: number; readonly length: number }> {
  const deflate = createDeflateRaw({ level: 9 })
  const packed: Buffer[] = []
  deflate.on('data', (piece: Buffer) => packed.push(piece))
  const done = once(deflate, 'end')
  let crc = 0
  let length = 0
  for (const piece of pieces) {
    const bytes = Buffer.from(piece)
    crc = crc32(bytes, crc)
    length += bytes.length
    if (!deflate.write(bytes)) await once(deflate, 'drain')
  }
  deflate.end()
  await done
  return { bytes: Buffer.concat(packed), crc, length }
}

const book = (name: string, parts: () => Readonly<Record<string, Pieces>>): Hostile => ({
  name,
  make: (to) => {
    const whole = { ...Object.fromEntries(Object.entries(usual).map(([part, text]) => [part, [text]])) }
    return writeZip(to, { ...whole, [sheet]: [oneRow], ...parts() })
  },
})

const megabyte = 1_000_000
const blanks = ' '.repeat(megabyte)
/** Packs to about a hundredth, so that no ratio tells. */
const slowly = (at: number): string =>
  `<si><t>${noise(180, at)}</t></si>${`<si><t>${noise(40, at)}</t></si>`.repeat(300)}`

/** First a good one, for comparison. */
export const hostiles: readonly Hostile[] = [
  book('a small good workbook', () => ({})),
  book('zip bomb: 400 MB of blanks in the sheet', () => ({
    [sheet]: around('<worksheet><sheetData>', times(400, blanks), '</sheetData></worksheet>'),
  })),
  book('zip bomb: 400 MB of the same shared text', () => ({
    [sheet]: [lastText],
    [strings]: around('<sst>', times(400, '<si><t>aaaaaaaaaaaaaaaaaaaa</t></si>'.repeat(30_000)), '</sst>'),
  })),
  book('400 MB of shared texts, below the ratio', () => ({
    [sheet]: [lastText],
    [strings]: around('<sst>', times(24_000, slowly), '</sst>'),
  })),
  book('zip bomb: 400 MB of number formats', () => ({
    [styles]: around(
      '<styleSheet><numFmts>',
      times(400, '<numFmt numFmtId="200" formatCode="0.00"/>'.repeat(26_000)),
      '</numFmts></styleSheet>',
    ),
  })),
  book('100 MB of cell styles, below the ratio', () => ({
    [styles]: around(
      '<styleSheet><cellXfs>',
      times(8_000, (at) => `<xf a="${noise(120, at)}"/>${'<xf numFmtId="14"/>'.repeat(650)}`),
      '</cellXfs></styleSheet>',
    ),
  })),
  book('300 MB of relationships', () => ({
    'xl/_rels/workbook.xml.rels': around(
      usual['xl/_rels/workbook.xml.rels']?.replace('</Relationships>', '') ?? '',
      times(300, (at) => `<Relationship Id="x${at}" Type="y" Target="z"/>`.repeat(20_000)),
      '</Relationships>',
    ),
  })),
  book('a billion empty cells', () => ({
    [sheet]: around(
      '<worksheet><sheetData><row>',
      times(1000, '<c/>'.repeat(1_000_000)),
      '</row></sheetData></worksheet>',
    ),
  })),
  book('1,000 rows of 16,384 columns', () => ({
    [sheet]: around(
      '<worksheet><sheetData>',
      times(1000, (at) => wideRow(at, 16_384)),
      '</sheetData></worksheet>',
    ),
  })),
  book('a row of 20,000 columns', () => ({
    [sheet]: ['<worksheet><sheetData>', wideRow(1, 20_000), '</sheetData></worksheet>'],
  })),
  book('one value in the last column of each of a million rows', () => ({
    [sheet]: around(
      '<worksheet><sheetData>',
      times(1_000_000, (at) => `<row r="${at + 1}"><c r="XFD${at + 1}"><v>${noise(3, at)}</v></c></row>`),
      '</sheetData></worksheet>',
    ),
  })),
  book('a text of 100 MB in one cell', () => ({
    [sheet]: around(
      '<worksheet><sheetData><row><c t="inlineStr"><is><t>',
      times(1000, (at) => noise(100_000, at)),
      '</t></is></c></row></sheetData></worksheet>',
    ),
  })),
  book('a text of 100 MB among the shared ones', () => ({
    [sheet]: [lastText],
    [strings]: around(
      '<sst><si><t>',
      times(1000, (at) => noise(100_000, at)),
      '</t></si></sst>',
    ),
  })),
  book('a comment of 100 MB', () => ({
    [sheet]: around(
      '<worksheet><!--',
      times(1000, (at) => noise(100_000, at)),
      '--><sheetData/></worksheet>',
    ),
  })),
  book('a tag of 100 MB', () => ({
    [sheet]: around(
      '<worksheet a="',
      times(1000, (at) => noise(100_000, at)),
      '"><sheetData/></worksheet>',
    ),
  })),
  book('elements 10,000,000 deep', () => ({
    [sheet]: around(
      '<worksheet>',
      times(10_000, (at) => `<x${noise(4, at)}>`.repeat(1000)),
      '',
    ),
  })),
  book('a billion laughs (entities of entities)', () => ({
    [sheet]: [laughs, '<worksheet>&z;</worksheet>'],
  })),
  book('an entity that names a file', () => ({
    [sheet]: ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'],
  })),
  book('2,500 parts', () =>
    Object.fromEntries(Array.from({ length: 2500 }, (_, at) => [`xl/part${at}.xml`, ['x']])),
  ),
  book('a part that leads out of the file', () => ({ '../../outside.xml': ['x'] })),
  {
    name: 'a table of contents of 150 MB',
    make: (to) => writeZip(to, { 'xl/workbook.xml': ['x'] }, { claimsBytes: 150 * megabyte }),
  },
  {
    name: 'a workbook that is cut off in the middle',
    make: async (to) => {
      await writeZip(to, {
        ...lined(),
        [sheet]: around(
          '<worksheet>',
          times(100, (at) => noise(100_000, at)),
          '',
        ),
      })
      truncate(to)
    },
  },
  { name: 'a text file: one line of 150 MB', make: (to) => writeText(to, times(150, 'x'.repeat(megabyte))) },
  {
    name: 'a text file: a quote that is never closed',
    make: (to) => writeText(to, around('Name,Street\nA,"', times(150, 'x,y\n'.repeat(250_000)), '')),
  },
  {
    name: 'a text file: 100 MB of separators in one line',
    make: (to) => writeText(to, around('Name\n', times(100, ','.repeat(megabyte)), '\n')),
  },
  {
    name: 'an old workbook of 19 MB that is none',
    make: async (to) => {
      const head = Buffer.from('d0cf11e0a1b11ae1', 'hex')
      const name = Buffer.from('Workbook', 'utf16le')
      writeFileSync(to, Buffer.concat([head, Buffer.alloc(600), name, Buffer.from(noise(19 * megabyte, 1))]))
    },
  },
]

const lined = (): Record<string, Pieces> =>
  Object.fromEntries(Object.entries(usual).map(([part, text]) => [part, [text]]))

const wideRow = (at: number, columns: number): string =>
  `<row r="${at + 1}">${Array.from({ length: columns }, (_, column) => `<c><v>${(at * columns + column) % 9973}</v></c>`).join('')}</row>`

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 25 }, (_, at) => {
  const name = String.fromCharCode(97 + at)
  const next = String.fromCharCode(98 + at)
  return `<!ENTITY ${next} "${`&${name};`.repeat(10)}">`
}).join('')}]>`

async function writeText(to: string, pieces: Pieces): Promise<void> {
  const out = createWriteStream(to)
  for (const piece of pieces) if (!out.write(piece)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

/** Keeps the first half. */
function truncate(file: string): void {
  const bytes = Buffer.alloc(4 * megabyte)
  const read = readSync(openSync(file, 'r'), bytes, 0, bytes.length, 0)
  writeFileSync(file, bytes.subarray(0, Math.floor(read / 2)))
}
