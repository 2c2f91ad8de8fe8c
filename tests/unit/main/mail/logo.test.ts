import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readLogo } from '../../../../main/mail/logo.ts'

const good = readFileSync('build/icons/made/app-128.png')

function piece(name: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length)
  whole.writeUInt32BE(data.length, 0)
  whole.write(name, 4, 'latin1')
  data.copy(whole, 8)
  return whole
}

/** A grey PNG of these sides, with pixels of so many bytes packed. */
function png(width: number, height: number, pixels: Buffer, interlaced = 0): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, interlaced], 8)
  const mark = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([mark, piece('IHDR', head), piece('IDAT', pixels), piece('IEND', Buffer.alloc(0))])
}

/** The head of a JPEG with these sides and kinds of colour. */
function jpeg(width: number, height: number, parts: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 8 + parts * 3, 8, 0, 0, 0, 0, parts])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.from([0xff, 0xd8]), frame, Buffer.alloc(20), Buffer.from([0xff, 0xd9])])
}

const reason = (data: Buffer): string => {
  const read = readLogo(data)
  return read.ok ? read.value.type : String(read.fault.facts?.reason)
}

describe('a logo is judged by its content', () => {
  it('is taken when it can be drawn', () => {
    expect(reason(good)).toBe('image/png')
    expect(reason(png(2, 2, deflateSync(Buffer.alloc(6))))).toBe('image/png')
    expect(reason(jpeg(200, 80, 3))).toBe('image/jpeg')
  })

  it.each<[string, () => Buffer]>([
    ['it is no PNG or JPEG picture', () => Buffer.from('<svg/>')],
    ['it is larger than 700 kB', () => Buffer.concat([good, Buffer.alloc(700_000)])],
    ['it is damaged', () => good.subarray(0, good.length - 40)],
    ['it is damaged', () => png(2, 2, Buffer.from('not packed at all'))],
    ['it is damaged', () => png(2, 2, deflateSync(Buffer.alloc(5)))],
    ['it is damaged', () => png(2, 2, deflateSync(Buffer.alloc(50_000_000)))],
    ['it is interlaced; save it without', () => png(2, 2, deflateSync(Buffer.alloc(6)), 1)],
    [
      'it is 9000 × 2 pixels large; at most 4000 are taken each way',
      () => png(9_000, 2, deflateSync(Buffer.alloc(6))),
    ],
    ['it has the colours of a printing press; save it as RGB', () => jpeg(200, 80, 4)],
    ['it is damaged', () => jpeg(200, 80, 3).subarray(0, 30)],
  ])('%s', (words, data) => {
    expect(reason(data())).toBe(words)
  })
})
