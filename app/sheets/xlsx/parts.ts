import type { FileHandle } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { sheetLimits } from '../../model/sheet/cell.ts'
import { attribute, type XmlEars, XmlScan } from '../xml/scan.ts'
import type { ZipEntry } from '../zip/directory.ts'
import { type Allowance, trouble, unpack } from '../zip/part.ts'

/** An open workbook's parts. */
export type Parts = {
  readonly handle: FileHandle
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** For all that is kept. */
  readonly allowance: Allowance
}

/** Streams the text of a part that is neither a sheet nor its texts through a reader. Workbooks are UTF-8; UTF-16 is allowed and told by its mark. Throws SheetTrouble. */
export async function scanPart(parts: Parts, name: string, ears: XmlEars): Promise<void> {
  if ((parts.entries.get(name)?.unpackedBytes ?? 0) > sheetLimits.smallPartBytes) {
    throw trouble('sheet-too-large', { problem: `unpacked, its part ${name} is too large` })
  }
  const scan = new XmlScan(name, ears)
  for await (const text of partText(parts, name, parts.allowance)) scan.write(text)
  scan.end()
}

/** A part as text, piece by piece. */
export async function* partText(parts: Parts, name: string, allowance: Allowance): AsyncGenerator<string> {
  const entry = parts.entries.get(name)
  if (!entry) throw trouble('sheet-damaged', { problem: `its part ${name} is missing` })
  let decoder: TextDecoder | null = null
  for await (const piece of unpack(parts.handle, entry, allowance)) {
    decoder ??= new TextDecoder(encodingOf(piece))
    yield decoder.decode(piece, { stream: true })
  }
  if (decoder) yield decoder.decode()
}

const encodingOf = (piece: Buffer): string =>
  piece[0] === 0xff && piece[1] === 0xfe
    ? 'utf-16le'
    : piece[0] === 0xfe && piece[1] === 0xff
      ? 'utf-16be'
      : 'utf-8'

/** Where a part's relationships lead, by their id: ECMA-376 part 2, 9.3. Targets outside the file are left out. */
export async function relationsOf(parts: Parts, name: string): Promise<ReadonlyMap<string, Relation>> {
  const cut = name.lastIndexOf('/') + 1
  const folder = name.slice(0, cut)
  const relations = new Map<string, Relation>()
  const file = `${folder}_rels/${name.slice(cut)}.rels`
  if (!parts.entries.has(file)) return relations
  await scanPart(parts, file, {
    wantsText: false,
    text: () => {},
    close: () => {},
    open: (tag, attributes) => {
      const id = attribute(attributes, 'Id')
      const target = attribute(attributes, 'Target')
      if (tag !== 'Relationship' || id === null || target === null) return
      if (attribute(attributes, 'TargetMode') === 'External') return
      const type = attribute(attributes, 'Type') ?? ''
      if (relations.size >= sheetLimits.entries)
        throw trouble('sheet-unsafe', { problem: `${file} names too many parts` })
      relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: resolve(folder, target) })
    },
  })
  return relations
}

/** `type` is the last word of the relationship's type: "worksheet", "sharedStrings". */
export type Relation = { readonly type: string; readonly target: string }

function resolve(folder: string, target: string): string {
  const whole = target.startsWith('/') ? target.slice(1) : folder + target
  const path: string[] = []
  for (const step of whole.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.' && step !== '') path.push(step)
  }
  return path.join('/')
}
