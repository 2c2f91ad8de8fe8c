/** A table of a font file by its name, as OpenType lays it out (learn.microsoft.com/typography/opentype/spec/otff). */
function tableOf(font: DataView, name: string): DataView | null {
  const count = font.getUint16(4)
  for (let at = 12; at < 12 + count * 16; at += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((each) => font.getUint8(at + each)))
    if (tag === name)
      return new DataView(font.buffer, font.byteOffset + font.getUint32(at + 8), font.getUint32(at + 12))
  }
  return null
}

/**
 * The characters (code points) that a TrueType font has a picture for, read from its Unicode map of the plane that all living alphabets
 * are in (cmap, format 4).
 */
export function charactersOf(file: Uint8Array): ReadonlySet<number> {
  const cmap = tableOf(new DataView(file.buffer, file.byteOffset, file.byteLength), 'cmap')
  const found = new Set<number>()
  if (!cmap) return found
  for (let each = 0; each < cmap.getUint16(2); each += 1) {
    const start = cmap.getUint32(4 + each * 8 + 4)
    if (cmap.getUint16(start) !== 4) continue
    const map = new DataView(cmap.buffer, cmap.byteOffset + start)
    for (const character of charactersIn(map)) found.add(character)
  }
  return found
}

function* charactersIn(map: DataView): Generator<number> {
  const segments = map.getUint16(6) / 2
  const [ends, starts] = [14, 16 + segments * 2]
  const [deltas, ranges] = [starts + segments * 2, starts + segments * 4]
  for (let segment = 0; segment < segments; segment += 1) {
    const first = map.getUint16(starts + segment * 2)
    const last = map.getUint16(ends + segment * 2)
    const delta = map.getUint16(deltas + segment * 2)
    const range = map.getUint16(ranges + segment * 2)
    for (let character = first; character <= last && character !== 0xffff; character += 1) {
      const at = ranges + segment * 2 + range + (character - first) * 2
      const glyph = range === 0 ? (character + delta) & 0xffff : map.getUint16(at)
      if (glyph !== 0) yield character
    }
  }
}

/** What of these texts the font cannot show, as a person sees it: each character once, in the order met, 40 at most. */
export function missingIn(texts: Iterable<string>, has: ReadonlySet<number>): readonly string[] {
  const missing = new Set<string>()
  for (const text of texts) {
    for (const character of text) {
      if (has.has(character.codePointAt(0) ?? 0) || /[\p{Cc}\p{Cf}\p{Mn}]/u.test(character)) continue
      missing.add(character)
      if (missing.size >= 40) return [...missing]
    }
  }
  return [...missing]
}
