/**
 * Halo's tables as data. The lines themselves are in tables/: [column, type as Halo's catalogue gives it, need, what for, may be cut].
 * `required`: nothing can be written without it. `optional`: left out where a Halo does not have it.
 * `cut`: text for people, shortened when too long (docs/decisions); any other text that is too long fails its record.
 */
type ColumnLine = readonly [
  name: string,
  type: string,
  need: 'required' | 'optional',
  what?: string,
  isCut?: 'cut',
]

export type ColumnKind = 'int' | 'small' | 'big' | 'bit' | 'float' | 'decimal' | 'text' | 'date' | 'other'

/** `limit`: characters, null without one (or unknown when `isBounded` is false). `scale`: decimals that a DECIMAL or MONEY keeps. */
export type ColumnType = {
  readonly kind: ColumnKind
  readonly limit: number | null
  readonly isBounded: boolean
  readonly scale: number
}

export type ColumnSpec = {
  readonly name: string
  readonly declared: string
  readonly type: ColumnType
  readonly isNotNull: boolean
  /** As the catalogue writes it; null when there is none. */
  readonly default: string | null
  readonly isRequired: boolean
  readonly isCut: boolean
}

export type TableSpec = {
  readonly name: string
  /** The column by which one row is updated and removed. */
  readonly key: string
  readonly primary: readonly string[]
  /** Made in the embedded Halo only. */
  readonly indexes: readonly string[]
  readonly columns: readonly ColumnSpec[]
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  int: 'int',
  integer: 'int',
  smallint: 'small',
  tinyint: 'small',
  bigint: 'big',
  bit: 'bit',
  boolean: 'bit',
  float: 'float',
  real: 'float',
  double: 'float',
  money: 'decimal',
  smallmoney: 'decimal',
  decimal: 'decimal',
  numeric: 'decimal',
  datetime: 'date',
  datetime2: 'date',
  smalldatetime: 'date',
  datetimeoffset: 'date',
  date: 'date',
  timestamp: 'date',
}

/** Reads a declared type: `NVARCHAR(250)`, `DECIMAL(18,5)`, `FLOAT(53)`, `NTEXT`, `NVARCHAR(MAX)`. */
export function readType(declared: string): ColumnType {
  const found = /^\s*([a-z0-9]+)[^(]*(?:\(\s*(\d+|max)\s*(?:,\s*(\d+)\s*)?\))?/i.exec(declared)
  const word = found?.[1]?.toLowerCase() ?? ''
  const isText = word.includes('char') || word.includes('text') || word.includes('clob')
  const kind = isText ? 'text' : (kinds[word] ?? 'other')
  const size = found?.[2]
  return {
    kind,
    limit: isText && size && /^\d+$/.test(size) ? Number(size) : null,
    isBounded: size !== undefined || word === 'ntext',
    scale: kind === 'decimal' ? (found?.[3] ? Number(found[3]) : /^(small)?money$/.test(word) ? 4 : 6) : 0,
  }
}

function readColumn([name, type, need, , isCut]: ColumnLine): ColumnSpec {
  const [beforeDefault = '', standard] = type.split(' DEFAULT ')
  const declared = beforeDefault.replace(' NOT NULL', '')
  return {
    name,
    declared,
    type: readType(declared),
    isNotNull: beforeDefault.endsWith(' NOT NULL'),
    default: standard ?? null,
    isRequired: need === 'required',
    isCut: isCut === 'cut',
  }
}

/** Whether a database that makes keys by itself makes this column's. */
export const isOwnKey = (table: TableSpec, column: ColumnSpec): boolean =>
  column.name === table.key && table.primary.length === 1

/** One table from its lines. `primary` is the primary key where it is not `key` alone. */
export function table(
  name: string,
  key: string,
  lines: readonly ColumnLine[],
  more: { primary?: readonly string[]; indexes?: readonly string[] } = {},
): TableSpec {
  return {
    name,
    key,
    primary: more.primary ?? [key],
    indexes: more.indexes ?? [],
    columns: lines.map(readColumn),
  }
}
