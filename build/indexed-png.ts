import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * A screenshot with 256 colours at most: a third of the bytes, and no difference to see on screens. Takes what Chromium writes (8 bits a channel,
 * RGB or RGBA without transparency, not interlaced) and throws for any other PNG. Format: w3.org/TR/png-3.
 */
export function indexedPng(png: Buffer): Buffer {
  const { width, height, channels, rows } = read(png)
  const colours = new Map<number, number>()
  const pixels = new Uint32Array(width * height)
  for (let at = 0; at < pixels.length; at++) {
    const from = at * channels
    const colour = ((rows[from] ?? 0) << 16) | ((rows[from + 1] ?? 0) << 8) | (rows[from + 2] ?? 0)
    pixels[at] = colour
    colours.set(colour, (colours.get(colour) ?? 0) + 1)
  }
  const palette = [...colours].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256)
  const index = indexOf(palette.map(([colour]) => colour))
  // Each row begins with its filter: none, which suits an index best.
  const packed = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) packed[y * (width + 1) + 1 + x] = index(pixels[y * width + x] ?? 0)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a pixel, colour type 3 (indexed).
  header.set([8, 3, 0, 0, 0], 8)
  const plte = Buffer.from(palette.flatMap(([colour]) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const data = deflateSync(packed, { level: 9 })
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', plte),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The place of a colour in the palette, or of the nearest one there. */
function indexOf(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, at) => [colour, at]))
  const far = (a: number, b: number, shift: number) => (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2
  return (colour) => {
    const found = known.get(colour)
    if (found !== undefined) return found
    let nearest = 0
    let least = Number.POSITIVE_INFINITY
    for (const [at, one] of palette.entries()) {
      const distance = far(one, colour, 16) + far(one, colour, 8) + far(one, colour, 0)
      if (distance < least) [nearest, least] = [at, distance]
    }
    known.set(colour, nearest)
    return nearest
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

type Raster = {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly rows: Buffer
}

function read(png: Buffer): Raster {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [depth, type, , , interlace] = png.subarray(24, 29)
  const channels = type === 2 ? 3 : type === 6 ? 4 : 0
  if (depth !== 8 || channels === 0 || interlace !== 0) throw new Error('This kind of PNG is not read.')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return {
    width,
    height,
    channels,
    rows: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels),
  }
}

/** Undoes the filters of the rows, each of which is told by its first byte. */
function unfiltered(raw: Buffer, stride: number, channels: number): Buffer {
  const height = raw.length / (stride + 1)
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < channels ? 0 : (out[at - channels] ?? 0)
      const up = y === 0 ? 0 : (out[at - stride] ?? 0)
      const corner = x < channels || y === 0 ? 0 : (out[at - stride - channels] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[at] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
