import { connect } from 'node:net'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import { readServer, type TargetOf } from '../../model/halo-target.ts'
import type { NetworkSettings } from '../../model/network.ts'
import type { HaloStepId, newHaloLadder, SeenCertificate } from '../ladder.ts'
import { schemaOf } from '../ladder.ts'
import type { SqlDialect } from './dialect.ts'
import { type LiveSchema, readLiveSchema } from './live.ts'
import { sqlHalo } from './open.ts'
import { liveName, readRows } from './statements.ts'
import { tableNames, writtenTables } from './tables/all.ts'

type Ladder = ReturnType<typeof newHaloLadder>
type Target = TargetOf<'mssql'> | TargetOf<'postgres'>
type SqlMeans = { readonly secret: string | null; readonly network: NetworkSettings }

/** The way into Halo's database, from the address to one real client. Nothing is written. */
export async function climbSql(ladder: Ladder, target: Target, means: SqlMeans): Promise<void> {
  const place = await ladder.step('halo', async () => addressOf(target))
  if (!place) return
  const port = target.kind === 'mssql' ? await ladder.step('halo-instance', () => portOf(target)) : place.port
  if (port === null) return
  if (!(await ladder.step('halo-network', () => reach(place.host, port)))) return
  const dialect = await logIn(ladder, target, means)
  if (!dialect) return
  try {
    const schema = await ladder.step('halo-rights', () => rightsOf(dialect))
    if (!schema) return
    if (!(await ladder.step('schema', () => schemaOf(sqlHalo(dialect, schema))))) return
    await ladder.step('halo-record', () => oneClient(dialect, schema))
  } finally {
    await dialect.close()
  }
}

type Found<T> = Result<{ readonly value: T; readonly found: string }>

function addressOf(target: Target): Found<{ readonly host: string; readonly port: number }> {
  if (target.kind === 'postgres') {
    const { host, port } = target
    return ok({ value: { host, port }, found: `${host}, port ${port}` })
  }
  const place = readServer(target.server)
  if (!place)
    return fail(fault('input-invalid', { facts: { field: 'server', problem: 'not a server address' } }))
  const instance = place.instance ? `, instance ${place.instance}` : ''
  return ok({ value: { host: place.host, port: place.port ?? 1433 }, found: `${place.host}${instance}` })
}

async function portOf({ server }: TargetOf<'mssql'>): Promise<Found<number>> {
  const place = readServer(server)
  if (!place?.instance) {
    const port = place?.port ?? 1433
    return ok({ value: port, found: place?.port ? `port ${port}` : `the default instance, port ${port}` })
  }
  const { findInstance } = await import('./dialects/mssql/browser.ts')
  const port = await findInstance(place.host, place.instance)
  return port.ok ? ok({ value: port.value, found: `${place.instance} listens on port ${port.value}` }) : port
}

/** Whether anybody listens. */
function reach(host: string, port: number): Promise<Found<true>> {
  const { promise, resolve } = Promise.withResolvers<Found<true>>()
  const socket = connect({ host, port, timeout: 10_000 })
  const lost = (raw: string): void =>
    resolve(fail(fault('halo-unreachable', { facts: { host: `${host}:${port}` }, raw })))
  socket.once('connect', () =>
    resolve(ok({ value: true, found: `connected to ${socket.remoteAddress}:${port}` })),
  )
  socket.once('timeout', () => lost('No answer within 10 seconds.'))
  socket.once('error', (error) => lost(error.message))
  return promise.finally(() => socket.destroy())
}

/** Certificate, login and database come out of one attempt: a refusal says which of them it was. */
async function logIn(ladder: Ladder, target: Target, means: SqlMeans): Promise<SqlDialect | null> {
  const { secret } = means
  let seen: SeenCertificate | null = null
  const opened: Result<SqlDialect> | null =
    secret === null
      ? null
      : await openDialect(target, secret, means.network, (certificate) => {
          seen = certificate
        })
  const trouble = opened === null ? fault('halo-secret-missing') : opened.ok ? null : opened.fault
  const failedAt = trouble ? stepOf(trouble, seen !== null) : null
  const steps = [
    ['halo-certificate', certificateFound(target, seen)],
    ['halo-login', target.kind === 'mssql' ? loginName(target) : target.user],
    ['halo-database', target.database],
  ] as const satisfies readonly (readonly [HaloStepId, string])[]
  for (const [step, found] of steps) {
    const isFailed = step === failedAt
    const shown = step === 'halo-certificate' && seen ? { certificate: seen } : {}
    ladder.rungs.push({
      step,
      found: isFailed ? '' : found,
      fault: isFailed ? trouble : null,
      ...shown,
      durationMs: 0,
    })
    if (isFailed) return null
  }
  return opened?.ok ? opened.value : null
}

