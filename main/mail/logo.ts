import { inflateSync } from 'node:zlib'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { logoLimitBytes } from '../../app/model/mail/logo.ts'
import type { Logo } from '../../app/store/templates.ts'

const mostPixels = 4_000

/**
 * A picture as a logo, judged by its content: whatever it is called, it must be a whole PNG or JPEG of a size that a page can take. A damaged one would
 * end the drawing of every quote. Fault: input-invalid (facts.field "logo", facts.reason).
 */
export function readLogo(data: Buffer): Result<Pick<Logo, 'type' | 'data'>> {
  if (data.length > logoLimitBytes) return no(`it is larger than ${logoLimitBytes / 1_000} kB`)
  if (data.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) {
    const wrong = wrongInPng(data)
    return wrong === null ? ok({ type: 'image/png', data }) : no(wrong)
  }
  if (data[0] === 0xff && data[1] === 0xd8) {
    const wrong = wrongInJpeg(data)
    return wrong === null ? ok({ type: 'image/jpeg', data }) : no(wrong)
  }
  return no('it is no PNG or JPEG picture')
}

const no = (reason: string): Result<never> =>
  fail(fault('input-invalid', { facts: { field: 'logo', reason } }))
const tooLarge = (width: number, height: number): string | null =>
  width === 0 || height === 0
    ? 'it is damaged'
    : width > mostPixels || height > mostPixels
      ? `it is ${width} × ${height} pixels large; at most ${mostPixels} are taken each way`
      : null

/** Colours and transparency in a pixel, by PNG's colour type (PNG specification §11.2.1). */
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** What is wrong with a PNG, null when it can be drawn: its pieces, and that its pixels are all there. */
function wrongInPng(data: Buffer): string | null {
  const pieces: Buffer[] = []
  let hasEnd = false
  for (let at = 8; at + 12 <= data.length && !hasEnd; ) {
    const size = data.readUInt32BE(at)
    const name = data.toString('latin1', at + 4, at + 8)
    if (at + 12 + size > data.length) return 'it is damaged'
    if (name === 'IDAT') pieces.push(data.subarray(at + 8, at + 8 + size))
    hasEnd = name === 'IEND'
    at += 12 + size
  }
  if (!hasEnd || pieces.length === 0 || data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR')
    return 'it is damaged'
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)]
  const [depth, colour, interlaced] = [data[24] ?? 0, data[25] ?? 0, data[28] ?? 0]
  const large = tooLarge(width, height)
  if (large) return large
  if (interlaced !== 0) return 'it is interlaced; save it without'
  const bits = (channels[colour] ?? 0) * depth
  if (bits === 0) return 'it is damaged'
  if (colour === 3 && !data.includes('PLTE')) return 'it is damaged'
  // Each row has its filter's number before it.
  const expected = height * (1 + Math.ceil((width * bits) / 8))
  return unpackedSize(Buffer.concat(pieces), expected) === expected ? null : 'it is damaged'
}

/** -1: it cannot be unpacked, or is larger than that. */
function unpackedSize(packed: Buffer, most: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: most + 1 }).length
  } catch {
    // A bomb or rubbish: either way no picture.
    return -1
  }
}

/** Markers that begin a frame with the picture's size (ITU T.81, table B.1), but for those of tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** What is wrong with a JPEG, null when it can be drawn. */
function wrongInJpeg(data: Buffer): string | null {
  if (data.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) return 'it is damaged'
  for (let at = 2; at + 9 < data.length; ) {
    if (data[at] !== 0xff) return 'it is damaged'
    const marker = data[at + 1] ?? 0
    if (isFrame(marker)) {
      const parts = data[at + 9] ?? 0
      if (parts !== 1 && parts !== 3) return 'it has the colours of a printing press; save it as RGB'
      return tooLarge(data.readUInt16BE(at + 7), data.readUInt16BE(at + 5))
    }
    at += 2 + data.readUInt16BE(at + 2)
  }
  return 'it is damaged'
}
