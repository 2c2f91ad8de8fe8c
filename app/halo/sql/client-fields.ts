import { ok, type Result } from '../../model/fault.ts'
import type { HaloClientField, HaloFieldType } from '../../model/halo-fields.ts'
import type { LiveColumn, Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { readRows, type Statements, selectAll } from './statements.ts'

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
  const { area, field, lookup } = schema.tables
  const columns = ['FIName', 'FILabel', 'FIusage', 'fimandatory', 'FILookup']
  const rows = field.columns.has('FIName') ? await selectAll(session, statements, field, columns) : []
  const known = Map.groupBy(rows, (row) => plainName(String(row.FIName ?? '')))
  const found = [...area.columns.values()]
    .filter(({ name }) => /^CF./i.test(name))
    .map((column) => ({ column, info: pick(known.get(plainName(column.live)) ?? []) }))
  const ids = [...new Set(found.map(({ info }) => Number(info?.FILookup ?? 0)).filter((id) => id > 0))]
  const entries =
    ids.length === 0 ? [] : await readRows(session, statements, lookup, entryColumns, 'fid', ids)
  const lists = Map.groupBy(
    entries.filter((row) => Number(row.finactive ?? 0) === 0),
    (row) => Number(row.fid),
  )
  return ok(found.map(({ column, info }) => clientField(column, info, lists)))
}

/** FIELDINFO names a field with its CF or without. */
const plainName = (name: string): string => name.trim().toLowerCase().replace(/^cf/, '')

function pick(rows: readonly Row[]): Row | null {
  const own = rows.find((row) => row.FIusage === ofClients)
  return own ?? rows.find((row) => Number(row.FIusage ?? 0) === 0) ?? null
}

const entryColumns = ['fid', 'fcode', 'fvalue', 'finactive']

/** `lists`: the entries of LOOKUP by its list. A column of whole numbers keeps an entry's code, one of text its name (not documented). */
function clientField(
  column: LiveColumn,
  info: Row | null,
  lists: ReadonlyMap<number, readonly Row[]>,
): HaloClientField {
  const label = String(info?.FILabel ?? '').trim()
  const entries = lists.get(Number(info?.FILookup ?? 0)) ?? []
  const values = entries.map((row) => ({ id: Number(row.fcode), name: String(row.fvalue ?? '').trim() }))
  const keeps = typeOf(column) === 'whole number' ? 'id' : 'word'
  return {
    column: column.live,
    label: label || column.live,
    type: typeOf(column),
    maxLength: column.type.kind === 'text' ? column.type.limit : null,
    isMandatory: Number(info?.fimandatory ?? 0) !== 0,
    ...(values.length > 0 && { list: { keeps, values } }),
  }
}

function typeOf({ type }: LiveColumn): HaloFieldType {
  if (type.kind === 'int' || type.kind === 'small' || type.kind === 'big') return 'whole number'
  if (type.kind === 'float' || type.kind === 'decimal') return 'number'
  if (type.kind === 'bit') return 'yes/no'
  if (type.kind === 'date') return 'date'
  return type.kind === 'text' && type.isBounded && type.limit === null ? 'long text' : 'text'
}
