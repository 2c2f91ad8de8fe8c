import type { FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { type Fault, fault } from '../../model/fault.ts'
import { sheetLimits } from '../../model/sheet/cell.ts'
import { readAt, type ZipEntry } from './directory.ts'

const headerMark = 0x04034b50
const stored = 0
const deflated = 8
const pieceBytes = 256 * 1024

/** Trouble inside a stream, which can only be thrown; the room's edges turn it into a returned fault. */
export class SheetTrouble extends Error {
  readonly fault: Fault
  constructor(what: Fault) {
    super(what.code)
    this.fault = what
  }
}

export const trouble = (
  code: Extract<Fault['code'], `sheet-${string}`>,
  facts: Readonly<Record<string, string | number>>,
): SheetTrouble => new SheetTrouble(fault(code, { facts }))

/** What all parts of a workbook that are kept in memory may come to together. */
export type Allowance = { left: number }
export const newAllowance = (): Allowance => ({ left: sheetLimits.unpackedBytes })

/**
 * A part, unpacked in pieces. What the file says that it comes to is judged before, and every byte is counted as it comes out, so that a
 * bomb is refused by what it says or by what it hides. Throws SheetTrouble.
 */
export async function* unpack(
  handle: FileHandle,
  entry: ZipEntry,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  if (entry.method === -1) throw trouble('sheet-locked', {})
  if (entry.method !== stored && entry.method !== deflated) {
    throw trouble('sheet-damaged', { problem: `the part ${entry.name} is packed in an unknown way` })
  }
  refuseClaims(entry, allowance)
  const source = packed(handle, entry)
  const pieces = entry.method === stored ? source : inflated(source, entry.name)
  let out = 0
  let crc = 0
  for await (const piece of pieces) {
    out += piece.length
    crc = crc32(piece, crc)
    allowance.left -= piece.length
    if (out > entry.unpackedBytes) {
      throw trouble('sheet-damaged', { problem: `its part ${entry.name} is larger than the file says` })
    }
    yield piece
  }
  if (crc !== entry.crc)
    throw trouble('sheet-damaged', { problem: `the part ${entry.name} does not match its checksum` })
}

/** Most files say truly what they come to, so the rest need not be unpacked; nobody unpacks to more than was said here. */
function refuseClaims({ name, packedBytes, unpackedBytes }: ZipEntry, { left }: Allowance): void {
  if (unpackedBytes > sheetLimits.ratioFrom && unpackedBytes > packedBytes * sheetLimits.ratio) {
    throw trouble('sheet-unsafe', { problem: `its part ${name} unpacks to far more than it packs` })
  }
  if (unpackedBytes > left) {
    throw trouble('sheet-too-large', { problem: `unpacked, its part ${name} is too large` })
  }
}

async function* packed(handle: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const header = await readAt(handle, entry.headerAt, entry.headerAt + 30)
  if (header.length < 30 || header.readUInt32LE(0) !== headerMark) {
    throw trouble('sheet-damaged', { problem: `the part ${entry.name} is not where it should be` })
  }
  let at = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const end = at + entry.packedBytes
  while (at < end) {
    const piece = await readAt(handle, at, Math.min(end, at + pieceBytes))
    if (piece.length === 0) throw trouble('sheet-damaged', { problem: `the part ${entry.name} is cut off` })
    at += piece.length
    yield piece
  }
}

async function* inflated(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: pieceBytes })
  const feed = feedInto(inflate, source)
  try {
    for await (const piece of inflate) yield piece as Buffer
    await feed
  } catch (error) {
    if (error instanceof SheetTrouble) throw error
    throw trouble('sheet-damaged', { problem: `the part ${name} cannot be unpacked` })
  } finally {
    inflate.destroy()
  }
}

/** Writes with back pressure; trouble of the source ends the stream with it. */
async function feedInto(
  inflate: ReturnType<typeof createInflateRaw>,
  source: AsyncIterable<Buffer>,
): Promise<void> {
  try {
    for await (const piece of source) {
      if (inflate.destroyed) return
      if (!inflate.write(piece)) await drained(inflate)
    }
    inflate.end()
  } catch (error) {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

const drained = (inflate: ReturnType<typeof createInflateRaw>): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      inflate.off('drain', done)
      inflate.off('close', done)
      resolve()
    }
    inflate.once('drain', done)
    inflate.once('close', done)
  })
