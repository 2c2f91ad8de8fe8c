import { ConnectionError, InputError, RequestError } from 'tedious'
import { type Fault, type FaultCode, fault } from '../../../../model/fault.ts'
import { Trouble } from '../trouble.ts'

/** Error numbers (learn.microsoft.com, Database Engine events and errors). */
const codes: ReadonlyMap<number, FaultCode> = new Map([
  ...of(
    'halo-login',
    18452,
    18456,
    18461,
    18463,
    18464,
    18465,
    18466,
    18467,
    18468,
    18470,
    18486,
    18487,
    18488,
  ),
  ...of('halo-database-missing', 911, 916, 4060, 4063, 4064),
  ...of('halo-rights', 229, 230, 262, 300, 3906, 15247),
  ...of('halo-column-missing', 207),
  ...of('halo-schema', 208),
  ...of('halo-value-too-long', 2628, 8152),
  ...of('halo-field-mandatory', 515),
  ...of('halo-reference-missing', 547),
  ...of('halo-value-refused', 220, 232, 241, 242, 244, 245, 248, 295, 2601, 2627, 8114, 8115, 8134),
  ...of('halo-deadlock', 1205, 3960, 3961),
  ...of('halo-locked', 1222),
  ...of('halo-log-full', 9002),
  ...of('halo-full', 1101, 1105, 3257),
  ...of('halo-busy', 701, 802, 8645, 8651, 10928, 10929, 17803, 17809, 40501, 49918, 49919, 49920),
  ...of(
    'halo-unreachable',
    64,
    233,
    596,
    922,
    927,
    983,
    6005,
    10053,
    10054,
    10060,
    17142,
    18401,
    40197,
    40613,
  ),
  ...of('halo-damaged', 605, 823, 824, 825),
])

function of(code: FaultCode, ...numbers: number[]): [number, FaultCode][] {
  return numbers.map((number) => [number, code])
}

export type MssqlPlace = {
  readonly host: string
  readonly database: string
  readonly user: string
}

/** What an error of tedious means; null when it is none of its own. */
export function mssqlFault(error: unknown, place: MssqlPlace): Fault | null {
  if (error instanceof Trouble) return error.fault
  if (error instanceof AggregateError) return aggregateFault(error, place)
  if (error instanceof RequestError) return requestFault(error, place)
  if (error instanceof ConnectionError) return connectionFault(error, place)
  // A value that the driver's own type does not take.
  if (error instanceof InputError || (error instanceof Error && error.cause instanceof InputError))
    return fault('halo-value-refused', { raw: error.message.slice(0, 500) })
  // A line that goes dead under a request is told in Node's own words.
  if (error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code)))
    return fault('halo-unreachable', { facts: { host: place.host }, raw: error.message.slice(0, 500) })
  return null
}

/** Several errors of one statement: the first that is known says most. */
function aggregateFault(error: AggregateError, place: MssqlPlace): Fault | null {
  const faults = error.errors.flatMap((one: unknown) => mssqlFault(one, place) ?? [])
  return faults.find(({ code }) => code !== 'halo-error') ?? faults[0] ?? null
}

function requestFault(error: RequestError, place: MssqlPlace): Fault {
  const raw = error.message.slice(0, 500)
  if (error.number !== undefined) return serverFault(error.number, raw, place)
  if (error.code === 'ETIMEOUT') return fault('halo-locked', { raw })
  return fault('halo-unreachable', { facts: { host: place.host }, raw })
}

/** A server's error by its number, with the table, column and length that its words name. */
export function serverFault(number: number, raw: string, { host, database, user }: MssqlPlace): Fault {
  const known = codes.get(number) ?? 'halo-error'
  const code = number === 547 && !raw.includes('FOREIGN KEY') ? 'halo-value-refused' : known
  const facts: Record<string, string | number> = { ...placeFacts(raw), code: `SQL Server ${number}` }
  if (code === 'halo-login' || code === 'halo-rights' || code === 'halo-database-missing') facts.user = user
  if (code === 'halo-database-missing' || code === 'halo-log-full') facts.name = database
  if (code === 'halo-unreachable' || code === 'halo-busy') facts.host = host
  // A value that is missing in one record is that record's trouble.
  return fault(code, { facts, raw, ...(code === 'halo-field-mandatory' ? { next: 'stop' } : {}) })
}

function placeFacts(raw: string): Record<string, string> {
  const table = /(?:table|object|object name) [\s(]*['"](?:[^'".]+\.){0,2}([^'".]+)['"]/i.exec(raw)?.[1]
  const column = /column(?: name)? '([^']+)'/i.exec(raw)?.[1]
  const place = table && column ? `${table}.${column}` : column
  return { ...(table ? { table } : {}), ...(place ? { column: place } : {}) }
}

function connectionFault(error: ConnectionError, { host, user }: MssqlPlace): Fault {
  const raw = error.message.slice(0, 500)
  if (error.code === 'EENCRYPT')
    return fault('halo-certificate', { facts: { host, reason: 'the server does not encrypt' }, raw })
  if (error.code === 'ELOGIN') return fault('halo-login', { facts: { user }, raw })
  return fault('halo-unreachable', { facts: { host }, raw })
}
