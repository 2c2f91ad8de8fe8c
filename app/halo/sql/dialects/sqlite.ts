import { existsSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { type Fault, type FaultCode, fail, fault, ok, type Result } from '../../../model/fault.ts'
import type { Clock } from '../../../model/ports.ts'
import type { Row, SqlDialect, SqlSession, TableFacts, Value } from '../dialect.ts'
import { type AnyTables, createStatements, liveName, type Statements } from '../statements.ts'
import { createWhenEmpty, isEmptyDatabase } from './sqlite-create.ts'
import { inTurn } from './turns.ts'

const kysely = new Kysely<AnyTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Result codes by prefix, the longer first (sqlite.org/rescode.html). */
const codes: readonly (readonly [prefix: string, code: FaultCode])[] = [
  ['SQLITE_BUSY', 'halo-locked'],
  ['SQLITE_LOCKED', 'halo-locked'],
  ['SQLITE_FULL', 'halo-full'],
  ['SQLITE_CORRUPT', 'halo-damaged'],
  ['SQLITE_NOTADB', 'halo-damaged'],
  ['SQLITE_READONLY', 'halo-rights'],
  ['SQLITE_PERM', 'halo-rights'],
  ['SQLITE_AUTH', 'halo-rights'],
  ['SQLITE_CANTOPEN', 'halo-unreachable'],
  ['SQLITE_IOERR', 'halo-unreachable'],
  ['SQLITE_CONSTRAINT', 'halo-value-refused'],
  ['SQLITE_MISMATCH', 'halo-value-refused'],
  ['SQLITE_TOOBIG', 'halo-value-refused'],
  ['SQLITE_RANGE', 'halo-value-refused'],
  ['SQLITE_ERROR', 'halo-schema'],
]
const lockedWaitMs = 30_000

/** What a better-sqlite3 error means; null when it is none. `file` fills the words. */
export function sqliteFault(error: unknown, file: string, clock: Clock): Fault | null {
  if (!(error instanceof Database.SqliteError)) return null
  const code = codes.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? 'halo-error'
  const retryAt =
    code === 'halo-locked' ? { retryAt: new Date(clock.now() + lockedWaitMs).toISOString() } : {}
  return fault(code, { facts: { file, code: error.code }, raw: error.message.slice(0, 500), ...retryAt })
}

/** `2026-03-01 09:30:00.000`: SQLite's own date functions read it, and it sorts. */
const dateText = (iso: string): string => iso.replace('T', ' ').replace('Z', '')

type SqliteOptions = {
  readonly file: string
  readonly clock: Clock
  /** How long another writer is waited for. */
  readonly waitMs: number
}

/** The one dialect that may make Halo's tables: in an empty file, inside a write transaction; true when it did. */
type EmbeddedDialect = SqlDialect & { createWhenEmpty(): boolean }

/**
 * Opens the file, or makes it when it is absent. An existing database is left as it is.
 * Faults: halo-unreachable (no such folder, no file), halo-damaged (not a database), halo-rights, halo-locked, halo-full.
 */
export function openSqliteDialect(
  options: SqliteOptions,
): Result<{ dialect: EmbeddedDialect; isEmpty: boolean }> {
  const { file, clock, waitMs } = options
  if (!existsSync(dirname(file))) {
    return fail(fault('halo-unreachable', { facts: { file }, raw: 'The folder does not exist.' }))
  }
  let database: Database.Database | null = null
  try {
    database = new Database(file, { timeout: waitMs })
    database.pragma('journal_mode = WAL')
    // FULL: what has been committed must survive a power cut, because the watermark moves on after it.
    database.pragma('synchronous = FULL')
    database.pragma('wal_autocheckpoint = 4000')
    // Twice as much took 100,000 customers no less time.
    database.pragma('cache_size = -16000')
    return ok({ dialect: dialectOf(database, file, clock), isEmpty: isEmptyDatabase(database) })
  } catch (error) {
    database?.close()
    const trouble = sqliteFault(error, file, clock)
    if (trouble) return fail(trouble)
    // better-sqlite3 throws a plain error for a path that it cannot open at all.
    if (database === null && error instanceof TypeError) {
      return fail(fault('halo-unreachable', { facts: { file }, raw: error.message.slice(0, 500) }))
    }
    throw error
  }
}

function dialectOf(database: Database.Database, file: string, clock: Clock): EmbeddedDialect {
  const faultOf = (error: unknown): Fault | null => sqliteFault(error, file, clock)
  const statements = createStatements(kysely)
  const session = sessionOf(database, statements, faultOf)
  const exec = (text: string): void => void database.exec(text)
  const turn = realpathSync(file)
  return {
    kind: 'sqlite',
    version: `SQLite ${String(database.prepare('select sqlite_version()').pluck().get())}`,
    statements,
    faultOf,
    dateText,
    close: () => inTurn(turn, async () => void database.close()),
    createWhenEmpty: () => createWhenEmpty(database),
    introspect: (_session, tables) => Promise.resolve(introspect(database, tables)),
    // A file has no rights table by table.
    denied: () => Promise.resolve([]),
    transaction: (mode, work) =>
      inTurn(turn, () =>
        guarded(
          faultOf,
          () => exec(mode === 'write' ? 'begin immediate' : 'begin'),
          () => exec('commit'),
          // SQLite may have rolled back by itself (disk full).
          () => database.inTransaction && exec('rollback'),
          () => work(session),
        ),
      ),
  }
}

/** Runs the work between its beginning and its end; a fault or a driver's error undoes it and is answered, any other error goes on. */
async function guarded<T>(
  faultOf: (error: unknown) => Fault | null,
  begin: () => void,
  end: () => void,
  undo: () => void,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  let hasBegun = false
  try {
    begin()
    hasBegun = true
    const result = await work()
    if (result.ok) end()
    else undo()
    return result
  } catch (error) {
    if (hasBegun) undo()
    const trouble = faultOf(error)
    if (trouble) return fail(trouble)
    throw error
  }
}

/** Statements are prepared once and kept. */
function preparedOf(database: Database.Database): (sql: string) => Database.Statement {
  const prepared = new Map<string, Database.Statement>()
  return (sql) => {
    const found = prepared.get(sql)
    if (found) return found
    // Every combination of changed columns is a statement of its own; months of them must not pile up.
    if (prepared.size >= 500) prepared.clear()
    const statement = database.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
}

function sessionOf(
  database: Database.Database,
  statements: Statements,
  faultOf: (error: unknown) => Fault | null,
): SqlSession {
  const prepare = preparedOf(database)
  const exec = (text: string): void => void database.exec(text)
  return {
    all: (sql, values) => Promise.resolve(prepare(sql).all(values) as Row[]),
    exec: async (sql) => exec(sql),
    insert: async (table, columns, rows) => {
      const statement = prepare(statements.insert(table, columns))
      const keys: number[] = []
      for (const row of rows) keys.push(Number(statement.run(row).lastInsertRowid))
      return table.isIdentity ? keys : []
    },
    update: async (table, columns, rows) => {
      const statement = prepare(statements.update(table, columns))
      for (const row of rows) statement.run(row)
    },
    remove: async (table, keys) => {
      const statement = prepare(statements.remove(table))
      for (const key of keys) statement.run(key)
    },
    // The write transaction was begun as IMMEDIATE, so nobody else can take the key.
    nextKey: async (table) => {
      const key = liveName(table, table.spec.key)
      const sql = statements.kept(`max ${table.live}`, (build) =>
        build
          .selectFrom(table.live)
          .select((by) => by.fn.max(key).as('last'))
          .compile(),
      )
      const last: unknown = prepare(sql).pluck().get()
      return Math.max(0, Number(last ?? 0)) + 1
    },
    attempt: (work) =>
      guarded(
        faultOf,
        () => exec('savepoint attempt'),
        () => exec('release attempt'),
        () => database.inTransaction && exec('rollback to attempt; release attempt'),
        work,
      ),
  }
}

type Info = {
  name: string
  type: string
  notnull: number
  dflt_value: Value
  pk: number
  hidden: number
}

function introspect(database: Database.Database, tables: readonly string[]): TableFacts[] {
  const wanted = new Set(tables.map((name) => name.toLowerCase()))
  const found = database.pragma('table_list') as {
    schema: string
    name: string
    type: string
    wr: number
  }[]
  return found
    .filter(
      ({ schema, name, type }) => schema === 'main' && type === 'table' && wanted.has(name.toLowerCase()),
    )
    .map(({ name, wr }) => {
      const columns = database.pragma(`table_xinfo(${JSON.stringify(name)})`) as Info[]
      const keys = columns.filter((column) => column.pk > 0).length
      return { name, columns: columns.map((column) => columnFacts(column, keys === 1 && wr === 0)) }
    })
}

function columnFacts(info: Info, canBeIdentity: boolean): TableFacts['columns'][number] {
  return {
    name: info.name,
    declared: info.type,
    isNotNull: info.notnull !== 0,
    // A generated column needs no value either.
    hasDefault: info.dflt_value !== null || info.hidden !== 0,
    isIdentity: canBeIdentity && info.pk === 1 && info.type.toUpperCase() === 'INTEGER',
  }
}
