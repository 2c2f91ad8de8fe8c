import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { indexedPng } from '../../../build/indexed-png.ts'

/** A picture of ours that was written by somebody else's encoder. */
const icon = readFileSync(new URL('../../../build/icons/made/tray-idle-light@2x.png', import.meta.url))

function chunks(png: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    found.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  return found
}

it('keeps the size, writes one byte a pixel, and names at most 256 colours', () => {
  const made = chunks(indexedPng(icon))
  const width = icon.readUInt32BE(16)
  const height = icon.readUInt32BE(20)
  const header = made.get('IHDR')
  expect([header?.readUInt32BE(0), header?.readUInt32BE(4)]).toEqual([width, height])
  expect([...(header?.subarray(8) ?? [])]).toEqual([8, 3, 0, 0, 0])
  const palette = made.get('PLTE') ?? Buffer.alloc(0)
  expect(palette.length % 3).toBe(0)
  expect(palette.length / 3).toBeLessThanOrEqual(256)
  const rows = inflateSync(made.get('IDAT') ?? Buffer.alloc(0))
  expect(rows.length).toBe((width + 1) * height)
  for (let y = 0; y < height; y++) expect(rows[y * (width + 1)], 'no filter').toBe(0)
  expect(Math.max(...rows)).toBeLessThan(palette.length / 3)
})

it('refuses a PNG of another kind', () => {
  expect(() => indexedPng(indexedPng(icon))).toThrow('This kind of PNG')
})
