import { ok, type Result } from '../../model/fault.ts'
import type { HaloClientField, HaloFieldType } from '../../model/halo-fields.ts'
import type { LiveColumn, Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { type Statements, selectAll } from './statements.ts'

type Reader = { readonly session: SqlSession; readonly statements: Statements; readonly schema: LiveSchema }

/** FIELDINFO.FIusage of clients, as the API's `typeid` has it (apis.md §2.4). */
const ofClients = 2

/**
 * The custom fields of Halo's clients: AREA's own CF columns say which there are and what they hold, FIELDINFO what people call them and
 * whether they are mandatory. FIELDINFO lists the fields of tickets and sites too: one that says it is another's does not count.
 */
export async function readClientFields({
  session,
  statements,
  schema,
}: Reader): Promise<Result<HaloClientField[]>> {
  const { area, field } = schema.tables
  const columns = ['FIName', 'FILabel', 'FIusage', 'fimandatory']
  const rows = field.columns.has('FIName') ? await selectAll(session, statements, field, columns) : []
  const known = Map.groupBy(rows, (row) => plainName(String(row.FIName ?? '')))
  const fields = [...area.columns.values()]
    .filter(({ name }) => /^CF./i.test(name))
    .map((column) => clientField(column, pick(known.get(plainName(column.live)) ?? [])))
  return ok(fields)
}

/** FIELDINFO names a field with its CF or without. */
const plainName = (name: string): string => name.trim().toLowerCase().replace(/^cf/, '')

function pick(rows: readonly Row[]): Row | null {
  const own = rows.find((row) => row.FIusage === ofClients)
  return own ?? rows.find((row) => Number(row.FIusage ?? 0) === 0) ?? null
}

function clientField(column: LiveColumn, info: Row | null): HaloClientField {
  const label = String(info?.FILabel ?? '').trim()
  return {
    column: column.live,
    label: label || column.live,
    type: typeOf(column),
    maxLength: column.type.kind === 'text' ? column.type.limit : null,
    isMandatory: Number(info?.fimandatory ?? 0) !== 0,
  }
}

function typeOf({ type }: LiveColumn): HaloFieldType {
  if (type.kind === 'int' || type.kind === 'small' || type.kind === 'big') return 'whole number'
  if (type.kind === 'float' || type.kind === 'decimal') return 'number'
  if (type.kind === 'bit') return 'yes/no'
  if (type.kind === 'date') return 'date'
  return type.kind === 'text' && type.isBounded && type.limit === null ? 'long text' : 'text'
}
