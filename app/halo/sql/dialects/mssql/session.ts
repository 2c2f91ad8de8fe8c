import type { Connection } from 'tedious'
import { type Fault, fail, fault, type Result } from '../../../../model/fault.ts'
import type { LiveTable, Row, SqlSession, Value } from '../../dialect.ts'
import { Trouble } from '../trouble.ts'
import { called, type Parameter, runBatch, runSql } from './request.ts'
import * as sql from './statements.ts'
import { type Carrier, carrierOf, carrierOfValue } from './values.ts'

/** So many rows go as parameters, where staging them would cost more round trips than it saves. */
const few = 8
/** SQL Server takes 2,100 parameters; lists of keys are cut well below. */
const mostKeys = 500

type Rows = readonly (readonly Value[])[]

/** A transaction on one connection. */
export function mssqlSession(connection: Connection, faultOf: (error: unknown) => Fault | null): SqlSession {
  /** Runs a statement over rows, from parameters or from the stage. */
  const over = async (
    table: LiveTable,
    columns: readonly string[],
    rows: Rows,
    write: (source: sql.Source) => string,
  ): Promise<Row[]> => {
    const carriers = columns.map((name) => carrierFor(table, name))
    if (rows.length <= few) {
      const text = write(sql.valuesSource(columns.length, rows.length))
      return (await runSql(connection, text, parametersOf(carriers, rows))).rows
    }
    await fillStage(connection, table, columns, carriers, rows)
    return (await runBatch(connection, `${write(sql.stageSource)}; DROP TABLE ${sql.stage}`)).rows
  }
  return {
    all: async (text, values) => {
      const parameters = values.map((value) => {
        const carrier = carrierOfValue(value)
        return { carrier, value: carrier.carry(value) }
      })
      return (await runSql(connection, text, parameters)).rows
    },
    exec: async (text) => {
      await runBatch(connection, text)
    },
    insert: async (table, columns, rows) => {
      if (rows.length === 0) return []
      if (table.isIdentity) {
        const made = await over(table, columns, rows, (source) => sql.insertIdentity(table, columns, source))
        return made.map((row) => Number(row.key))
      }
      const [row] = await over(table, columns, rows, (source) => sql.insertAllocated(table, columns, source))
      if (Number(row?.count) !== rows.length) throw new Trouble(keyTaken(table))
      return []
    },
    update: async (table, columns, rows) => {
      if (rows.length === 0) return
      const all = [...columns, table.spec.key]
      await over(table, all, rows, (source) => sql.update(table, columns, source))
    },
    remove: async (table, keys) => {
      const carrier = carrierFor(table, table.spec.key)
      for (let at = 0; at < keys.length; at += mostKeys) {
        const part = keys.slice(at, at + mostKeys)
        const parameters = part.map((key) => ({ carrier, value: carrier.carry(key) }))
        await runSql(connection, sql.remove(table, part.length), parameters)
      }
    },
    nextKey: async (table) => {
      const { rows } = await runSql(connection, sql.nextKey(table), [])
      return Math.max(1, Number(rows[0]?.key))
    },
    attempt: (work) => attempt(connection, faultOf, work),
  }
}

/** Somebody who does not wait for locks took the key: the whole work is done again. */
const keyTaken = (table: LiveTable): Fault =>
  fault('halo-deadlock', { raw: `A key of ${table.spec.name} was taken by another program.` })

const carrierFor = (table: LiveTable, name: string): Carrier => {
  const column = table.columns.get(name)
  return column ? carrierOf(column) : carrierOfValue(null)
}

const parametersOf = (carriers: readonly Carrier[], rows: Rows): Parameter[] =>
  rows.flatMap((row) => carriers.map((carrier, at) => ({ carrier, value: carrier.carry(row[at] ?? null) })))

/** Bulk-loads rows into the staged table, with each row's number as the last column. */
async function fillStage(
  connection: Connection,
  table: LiveTable,
  columns: readonly string[],
  carriers: readonly Carrier[],
  rows: Rows,
): Promise<void> {
  await runBatch(connection, sql.createStage(table, columns))
  await called((done) => {
    const load = connection.newBulkLoad(sql.stage, { keepNulls: true }, done)
    carriers.forEach(({ type, options }, at) => {
      load.addColumn(`c${at}`, type, { ...options, nullable: true })
    })
    const number = carrierOfValue(0)
    load.addColumn('n', number.type, { nullable: false })
    connection.execBulkLoad(
      load,
      rows.map((row, n) => [...carriers.map((carrier, at) => carrier.carry(row[at] ?? null)), n]),
    )
  })
}

/** A savepoint. Some refusals end the whole transaction all the same: then there is nothing to go back to, and it ends with their fault. */
async function attempt<T>(
  connection: Connection,
  faultOf: (error: unknown) => Fault | null,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  await called((done) => connection.saveTransaction(done, 'attempt'))
  const undo = (): Promise<void> => called((done) => connection.rollbackTransaction(done, 'attempt'))
  try {
    const result = await work()
    if (!result.ok) await undo()
    return result
  } catch (error) {
    const trouble = faultOf(error)
    if (!trouble) throw error
    // After a lost connection or a deadlock the server has rolled back already.
    if (trouble.next === 'retry') throw error
    const { rows } = await runSql(connection, sql.transactionState, [])
    if (rows[0]?.state !== 1) throw error
    await undo()
    return fail(trouble)
  }
}
