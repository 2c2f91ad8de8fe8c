import type { Fault, Result } from '../../model/fault.ts'
import type { ColumnSpec, ColumnType, TableSpec } from './schema.ts'
import type { Statements } from './statements.ts'
import type { TableName } from './tables/all.ts'

/** What a column holds, as the driver takes and gives it. Bits are 0 and 1, dates the dialect's own text. */
export type Value = string | number | null
export type Row = Record<string, Value>

/** A column as the live database has it. `spec` is null for one that this program does not know (a custom field, say). */
export type LiveColumn = {
  /** The catalogue's spelling; rows and changes use it. */
  readonly name: string
  /** The database's own spelling; statements use it. */
  readonly live: string
  /** As the database's dictionary writes its type. */
  readonly declared: string
  readonly type: ColumnType
  readonly isNotNull: boolean
  readonly hasDefault: boolean
  readonly isIdentity: boolean
  readonly spec: ColumnSpec | null
}

export type LiveTable = {
  readonly id: TableName
  readonly spec: TableSpec
  readonly live: string
  readonly isIdentity: boolean
  /** By the catalogue's spelling, or the database's own for the unknown ones. */
  readonly columns: ReadonlyMap<string, LiveColumn>
}

/** A column as the database's own dictionary describes it. */
export type ColumnFacts = {
  readonly name: string
  readonly declared: string
  readonly isNotNull: boolean
  readonly hasDefault: boolean
  readonly isIdentity: boolean
}
export type TableFacts = { readonly name: string; readonly columns: readonly ColumnFacts[] }

/** One open transaction. Driver errors are thrown here and become faults at the edges: `attempt` and `transaction`. */
export type SqlSession = {
  all(sql: string, values: readonly Value[]): Promise<Row[]>
  /** Runs a statement for its effect; a temporary table that it makes is there until the transaction ends. */
  exec(sql: string): Promise<void>
  /** Inserts rows of one shape; answers their keys, in order, when the database makes them, else nothing. */
  insert(
    table: LiveTable,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
  ): Promise<readonly number[]>
  /** Updates rows of one shape; the last value of each is the key. */
  update(table: LiveTable, columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<void>
  remove(table: LiveTable, keys: readonly number[]): Promise<void>
  /** The first free key of a table whose keys the database does not make; nobody else can take it until the transaction ends. */
  nextKey(table: LiveTable): Promise<number>
  /** A savepoint: rolled back, and answered as a fault, when the work fails. */
  attempt<T>(work: () => Promise<Result<T>>): Promise<Result<T>>
}

/** `facts`: as the database's dictionary would describe it. */
type TemporaryTable = {
  readonly spec: TableSpec
  readonly facts: TableFacts
  readonly statements: readonly string[]
}
export type Denied = { readonly table: string; readonly right: string }

/** Everything in which one database differs from another. The queries above it are the same for all. */
export type SqlDialect = {
  readonly kind: string
  readonly version: string
  readonly statements: Statements
  /** `read` never changes anything and never waits for another program's write. Work that fails is rolled back. */
  transaction<T>(
    mode: 'read' | 'write',
    work: (session: SqlSession) => Promise<Result<T>>,
  ): Promise<Result<T>>
  /** The tables that exist, among those asked for (names without regard to case). */
  introspect(session: SqlSession, tables: readonly string[]): Promise<readonly TableFacts[]>
  /** Which rights (SELECT, INSERT, UPDATE, DELETE) the login lacks on these tables, named as the database spells them. */
  denied(session: SqlSession, tables: readonly string[]): Promise<readonly Denied[]>
  /** One of Halo's tables, temporary and empty, under a name of its own: its specification under that name, its description, and what makes it. Absent: nothing to try here. */
  temporary?(table: TableSpec, isIdentity: boolean): TemporaryTable
  /** UTC ISO text as the column will give it back: rounded as the column rounds. Null when it cannot hold that date. */
  dateText(iso: string, column: LiveColumn): string | null
  /** What a driver's error means; null when it is none of the driver's. */
  faultOf(error: unknown): Fault | null
  /** After the work that is under way. */
  close(): Promise<void>
}
