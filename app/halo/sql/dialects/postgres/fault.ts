import pg from 'pg'
import { isCertificateError } from '../../../../http/fault-of.ts'
import { type Fault, type FaultCode, fault } from '../../../../model/fault.ts'
import { Trouble } from '../trouble.ts'

/** SQLSTATEs by prefix, the longer first (postgresql.org/docs/current/errcodes-appendix.html). */
const codes: readonly (readonly [prefix: string, code: FaultCode])[] = [
  ['08', 'halo-unreachable'],
  ['22001', 'halo-value-too-long'],
  ['22', 'halo-value-refused'],
  ['23502', 'halo-field-mandatory'],
  ['23503', 'halo-reference-missing'],
  ['23', 'halo-value-refused'],
  ['25006', 'halo-rights'],
  ['28', 'halo-login'],
  ['3D', 'halo-database-missing'],
  ['40', 'halo-deadlock'],
  ['42501', 'halo-rights'],
  ['42703', 'halo-column-missing'],
  ['42P01', 'halo-schema'],
  ['53100', 'halo-full'],
  ['53', 'halo-busy'],
  ['55P03', 'halo-locked'],
  ['57014', 'halo-locked'],
  ['57P', 'halo-unreachable'],
  ['XX001', 'halo-damaged'],
  ['XX002', 'halo-damaged'],
]

type PostgresPlace = { readonly host: string; readonly database: string; readonly user: string }

/** What an error of `pg` means; null when it is none of its own. */
export function postgresFault(error: unknown, place: PostgresPlace): Fault | null {
  if (error instanceof Trouble) return error.fault
  if (!(error instanceof Error)) return null
  const { host } = place
  const raw = error.message.slice(0, 500)
  if (error instanceof pg.DatabaseError) return serverFault(error, place)
  if (isCertificateError(error)) return fault('halo-certificate', { facts: { host }, raw })
  if (raw === 'The server does not support SSL connections')
    return fault('halo-certificate', { facts: { host, reason: 'the server does not encrypt' }, raw })
  // Node's own errors have a system's code; pg throws plain ones for a connection that went away under it.
  const isSocket = 'syscall' in error || ('code' in error && /^E[A-Z]/.test(String(error.code)))
  const isLost =
    /^(Connection terminated|timeout expired|Client has encountered a connection error|Client was closed)/i
  if (isSocket || isLost.test(raw)) return fault('halo-unreachable', { facts: { host }, raw })
  return null
}

function serverFault(error: pg.DatabaseError, { host, database, user }: PostgresPlace): Fault {
  const state = error.code ?? ''
  const code = codes.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 'halo-error'
  const raw = error.message.slice(0, 500)
  const facts: Record<string, string | number> = { ...placeFacts(error), code: state }
  if (code === 'halo-login' || code === 'halo-rights' || code === 'halo-database-missing') facts.user = user
  if (code === 'halo-unreachable' || code === 'halo-busy') facts.host = host
  if (code === 'halo-database-missing') facts.name = database
  const limit = /character(?: varying)?\((\d+)\)/.exec(raw)?.[1]
  if (code === 'halo-value-too-long' && limit) facts.limit = Number(limit)
  // A value that is missing in one record is that record's trouble.
  return fault(code, { facts, raw, ...(code === 'halo-field-mandatory' ? { next: 'stop' } : {}) })
}

/** Where it happened, from the error's fields or else from its words. */
function placeFacts(error: pg.DatabaseError): Record<string, string> {
  const table = error.table ?? /(?:relation|table) "?([^"\s]+)"?/.exec(error.message)?.[1]
  const column = error.column ?? /column "?([^"\s]+)"?/.exec(error.message)?.[1]
  const place = table && column ? `${table}.${column}` : column
  return { ...(table ? { table } : {}), ...(place ? { column: place } : {}) }
}
