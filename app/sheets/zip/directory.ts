import type { FileHandle } from 'node:fs/promises'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import { sheetLimits } from '../../model/sheet/cell.ts'

/** One part of a zip file, by its central directory (APPNOTE.TXT 4.3.12). Sizes are what the file claims. */
export type ZipEntry = {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly crc: number
  readonly headerAt: number
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const end64Mark = 0x06064b50
const locator64Mark = 0x07064b50
const endBytes = 22
const commentMost = 65_535
const whole32 = 0xffffffff
/** Five kilobytes for each part: their names and a few numbers take a fiftieth of it. */
const longestDirectory = sheetLimits.entries * 5_000

/** Before any part is unpacked: how many there are, what they claim to be, and whether their names try to leave the file. */
export async function zipDirectory(
  handle: FileHandle,
  size: number,
): Promise<Result<ReadonlyMap<string, ZipEntry>>> {
  const tail = await readAt(handle, Math.max(0, size - endBytes - commentMost), size)
  const at = findEnd(tail)
  if (at < 0) return damaged('its end is missing')
  const place = await directoryPlace(handle, tail, at, size)
  if (!place) return damaged('its table of contents is broken')
  if (place.count > sheetLimits.entries) return unsafe(`it has ${place.count} parts`)
  if (place.bytes > longestDirectory) return unsafe('its table of contents is too long')
  const bytes = await readAt(handle, place.at, place.at + place.bytes)
  const entries = new Map<string, ZipEntry>()
  let from = 0
  for (let index = 0; index < place.count; index++) {
    const read = entryAt(bytes, from)
    if (!read) return damaged('its table of contents is cut off')
    const trouble = judge(read.entry, entries)
    if (trouble) return fail(trouble)
    entries.set(read.entry.name, read.entry)
    from = read.next
  }
  return ok(entries)
}

const damaged = (problem: string) => fail(fault('sheet-damaged', { facts: { problem } }))
const unsafe = (problem: string) => fail(fault('sheet-unsafe', { facts: { problem } }))

/** Reads [from, to) or as much of it as the file has. */
export async function readAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from))
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
  return buffer.subarray(0, bytesRead)
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) if (tail.readUInt32LE(at) === endMark) return at
  return -1
}

type Place = { readonly at: number; readonly bytes: number; readonly count: number }

async function directoryPlace(
  handle: FileHandle,
  tail: Buffer,
  at: number,
  size: number,
): Promise<Place | null> {
  const short: Place = {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    at: tail.readUInt32LE(at + 16),
  }
  const isLong = short.at === whole32 || short.bytes === whole32 || short.count === 0xffff
  const place = isLong ? await longPlace(handle, tail, at) : short
  return place && place.at + place.bytes <= size ? place : null
}

/** The 64-bit form, which some writers use for small files, too. */
async function longPlace(handle: FileHandle, tail: Buffer, at: number): Promise<Place | null> {
  const locator = at - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== locator64Mark) return null
  const end = Number(tail.readBigUInt64LE(locator + 8))
  if (!Number.isSafeInteger(end)) return null
  const bytes = await readAt(handle, end, end + 56)
  if (bytes.length < 56 || bytes.readUInt32LE(0) !== end64Mark) return null
  return {
    count: Number(bytes.readBigUInt64LE(32)),
    bytes: Number(bytes.readBigUInt64LE(40)),
    at: Number(bytes.readBigUInt64LE(48)),
  }
}

function entryAt(bytes: Buffer, at: number): { readonly entry: ZipEntry; readonly next: number } | null {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) return null
  const nameBytes = bytes.readUInt16LE(at + 28)
  const extraBytes = bytes.readUInt16LE(at + 30)
  const next = at + 46 + nameBytes + extraBytes + bytes.readUInt16LE(at + 32)
  if (next > bytes.length) return null
  const extra = bytes.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes)
  const long = longSizes(extra)
  const size = (offset: number): number => {
    const value = bytes.readUInt32LE(offset)
    return value === whole32 ? (long.shift() ?? value) : value
  }
  const unpackedBytes = size(at + 24)
  const packedBytes = size(at + 20)
  const headerAt = size(at + 42)
  const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes)
  const method = bytes.readUInt16LE(at + 10)
  // Bit 0: this part is encrypted.
  const isSealed = (bytes.readUInt16LE(at + 8) & 1) === 1
  const crc = bytes.readUInt32LE(at + 16)
  return { entry: { name, method: isSealed ? -1 : method, packedBytes, unpackedBytes, crc, headerAt }, next }
}

/** The 64-bit numbers of a part, in their fixed order, present only where the short form is full (APPNOTE.TXT 4.5.3). */
function longSizes(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) {
      const field = extra.subarray(at + 4, at + 4 + length)
      return Array.from({ length: Math.floor(field.length / 8) }, (_, index) =>
        Number(field.readBigUInt64LE(index * 8)),
      )
    }
    at += 4 + length
  }
  return []
}

/** No part is ever written to a disk; a name that tries to lead elsewhere shows what the file is up to. */
function judge(entry: ZipEntry, seen: ReadonlyMap<string, ZipEntry>): Fault | null {
  const { name } = entry
  const leaves = name.startsWith('/') || name.includes('\0') || /^[a-z]:/i.test(name)
  if (leaves || name.split(/[\\/]/).includes('..')) {
    return fault('sheet-unsafe', { facts: { problem: `a part is named "${name.slice(0, 80)}"` } })
  }
  if (seen.has(name)) return fault('sheet-unsafe', { facts: { problem: `it has two parts "${name}"` } })
  return null
}
