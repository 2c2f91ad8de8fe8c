import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { icoOf } from '../../../build/icons/ico.ts'

test('an .ico lists its pictures, each where the list says', () => {
  const pictures = [
    { size: 16, png: Buffer.from('small') },
    { size: 256, png: Buffer.from('a large one') },
  ]
  const ico = icoOf(pictures)
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 2])
  for (const [at, { size, png }] of pictures.entries()) {
    const entry = 6 + at * 16
    expect([ico.readUInt8(entry), ico.readUInt8(entry + 1), ico.readUInt16LE(entry + 6)]).toEqual([
      size % 256,
      size % 256,
      32,
    ])
    const start = ico.readUInt32LE(entry + 12)
    expect(ico.subarray(start, start + ico.readUInt32LE(entry + 8))).toEqual(png)
  }
})

test('the one that is shipped holds PNGs of the sizes that Windows asks for', () => {
  const ico = readFileSync(new URL('../../../build/icons/made/app.ico', import.meta.url))
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => {
    const png = ico.subarray(ico.readUInt32LE(6 + at * 16 + 12))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    return png.readUInt32BE(16)
  })
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
})
