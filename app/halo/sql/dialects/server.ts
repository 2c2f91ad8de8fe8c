import { setTimeout as pause } from 'node:timers/promises'
import { Pool, TimeoutError } from 'tarn'
import { type Fault, type FaultCode, fail, fault, type Result } from '../../../model/fault.ts'
import type { SqlDialect, SqlSession, TableFacts } from '../dialect.ts'
import { type ColumnSpec, isOwnKey, type TableSpec } from '../schema.ts'

/** What a database server's driver has to offer for transactions; everything may throw the driver's errors. */
export type Server<C> = {
  connect(): Promise<C>
  disconnect(connection: C): Promise<void>
  /** False for one that was lost while it lay in the pool. */
  isUsable(connection: C): boolean
  begin(connection: C, mode: 'read' | 'write'): Promise<void>
  commit(connection: C): Promise<void>
  rollback(connection: C): Promise<void>
  session(connection: C): SqlSession
  faultOf(error: unknown): Fault | null
}

/** Heals by itself within seconds: the same work, done again from its beginning, may succeed. */
const passing: ReadonlySet<FaultCode> = new Set(['halo-deadlock', 'halo-unreachable', 'halo-busy'])
const waitsMs = [100, 400, 1600]

/**
 * Transactions over a small pool. Work that met a deadlock, a serialisation conflict or a lost connection is done again from its beginning, three
 * times at most: it reads Halo anew, so that what an uncertain commit has written is found and not written twice.
 */
export function serverTransactions<C>(
  server: Server<C>,
  sleep: (ms: number) => Promise<unknown> = pause,
): Pick<SqlDialect, 'transaction' | 'close'> {
  // One works, one is for a question that a screen asks meanwhile.
  const pool = new Pool<C>({
    create: () => server.connect(),
    destroy: (connection) => server.disconnect(connection),
    validate: (connection) => server.isUsable(connection),
    propagateCreateError: true,
    ...{ min: 0, max: 2, idleTimeoutMillis: 30_000, acquireTimeoutMillis: 60_000 },
  })
  const transaction: SqlDialect['transaction'] = async (mode, work) => {
    for (let attempt = 0; ; attempt++) {
      const result = await once(server, pool, mode, work)
      const waitMs = waitsMs[attempt]
      if (result.ok || waitMs === undefined || !passing.has(result.fault.code)) return result
      // Two that met must not meet again.
      await sleep(waitMs * (0.5 + Math.random()))
    }
  }
  return {
    transaction,
    close: async () => {
      await pool.destroy()
    },
  }
}

async function once<C, T>(
  server: Server<C>,
  pool: Pool<C>,
  mode: 'read' | 'write',
  work: (session: SqlSession) => Promise<Result<T>>,
): Promise<Result<T>> {
  let connection: C | null = null
  try {
    connection = await pool.acquire().promise
    await server.begin(connection, mode)
    const result = await work(server.session(connection))
    if (result.ok && mode === 'write') await server.commit(connection)
    else await server.rollback(connection)
    return result
  } catch (error) {
    if (connection !== null) await undo(server, connection)
    if (error instanceof TimeoutError) return fail(fault('halo-busy', { raw: error.message }))
    const trouble = server.faultOf(error)
    if (trouble) return fail(trouble)
    throw error
  } finally {
    if (connection !== null) pool.release(connection)
  }
}

/** A connection that cannot roll back is closed: the server then does it, and the pool makes another. */
async function undo<C>(server: Server<C>, connection: C): Promise<void> {
  try {
    await server.rollback(connection)
  } catch {
    await server.disconnect(connection)
  }
}

/** The description of a table that was just made from its specification. */
export function temporaryFacts(
  spec: TableSpec,
  isIdentity: boolean,
  declared: (column: ColumnSpec) => string,
): TableFacts {
  const columns = spec.columns.map((column) => ({
    name: column.name,
    declared: declared(column),
    isNotNull: column.isNotNull,
    hasDefault: column.default !== null,
    isIdentity: isIdentity && isOwnKey(spec, column),
  }))
  return { name: spec.name, columns }
}
