import { fail, fault, ok, type Result } from '../../model/fault.ts'
import type { Clock } from '../../model/ports.ts'
import type { Destination, WriteOptions, WriteOutcome } from '../destination.ts'
import { togetherOrApart, withFreshLengths, writeBatch } from './batch.ts'
import { readClientFields } from './client-fields.ts'
import { noOverlay, type Overlay } from './context.ts'
import type { SqlDialect, SqlSession } from './dialect.ts'
import { openSqliteDialect } from './dialects/sqlite.ts'
import { keyFinder, walkNames } from './find.ts'
import { sqlGroups } from './groups.ts'
import { type LiveSchema, readLiveSchema } from './live.ts'
import { sqlMadeOrders } from './made-orders.ts'
import { linkClients, readUnlinkedClients, unlinkClients } from './matches.ts'
import { findOrMakeOwner } from './owner.ts'
import { obstacleTo, reportOf } from './probe.ts'
import { sqlQuoteActions } from './quote-actions.ts'
import { readChoices, readRecord } from './read.ts'
import { seed } from './seed.ts'
import { writtenTables } from './tables/all.ts'
import { readConnections } from './take-over.ts'
import { sqlUndo } from './undo.ts'

type SqliteHaloOptions = {
  readonly file: string
  readonly clock: Clock
  /** How long another program's write is waited for, in milliseconds. Default 5,000. */
  readonly waitMs?: number
}

/**
 * The embedded Halo: a SQLite file with Halo's own tables, made when the file is absent or empty, else used as it is.
 * Faults: halo-unreachable, halo-damaged, halo-rights, halo-locked, halo-full.
 */
export async function openSqliteHalo(options: SqliteHaloOptions): Promise<Result<Destination>> {
  const { file, clock, waitMs = 5000 } = options
  const opened = openSqliteDialect({ file, clock, waitMs })
  if (!opened.ok) return opened
  const { dialect, isEmpty } = opened.value
  const schema = await dialect.transaction(isEmpty ? 'write' : 'read', async (session) => {
    const isNew = isEmpty && dialect.createWhenEmpty()
    const live = await readLiveSchema(dialect, session)
    if (isNew) await seed(session, live)
    return ok(live)
  })
  if (schema.ok) return ok(sqlHalo(dialect, schema.value))
  await dialect.close()
  return schema
}

/**
 * Halo in a database server's hands. Its tables are used as they are. Faults: those of the first connection, and halo-schema when none of Halo's
 * tables is there.
 */
export async function openServerHalo(opened: Result<SqlDialect>): Promise<Result<Destination>> {
  if (!opened.ok) return opened
  const dialect = opened.value
  const schema = await dialect.transaction('read', async (session) => {
    const live = await readLiveSchema(dialect, session)
    const isHalo = writtenTables.some((id) => live.tables[id].columns.size > 0)
    if (isHalo) return ok(live)
    const tables = writtenTables.map((id) => live.tables[id].spec.name).join(', ')
    return fail(fault('halo-schema', { facts: { tables } }))
  })
  if (schema.ok) return ok(sqlHalo(dialect, schema.value))
  await dialect.close()
  return schema
}

/** A destination over any dialect: each call is one transaction. */
export function sqlHalo(dialect: SqlDialect, firstSchema: LiveSchema): Destination {
  const { statements } = dialect
  let schema = firstSchema
  let overlay: Overlay = noOverlay()
  const finder = keyFinder()
  return {
    probe: async () => {
      const read = await readAgain()
      return read.ok ? ok(reportOf(schema, dialect)) : read
    },
    owner: (instanceUrl, mode = 'write') =>
      dialect.transaction(mode === 'write' ? 'write' : 'read', async (session) => {
        const obstacle = obstacleTo(schema, 'owner')
        return obstacle ? fail(obstacle) : findOrMakeOwner({ session, statements, schema }, instanceUrl, mode)
      }),
    write: (entity, batch, options) => {
      const write = (part: typeof batch) =>
        dialect.transaction(options.mode === 'write' ? 'write' : 'read', async (session) => {
          const obstacle = obstacleTo(schema, entity)
          if (obstacle) return fail(obstacle)
          if (options.mode === 'write') overlay = noOverlay()
          const written = await writeBatch(contextOf(session, options), entity, part)
          if (written.ok && options.mode === 'write') finder.changed(entity, updatedIn(written.value))
          return written
        })
      return withFreshLengths(batch, (part) => togetherOrApart(part, write), readAgain)
    },
    read: (entity, owner, haloId) =>
      dialect.transaction('read', (session) =>
        readRecord({ session, statements, schema }, entity, owner, haloId),
      ),
    choices: (kind) =>
      dialect.transaction('read', (session) => readChoices({ session, statements, schema }, kind)),
    unlinkedClients: ({ haloTenantId }) =>
      dialect.transaction('read', async (session) =>
        ok(await readUnlinkedClients({ session, statements, schema, tenant: haloTenantId })),
      ),
    linkCustomers: ({ haloTenantId }, links) =>
      dialect.transaction('write', async (session) => {
        const obstacle = obstacleTo(schema, 'customers')
        if (obstacle) return fail(obstacle)
        return linkClients({ session, statements, schema, tenant: haloTenantId }, links)
      }),
    unlinkCustomers: ({ haloTenantId }, links) =>
      dialect.transaction('write', (session) =>
        unlinkClients({ session, statements, schema, tenant: haloTenantId }, links),
      ),
    groups: sqlGroups(dialect, () => schema),
    quoteActions: sqlQuoteActions(dialect, () => schema),
    madeOrders: sqlMadeOrders(dialect, () => schema),
    sheets: {
      find: (entity, by, values) =>
        dialect.transaction('read', (session) =>
          finder.find({ session, statements, schema }, entity, by, values),
        ),
      names: (entity, by, onNames) =>
        dialect.transaction('read', (session) =>
          walkNames({ session, statements, schema }, entity, by, onNames),
        ),
      undo: sqlUndo(dialect, () => schema),
    },
    clientFields: () =>
      dialect.transaction('read', (session) => readClientFields({ session, statements, schema })),
    takeOver: (categoryIds) =>
      dialect.transaction('read', (session) => readConnections({ session, statements, schema }, categoryIds)),
    close: () => dialect.close(),
  }

  function readAgain(): Promise<Result<null>> {
    return dialect.transaction('read', async (session) => {
      schema = await readLiveSchema(dialect, session)
      return ok(null)
    })
  }

  function contextOf(session: SqlSession, options: WriteOptions) {
    const tenant = options.owner.haloTenantId
    const preview = options.mode === 'preview' ? overlay : null
    return { session, statements, schema, options, tenant, overlay: preview }
  }
}

const updatedIn = (outcomes: readonly WriteOutcome[]): number[] =>
  outcomes.flatMap(({ kind, haloId }) => (kind === 'updated' && haloId !== null ? [haloId] : []))
