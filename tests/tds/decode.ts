/** Reads what a TDS client sends ([MS-TDS], learn.microsoft.com): only what tedious sends for this program. */

export type TdsValue = number | string | boolean | Date | null
export type TdsParameter = { readonly name: string; readonly value: TdsValue }

/** A place in a message that moves on as it is read. */
export function newReader(data: Buffer) {
  let at = 0
  const take = (length: number): Buffer => {
    at += length
    return data.subarray(at - length, at)
  }
  const reader = {
    isAtEnd: () => at >= data.length,
    byte: () => take(1).readUInt8(),
    word: () => take(2).readUInt16LE(),
    int: () => take(4).readInt32LE(),
    take,
    text: (characters: number) => take(characters * 2).toString('utf16le'),
    shortText: (): string => reader.text(reader.byte()),
    /** The headers that come before a batch, a call and a transaction's request. */
    skipHeaders: () => {
      at += data.readUInt32LE(at)
    },
  }
  return reader
}
export type Reader = ReturnType<typeof newReader>

type ReadValue = (reader: Reader) => TdsValue

/** Reads a type and answers how its values are read. */
function readType(reader: Reader): ReadValue {
  const type = reader.byte()
  switch (type) {
    case 0x26:
      reader.byte()
      return sized((bytes) => readInteger(bytes))
    case 0x68:
      reader.byte()
      return sized((bytes) => bytes[0] === 1)
    case 0x6d:
      reader.byte()
      return sized((bytes) => (bytes.length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE()))
    case 0x6a: {
      reader.take(2)
      const scale = reader.byte()
      return sized((bytes) => readDecimal(bytes, scale))
    }
    case 0x2a: {
      const scale = reader.byte()
      return sized((bytes) => readDateTime2(bytes, scale))
    }
    case 0xe7: {
      const length = reader.word()
      reader.take(5)
      return length === 0xffff ? readLongText : readShortText
    }
    default:
      throw new Error(`The stub does not read the type 0x${type.toString(16)}.`)
  }
}

const sized =
  (read: (bytes: Buffer) => TdsValue): ReadValue =>
  (reader) => {
    const length = reader.byte()
    return length === 0 ? null : read(reader.take(length))
  }

function readInteger(bytes: Buffer): number {
  if (bytes.length === 8) return Number(bytes.readBigInt64LE())
  return bytes.readIntLE(0, bytes.length)
}

function readDecimal(bytes: Buffer, scale: number): number {
  let whole = 0n
  for (let at = bytes.length - 1; at >= 1; at--) whole = whole * 256n + BigInt(bytes[at] ?? 0)
  const digits = whole.toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return (bytes[0] === 1 ? 1 : -1) * Number(text)
}

function readDateTime2(bytes: Buffer, scale: number): Date {
  const timeLength = bytes.length - 3
  const time = bytes.readUIntLE(0, timeLength) / 10 ** (scale - 3)
  const days = bytes.readUIntLE(timeLength, 3)
  return new Date(Date.parse('0001-01-01T00:00:00Z') + days * 86_400_000 + time)
}

function readShortText(reader: Reader): TdsValue {
  const length = reader.word()
  return length === 0xffff ? null : reader.take(length).toString('utf16le')
}

function readLongText(reader: Reader): TdsValue {
  const total = reader.take(8).readBigUInt64LE()
  if (total === 0xffff_ffff_ffff_ffffn) return null
  const parts: Buffer[] = []
  for (let length = reader.take(4).readUInt32LE(); length > 0; length = reader.take(4).readUInt32LE())
    parts.push(Buffer.from(reader.take(length)))
  return Buffer.concat(parts).toString('utf16le')
}

/** A call of sp_executesql: the statement and its parameters. */
export function readCall(data: Buffer): { sql: string; parameters: TdsParameter[] } {
  const reader = newReader(data)
  reader.skipHeaders()
  const nameLength = reader.word()
  const procedure = nameLength === 0xffff ? reader.word() : reader.text(nameLength)
  if (procedure !== 10) throw new Error(`The stub knows sp_executesql alone, not ${procedure}.`)
  reader.word()
  const all: TdsParameter[] = []
  while (!reader.isAtEnd()) {
    const name = reader.shortText()
    reader.byte()
    all.push({ name: name.replace('@', ''), value: readType(reader)(reader) })
  }
  const [statement, declarations, ...parameters] = all
  // Without parameters there is no declaration.
  return { sql: String(statement?.value), parameters: declarations ? parameters : [] }
}

export function readBatch(data: Buffer): string {
  const reader = newReader(data)
  reader.skipHeaders()
  return data.subarray(data.readUInt32LE(0)).toString('utf16le')
}

export type TransactionRequest = {
  readonly kind: 'begin' | 'commit' | 'rollback' | 'save'
  readonly name: string
}

export function readTransaction(data: Buffer): TransactionRequest {
  const reader = newReader(data)
  reader.skipHeaders()
  const kinds = { 5: 'begin', 7: 'commit', 8: 'rollback', 9: 'save' } as const
  const number = reader.word()
  const kind = kinds[number as keyof typeof kinds]
  if (!kind) throw new Error(`The stub does not know the transaction request ${number}.`)
  if (kind === 'begin') reader.byte()
  return { kind, name: reader.shortText() }
}

/** The rows of a bulk load, in the order of its columns. */
export function readBulkLoad(data: Buffer): { columns: string[]; rows: TdsValue[][] } {
  const reader = newReader(data)
  if (reader.byte() !== 0x81) throw new Error('A bulk load begins with its columns.')
  const columns: string[] = []
  const reads: ReadValue[] = []
  for (let left = reader.word(); left > 0; left--) {
    reader.take(6)
    reads.push(readType(reader))
    columns.push(reader.shortText())
  }
  const rows: TdsValue[][] = []
  for (let token = reader.byte(); token === 0xd1; token = reader.byte())
    rows.push(reads.map((read) => read(reader)))
  return { columns, rows }
}

/** User, password and database of a login. */
export function readLogin(data: Buffer): { user: string; password: string; database: string } {
  const field = (at: number): Buffer => {
    const from = data.readUInt16LE(at)
    return data.subarray(from, from + data.readUInt16LE(at + 2) * 2)
  }
  // A password's bytes are turned by four bits and mixed with A5.
  const hidden = Buffer.from(field(44)).map((byte) => {
    const mixed = byte ^ 0xa5
    return ((mixed << 4) | (mixed >> 4)) & 0xff
  })
  return {
    user: field(40).toString('utf16le'),
    password: Buffer.from(hidden).toString('utf16le'),
    database: field(68).toString('utf16le'),
  }
}
