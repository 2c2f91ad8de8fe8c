import Database from 'better-sqlite3'
import type { TdsParameter, TdsValue } from './decode.ts'
import {
  begun,
  type Column,
  type ColumnKind,
  callDone,
  committed,
  done,
  error,
  resultSet,
  rolledBack,
  statementDone,
} from './encode.ts'
import type { Answer, TdsBackend } from './server.ts'

/**
 * Answers the few shapes of T-SQL that this program sends, by running them on an SQLite file with Halo's tables. It shows what travels and in which order; it
 * does not show what SQL Server itself would make of a statement.
 */

/** What goes wrong next: asked before each statement is run; null: nothing. */
export type Mishap = (sql: string) => { readonly answer: Answer; readonly endsTransaction?: boolean } | null
export type StubOptions = {
  readonly file: string
  readonly login: { readonly user: string; readonly password: string; readonly databases: readonly string[] }
  /** Every statement as it came, for a test to read. */
  readonly heard: string[]
  mishap: Mishap
  /** Rights that the login lacks. */
  denied?: readonly (readonly [table: string, right: string])[]
}

export function sqlServerStub(options: StubOptions): TdsBackend & { close(): void } {
  const sql = new Database(options.file, { timeout: 2000 })
  let stage: { columns: string[]; rows: TdsValue[][] } | null = null
  const meet = (what: string): Answer | null => {
    const met = options.mishap(what)
    if (met?.endsTransaction && sql.inTransaction) sql.exec('rollback')
    return met?.answer ?? null
  }
  const run = (text: string, parameters: readonly TdsParameter[], isCall: boolean): Answer => {
    options.heard.push(text)
    const mishap = meet(text)
    if (mishap) return mishap
    try {
      const sets = perform(sql, text, parameters, stage, options.denied ?? [])
      if (/DROP TABLE #halo_stage$/.test(text)) stage = null
      if (isCall)
        return Buffer.concat([...sets.map((set) => Buffer.concat([set, statementDone(1)])), callDone()])
      return Buffer.concat([
        ...sets.map((set) => Buffer.concat([set, done({ count: 1, hasMore: true })])),
        done(),
      ])
    } catch (trouble) {
      return Buffer.concat([...errorOf(trouble, text), done({ hasError: true })])
    }
  }
  return {
    login: ({ user, password, database }) => loginTokens(options.login, user, password, database),
    batch: (text) => run(text, [], false),
    call: (text, parameters) => run(text, parameters, true),
    bulk: (columns, rows) => {
      options.heard.push(`bulk ${columns.join()} ${rows.length}`)
      const mishap = meet('bulk')
      if (mishap) return mishap
      stage = { columns: [...columns], rows: rows.map((row) => [...row]) }
      return done({ count: rows.length })
    },
    transaction: ({ kind, name }) => {
      options.heard.push(`${kind} ${name}`.trim())
      const mishap = meet(kind)
      if (mishap) return mishap
      if (kind === 'begin') sql.exec('begin immediate')
      if (kind === 'commit') sql.exec('commit')
      if (kind === 'save') sql.exec(`savepoint ${name}`)
      if (kind === 'rollback') sql.exec(name ? `rollback to ${name}` : 'rollback')
      const change = { begin: begun(), commit: committed(), rollback: name ? Buffer.alloc(0) : rolledBack() }
      return Buffer.concat([kind === 'save' ? Buffer.alloc(0) : change[kind], done()])
    },
    left: () => {
      if (sql.open && sql.inTransaction) sql.exec('rollback')
    },
    close: () => sql.close(),
  }
}

function loginTokens(
  known: StubOptions['login'],
  user: string,
  password: string,
  database: string,
): Buffer | null {
  const failed = error(18456, `Login failed for user '${user}'.`, 14)
  if (user !== known.user || password !== known.password)
    return Buffer.concat([failed, done({ hasError: true })])
  if (known.databases.includes(database)) return null
  const missing = `Cannot open database "${database}" requested by the login. The login failed.`
  return Buffer.concat([error(4060, missing, 11), failed, done({ hasError: true })])
}

/** An error, after which the transaction goes on. */
export const refusal = (number: number, message: string): { answer: Buffer } => ({
  answer: Buffer.concat([error(number, message), done({ hasError: true })]),
})

/** An error that rolls the whole transaction back. */
export const ending = (number: number, message: string): { answer: Buffer; endsTransaction: true } => ({
  answer: Buffer.concat([rolledBack(), error(number, message, 13), done({ hasError: true })]),
  endsTransaction: true,
})

export const deadlock = () =>
  ending(
    1205,
    'Transaction (Process ID 51) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
  )

function errorOf(trouble: unknown, text: string): Buffer[] {
  const words = trouble instanceof Error ? trouble.message : String(trouble)
  if (/no such column: (.+)/.test(words))
    return [error(207, `Invalid column name '${/no such column: (?:\w+\.)?(.+)/.exec(words)?.[1]}'.`)]
  if (/no such table/.test(words)) return [error(208, `Invalid object name '${words.split(': ')[1]}'.`)]
  if (/NOT NULL/.test(words)) {
    const [table, column] = (words.split(': ')[1] ?? '').split('.')
    return [
      error(
        515,
        `Cannot insert the value NULL into column '${column}', table 'Halo.dbo.${table}'; column does not allow nulls. INSERT fails.`,
      ),
    ]
  }
  return [error(50_000, `${words} in: ${text}`)]
}

type Stage = { columns: string[]; rows: TdsValue[][] } | null

/** The result sets of one text. */
function perform(
  sql: Database.Database,
  text: string,
  parameters: readonly TdsParameter[],
  stage: Stage,
  denied: NonNullable<StubOptions['denied']>,
): Buffer[] {
  if (/^SET /i.test(text) || /^IF OBJECT_ID/.test(text) || /^insert bulk/.test(text)) return []
  if (/ROLLBACK TRANSACTION$/.test(text)) {
    if (sql.inTransaction) sql.exec('rollback')
    return []
  }
  if (text.includes('SERVERPROPERTY'))
    return [table(['version', 'edition'], [['16.0.4135.4', 'Stub Edition']])]
  if (text.includes('HAS_PERMS_BY_NAME'))
    return [
      table(
        ['table', 'right'],
        denied.map((one) => [...one]),
      ),
    ]
  if (text.includes('XACT_STATE'))
    return [resultSet([{ name: 'state', kind: 'int' }], [[sql.inTransaction ? 1 : 0]])]
  if (text.includes('sys.columns')) return [dictionary(sql, parameters)]
  const body = text.replace(/; DROP TABLE #halo_stage$/, '')
  const insert =
    /INSERT INTO (\[.+?\]) \((.+?)\) (OUTPUT INSERTED\.(\[.+?\]) INTO @made \(k\) )?SELECT .+? FROM (.+?) (?:ORDER BY s\.n|WHERE NOT EXISTS .+?\)); SELECT/.exec(
      body,
    )
  const bound = Object.fromEntries(parameters.map(({ name, value }) => [name, stored(value)]))
  if (insert) return [performInsert(sql, insert, bound, stage)]
  const update = /^UPDATE t SET (.+) FROM (\[.+?\]) AS t INNER JOIN (.+) ON (t\..+)$/.exec(body)
  if (update) {
    const [, set = '', target = '', source = '', on = ''] = update
    for (const row of sourceRows(source, bound, stage)) {
      const assigned = set.replaceAll('t.', '').replaceAll(/s\.c(\d+)/g, '@c$1')
      sql
        .prepare(
          `update ${target} set ${assigned} where ${on.replace('t.', '').replace(/s\.c(\d+)/, '@c$1')}`,
        )
        .run(row)
    }
    return []
  }
  const statement = sql.prepare(body.replace(/ WITH \(UPDLOCK, HOLDLOCK\)/g, ''))
  if (statement.reader) return [answerOf(statement, bound)]
  statement.run(bound)
  return []
}

function performInsert(
  sql: Database.Database,
  [, target = '', names = '', , key, source = '']: readonly (string | undefined)[],
  bound: Record<string, unknown>,
  stage: Stage,
): Buffer {
  const count = names.split('], [').length
  const places = Array.from({ length: count }, (_, at) => `@c${at}`)
  const statement = sql.prepare(`insert into ${target} (${names}) values (${places.join(', ')})`)
  const made = sourceRows(source, bound, stage).map((row) => [Number(statement.run(row).lastInsertRowid)])
  if (key) return resultSet([{ name: 'key', kind: 'big' }], made)
  return resultSet([{ name: 'count', kind: 'int' }], [[made.length]])
}

/** The rows of `(VALUES ...) AS s(...)` or of the staged table, as c0, c1, ... */
function sourceRows(source: string, bound: Record<string, unknown>, stage: Stage): Record<string, unknown>[] {
  if (!source.startsWith('(VALUES')) {
    return (stage?.rows ?? []).map((row) =>
      Object.fromEntries(row.slice(0, -1).map((value, at) => [`c${at}`, stored(value)])),
    )
  }
  const lines = [...(source.split(') AS s(')[0] ?? '').matchAll(/\((@[^()]*)\)/g)]
  return lines.map(([, line = '']) => {
    const places = line.split(', ').slice(0, -1)
    return Object.fromEntries(places.map((place, at) => [`c${at}`, bound[place.slice(1)] ?? null]))
  })
}

/** As the columns of Halo's tables keep it: DATETIME in three-hundredths of a second. */
function stored(value: TdsValue): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (!(value instanceof Date)) return value
  const ticks = Math.round((Math.round((value.getTime() * 3) / 10) * 10) / 3)
  return new Date(ticks).toISOString().replace('T', ' ').replace('Z', '')
}

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/BIGINT|INTEGER/i, 'big'],
  [/INT/i, 'int'],
  [/^BIT/i, 'bit'],
  [/FLOAT/i, 'float'],
  [/DECIMAL/i, 'decimal'],
  [/DATETIME/i, 'datetime'],
]

