import type pg from 'pg'
import { type Fault, fail, type Result } from '../../../../model/fault.ts'
import type { LiveTable, Row, SqlSession, Value } from '../../dialect.ts'
import { liveName, type Statements } from '../../statements.ts'
import { castName } from './values.ts'

/** A statement of its own name is parsed once a connection. Every combination of changed columns is another; the server's memory is not for all of them. */
const mostNames = 300

export type Names = Map<string, string>

export function postgresSession(
  client: pg.Client,
  names: Names,
  statements: Statements,
  faultOf: (error: unknown) => Fault | null,
): SqlSession {
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostNames) return known
    const name = `halo_${names.size}`
    names.set(text, name)
    return name
  }
  const run = async (text: string, values: readonly unknown[]): Promise<Row[]> => {
    const name = nameOf(text)
    const result = await client.query<Row>({ text, values: [...values], ...(name ? { name } : {}) })
    return result.rows
  }
  return {
    all: run,
    exec: async (sql) => {
      await client.query(sql)
    },
    insert: async (table, columns, rows) => {
      const found = await run(insertText(statements, table, columns), asColumns(columns.length, rows))
      return table.isIdentity ? found.map((row) => Number(row.key)) : []
    },
    update: async (table, columns, rows) => {
      await run(updateText(statements, table, columns), asColumns(columns.length + 1, rows))
    },
    remove: async (table, keys) => {
      await run(removeText(statements, table), [keys])
    },
    nextKey: async (table) => {
      // Readers go on; whoever writes this table waits until this transaction ends.
      await client.query(`lock table ${quoted(table.live)} in share row exclusive mode`)
      const [row] = await run(
        `select coalesce(max(${quoted(liveName(table, table.spec.key))}), 0) + 1 as key from ${quoted(table.live)}`,
        [],
      )
      return Math.max(1, Number(row?.key))
    },
    attempt: (work) => attempt(client, faultOf, work),
  }
}

async function attempt<T>(
  client: pg.Client,
  faultOf: (error: unknown) => Fault | null,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  await client.query('savepoint attempt')
  const undo = (): Promise<unknown> =>
    client.query('rollback to savepoint attempt; release savepoint attempt')
  try {
    const result = await work()
    if (result.ok) await client.query('release savepoint attempt')
    else await undo()
    return result
  } catch (error) {
    const trouble = faultOf(error)
    if (!trouble) throw error
    // After a lost connection there is nothing to go back to; the transaction's end says so.
    if (trouble.code !== 'halo-unreachable') await undo()
    return fail(trouble)
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Rows turned into one array a column, as `unnest` takes them. */
const asColumns = (count: number, rows: readonly (readonly Value[])[]): Value[][] =>
  Array.from({ length: count }, (_, at) => rows.map((row) => row[at] ?? null))

/** `unnest($1::integer[], $2::text[])`: whole columns as parameters, so that one statement serves every number of rows. */
function unnest(table: LiveTable, columns: readonly string[]): string {
  const arrays = columns.map((name, at) => {
    const declared = table.columns.get(name)?.declared ?? 'text'
    return `$${at + 1}::${castName(declared)}[]`
  })
  return `unnest(${arrays.join(', ')})`
}

const places = (count: number): string[] => Array.from({ length: count }, (_, at) => `c${at}`)

const insertText = (statements: Statements, table: LiveTable, columns: readonly string[]): string =>
  statements.kept(`insert ${table.live} ${columns.join()}`, () => {
    const from = places(columns.length)
    const names = columns.map((column) => quoted(liveName(table, column))).join(', ')
    const returned = table.isIdentity ? ` returning ${quoted(liveName(table, table.spec.key))} as key` : ''
    const sql = `insert into ${quoted(table.live)} (${names}) select ${from.join(', ')} from ${unnest(table, columns)} with ordinality as s(${from.join(', ')}, n) order by n${returned}`
    return { sql }
  })

const updateText = (statements: Statements, table: LiveTable, columns: readonly string[]): string =>
  statements.kept(`update ${table.live} ${columns.join()}`, () => {
    const from = places(columns.length + 1)
    const set = columns.map((column, at) => `${quoted(liveName(table, column))} = s.c${at}`).join(', ')
    const key = table.spec.key
    const sql = `update ${quoted(table.live)} as t set ${set} from ${unnest(table, [...columns, key])} as s(${from.join(', ')}) where t.${quoted(liveName(table, key))} = s.c${columns.length}`
    return { sql }
  })

const removeText = (statements: Statements, table: LiveTable): string =>
  statements.kept(`remove ${table.live}`, () => {
    const key = table.columns.get(table.spec.key)
    const cast = castName(key?.declared ?? 'bigint')
    return {
      sql: `delete from ${quoted(table.live)} where ${quoted(liveName(table, table.spec.key))} = any($1::${cast}[])`,
    }
  })
