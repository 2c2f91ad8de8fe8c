import { type Connection, Request } from 'tedious'
import type { Row } from '../../dialect.ts'
import { type Carrier, readValue } from './values.ts'

/** A parameter is called by its place: @1, @2, as Kysely writes them. */
export type Parameter = { readonly carrier: Carrier; readonly value: string | number | boolean | Date | null }

export type Answer = { readonly rows: Row[]; readonly count: number }

/** Runs a statement with parameters. What it makes for itself (a temporary table) goes with it. */
export const runSql = (
  connection: Connection,
  text: string,
  parameters: readonly Parameter[],
): Promise<Answer> => run(connection, text, parameters, 'sql')

/** Runs a batch without parameters, whose temporary tables stay. */
export const runBatch = (connection: Connection, text: string): Promise<Answer> =>
  run(connection, text, [], 'batch')

function run(
  connection: Connection,
  text: string,
  parameters: readonly Parameter[],
  how: 'sql' | 'batch',
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const rows: Row[] = []
  const request = new Request(text, (error, count) =>
    error ? reject(error) : resolve({ rows, count: count ?? 0 }),
  )
  parameters.forEach(({ carrier, value }, at) => {
    request.addParameter(String(at + 1), carrier.type, value, carrier.options)
  })
  request.on('row', (columns: readonly ReadColumn[]) => {
    const row: Row = {}
    for (const { value, metadata } of columns) row[metadata.colName] = readValue(value, metadata.type.name)
    rows.push(row)
  })
  if (how === 'sql') connection.execSql(request)
  else connection.execSqlBatch(request)
  return promise
}

type ReadColumn = {
  readonly value: unknown
  readonly metadata: { readonly colName: string; readonly type: { readonly name: string } }
}

/** A driver's call that answers through a callback. */
export function called(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  start((error) => (error ? reject(error) : resolve()))
  return promise
}