function answerOf(statement: Database.Statement, bound: Record<string, unknown>): Buffer {
  const rows = statement.raw().all(bound) as TdsValue[][]
  const columns: Column[] = statement.columns().map(({ name, type }, at) => {
    const declared = kinds.find(([pattern]) => pattern.test(type ?? ''))?.[1]
    return { name, kind: declared ?? (typeof rows[0]?.[at] === 'number' ? 'int' : 'text') }
  })
  return resultSet(columns, rows)
}

const table = (names: readonly string[], rows: readonly TdsValue[][]): Buffer =>
  resultSet(
    names.map((name) => ({ name, kind: 'text' })),
    rows,
  )

type Info = { name: string; type: string; notnull: number; dflt_value: unknown; pk: number }

/** sys.columns, as SQLite's own dictionary tells it. */
function dictionary(sql: Database.Database, parameters: readonly TdsParameter[]): Buffer {
  const columns: Column[] = [
    ...['schema', 'table', 'column', 'type'].map((name) => ({ name, kind: 'text' as const })),
    ...['length', 'precision', 'scale'].map((name) => ({ name, kind: 'int' as const })),
    ...['nullable', 'identity', 'computed'].map((name) => ({ name, kind: 'bit' as const })),
    { name: 'default', kind: 'int' },
  ]
  const tables = sql.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[]
  const wanted = new Set(parameters.map(({ value }) => value))
  const rows = tables
    .filter((name) => wanted.has(name.toLowerCase()))
    .flatMap((name) =>
      (sql.pragma(`table_info(${JSON.stringify(name)})`) as Info[]).map((info) => [
        ...['dbo', name, info.name],
        ...typeCells(info.type),
        ...[info.notnull === 0 ? 1 : 0, info.pk === 1 && info.type === 'INTEGER' ? 1 : 0, 0],
        info.dflt_value === null ? 0 : 1,
      ]),
    )
  return resultSet(columns, rows)
}

/** Type, length in bytes, precision and scale. */
function typeCells(declared: string): [string, number, number, number] {
  const [, word = '', first, second] = /^(\w+)(?:\((\w+)(?:,\s*(\d+))?\))?/.exec(declared) ?? []
  const type = { integer: 'int', ntext: 'ntext' }[word.toLowerCase()] ?? word.toLowerCase()
  if (type === 'nvarchar') return [type, Number(first) * 2, 0, 0]
  if (type === 'decimal') return [type, 9, Number(first), Number(second)]
  return [type, 8, 0, 0]
}