function stepOf(trouble: Fault, hasSeen: boolean): HaloStepId {
  if (trouble.code === 'halo-certificate') return 'halo-certificate'
  if (trouble.code === 'halo-database-missing') return 'halo-database'
  const isLogin = trouble.code === 'halo-login' || trouble.code === 'halo-secret-missing'
  // A line that went dead before the server had shown anything.
  return isLogin || hasSeen ? 'halo-login' : 'halo-certificate'
}

const loginName = ({ login }: TargetOf<'mssql'>): string =>
  login.kind === 'ntlm' ? `${login.domain}\\${login.user}` : login.user

function certificateFound(target: Target, seen: SeenCertificate | null): string {
  const rule = target.kind === 'mssql' ? target.certificate.kind : target.tls.kind
  if (rule === 'off') return 'not encrypted'
  const shown = seen ? `signed by ${seen.issuer}, fingerprint ${seen.fingerprint}` : 'not asked yet'
  return rule === 'any' ? `not checked: ${shown}` : shown
}

async function openDialect(
  target: Target,
  password: string,
  network: NetworkSettings,
  onCertificate: (seen: SeenCertificate) => void,
): Promise<Result<SqlDialect>> {
  const plan = { password, network, onCertificate }
  if (target.kind === 'mssql') {
    const { openMssqlDialect } = await import('./dialects/mssql.ts')
    return openMssqlDialect({ target, ...plan })
  }
  const { openPostgresDialect } = await import('./dialects/postgres.ts')
  return openPostgresDialect({ target, ...plan })
}

/** What a table needs: reading all that are known, changing those that are written, removing lines. */
const needs = (id: (typeof tableNames)[number]): readonly string[] => {
  if (!writtenTables.some((one) => one === id)) return ['SELECT']
  const removes = id === 'quoteLine' || id === 'orderLine'
  return removes ? ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] : ['SELECT', 'INSERT', 'UPDATE']
}

function rightsOf(dialect: SqlDialect): Promise<Found<LiveSchema>> {
  return dialect.transaction('read', async (session) => {
    const schema = await readLiveSchema(dialect, session)
    const present = tableNames.filter((id) => schema.tables[id].columns.size > 0)
    const tables = writtenTables.map((id) => schema.tables[id].spec.name).join(', ')
    if (present.length === 0) return fail(fault('halo-schema', { facts: { tables } }))
    const denied = await dialect.denied(
      session,
      present.map((id) => schema.tables[id].live),
    )
    const lacking = present.flatMap((id) => {
      const { live } = schema.tables[id]
      const missing = denied.filter(({ table, right }) => table === live && needs(id).includes(right))
      return missing.length > 0 ? [`${live}: ${missing.map(({ right }) => right).join(', ')}`] : []
    })
    if (lacking.length > 0) return fail(fault('halo-rights', { facts: { table: lacking.join('; ') } }))
    return ok({ value: schema, found: `may read and write, ${present.length} tables` })
  })
}

/** The newest client, as proof that reading works. */
function oneClient(dialect: SqlDialect, schema: LiveSchema): Promise<Found<null>> {
  const { area } = schema.tables
  const { statements } = dialect
  return dialect.transaction('read', async (session) => {
    const key = liveName(area, area.spec.key)
    const sql = statements.kept('newest client', (build) =>
      build
        .selectFrom(area.live)
        .select((by) => by.fn.max(key).as('newest'))
        .compile(),
    )
    const [newest] = await session.all(sql, [])
    const id = Number(newest?.newest ?? 0)
    const [row] = await readRows(session, statements, area, ['Aarea', 'aareadesc'], 'Aarea', [id])
    const found = row ? `client ${id}, ${String(row.aareadesc ?? '')}` : 'Halo has no clients yet'
    return ok({ value: null, found })
  })
}
