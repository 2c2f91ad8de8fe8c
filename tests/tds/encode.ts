import type { TdsValue } from './decode.ts'

/** Writes what a TDS server answers ([MS-TDS]): the few tokens that a client needs. */

const u8 = (value: number): Buffer => Buffer.from([value])
const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const i32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')
const shortText = (text: string): Buffer => Buffer.concat([u8(text.length), wide(text)])
const sized = (token: number, body: Buffer): Buffer => Buffer.concat([u8(token), u16(body.length), body])

const doneStatus = { hasMore: 1, hasError: 2, hasCount: 0x10, isAttention: 0x20 }
type Done = { readonly count?: number; readonly hasMore?: boolean; readonly hasError?: boolean }

function doneToken(token: number, { count, hasMore, hasError }: Done): Buffer {
  const status =
    (hasMore ? doneStatus.hasMore : 0) |
    (hasError ? doneStatus.hasError : 0) |
    (count === undefined ? 0 : doneStatus.hasCount)
  return Buffer.concat([u8(token), u16(status), u16(0), u64(BigInt(count ?? 0))])
}
export const done = (more: Done = {}): Buffer => doneToken(0xfd, more)
/** The end of a call: of its last statement, its return status, itself. */
export const callDone = (more: Done = {}): Buffer => Buffer.concat([u8(0x79), i32(0), doneToken(0xfe, more)])
export const statementDone = (count: number): Buffer => doneToken(0xff, { count, hasMore: true })
export const cancelled = (): Buffer => Buffer.concat([u8(0xfd), u16(doneStatus.isAttention), u16(0), u64(0n)])

/** An error with its number, as SQL Server words and numbers it. */
export function error(number: number, message: string, level = 16): Buffer {
  const body = [i32(number), u8(1), u8(level), u16(message.length), wide(message)]
  return sized(0xaa, Buffer.concat([...body, shortText('STUB'), shortText(''), i32(1)]))
}

export const loginAck = (): Buffer =>
  sized(
    0xad,
    Buffer.concat([u8(1), Buffer.from([0x74, 0, 0, 4]), shortText('Stub'), Buffer.from([16, 0, 0, 0])]),
  )

const transactionId = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
const started = Buffer.concat([u8(8), transactionId])
export const begun = (): Buffer => sized(0xe3, Buffer.concat([u8(8), started, u8(0)]))
export const committed = (): Buffer => sized(0xe3, Buffer.concat([u8(9), u8(0), started]))
export const rolledBack = (): Buffer => sized(0xe3, Buffer.concat([u8(10), u8(0), started]))

export type ColumnKind = 'int' | 'big' | 'float' | 'bit' | 'text' | 'datetime' | 'decimal'
export type Column = { readonly name: string; readonly kind: ColumnKind }

const typeInfo: Readonly<Record<ColumnKind, Buffer>> = {
  int: Buffer.from([0x26, 4]),
  big: Buffer.from([0x26, 8]),
  float: Buffer.from([0x6d, 8]),
  bit: Buffer.from([0x68, 1]),
  text: Buffer.from([0xe7, 0xff, 0xff, 0x09, 0x04, 0xd0, 0, 0x34]),
  datetime: Buffer.from([0x6f, 8]),
  decimal: Buffer.from([0x6a, 17, 28, 5]),
}

/** A result set: its columns and rows. */
export function resultSet(columns: readonly Column[], rows: readonly (readonly TdsValue[])[]): Buffer {
  const described = columns.map(({ name, kind }) =>
    Buffer.concat([i32(0), u16(1), typeInfo[kind], shortText(name)]),
  )
  const lines = rows.map((row) =>
    Buffer.concat([u8(0xd1), ...columns.map(({ kind }, at) => cell(kind, row[at] ?? null))]),
  )
  return Buffer.concat([u8(0x81), u16(columns.length), ...described, ...lines])
}

function cell(kind: ColumnKind, value: TdsValue): Buffer {
  if (kind === 'text') return longText(value)
  if (value === null) return u8(0)
  switch (kind) {
    case 'int':
      return Buffer.concat([u8(4), i32(Number(value))])
    case 'big': {
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64LE(BigInt(Number(value)))
      return Buffer.concat([u8(8), bytes])
    }
    case 'float': {
      const bytes = Buffer.alloc(8)
      bytes.writeDoubleLE(Number(value))
      return Buffer.concat([u8(8), bytes])
    }
    case 'bit':
      return Buffer.from([1, Number(value) === 0 ? 0 : 1])
    case 'decimal': {
      const whole = BigInt(Math.round(Math.abs(Number(value)) * 1e5))
      return Buffer.concat([u8(17), u8(Number(value) < 0 ? 0 : 1), u64(whole), u64(0n)])
    }
    case 'datetime':
      return datetime(String(value))
  }
}

function longText(value: TdsValue): Buffer {
  if (value === null) return u64(0xffff_ffff_ffff_ffffn)
  const bytes = wide(String(value))
  const chunks = bytes.length === 0 ? [] : [i32(bytes.length), bytes]
  return Buffer.concat([u64(BigInt(bytes.length)), ...chunks, i32(0)])
}

/** DATETIME: days since 1900 and three-hundredths of a second. */
function datetime(text: string): Buffer {
  const ms = Date.parse(`${text.replace(' ', 'T')}Z`)
  const days = Math.floor(ms / 86_400_000)
  const ticks = Math.round(((ms - days * 86_400_000) * 3) / 10)
  const since1900 = days - Math.floor(Date.UTC(1900, 0, 1) / 86_400_000)
  return Buffer.concat([u8(8), i32(since1900), i32(ticks)])
}
