import Database from 'better-sqlite3'
import { openHalo } from '../../../app/halo/open.ts'
import type { TargetOf } from '../../../app/model/halo-target.ts'
import { startTds, type TdsOptions, type TdsServer } from '../../tds/server.ts'
import { type StubOptions, sqlServerStub } from '../../tds/sql-server.ts'
import { good, type HaloWorld } from './conformance.ts'
import { sqlWorld, type Tables } from './sql-world.ts'
import { clock, haloFolder, sqliteTables } from './sqlite-world.ts'

export const password = 'a password, with 🔑 and Ünïcode'

export type StubWorld = {
  readonly server: TdsServer
  readonly stub: StubOptions
  readonly target: TargetOf<'mssql'>
  /** A connection of a test's own to the tables behind the stub. */
  readonly sql: Database.Database
  readonly close: () => Promise<void>
}

/** A stub of SQL Server before a file with Halo's tables. */
export async function stubServer(options: TdsOptions = {}): Promise<StubWorld> {
  const { file, remove } = haloFolder()
  const made = good(await openHalo({ kind: 'sqlite', file }, { clock }))
  await made.close()
  const stub: StubOptions = {
    file,
    login: { user: 'integrator', password, databases: ['Halo'] },
    heard: [],
    mishap: () => null,
  }
  const open: { close(): void }[] = []
  const server = await startTds(() => {
    const backend = sqlServerStub(stub)
    open.push(backend)
    return backend
  }, options)
  const sql = new Database(file)
  return {
    ...{ server, stub, sql },
    target: {
      ...{ kind: 'mssql', server: `127.0.0.1,${server.port}`, database: 'Halo' },
      login: { kind: 'sql', user: 'integrator' },
      certificate: { kind: 'pinned', fingerprint: server.certificate.fingerprint },
    },
    close: async () => {
      await server.stop()
      for (const backend of open) backend.close()
      sql.close()
      remove()
    },
  }
}

/** The same as a world of the conformance suite. */
export async function stubWorld(
  hear: (statement: string) => void,
): Promise<HaloWorld & { readonly tables: Tables }> {
  const { target, sql, close, stub } = await stubServer()
  const again = async () => good(await openHalo(target, { clock, secret: password }))
  const halo = await again()
  const tables = sqliteTables(sql)
  const world = sqlWorld({
    ...{ halo, again, tables },
    close: async () => {
      await halo.close()
      await close()
      stub.heard.forEach(hear)
    },
  })
  return { ...world, tables }
}
