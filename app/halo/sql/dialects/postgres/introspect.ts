import type { Denied, Row, SqlSession, TableFacts } from '../../dialect.ts'
import { arrayText } from './values.ts'

/** The first table of each name along the search path, upper and lower case alike. */
const text = `select n.nspname as schema, c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as declared,
  a.attnotnull as "isNotNull", (a.atthasdef or a.attidentity <> '') as "hasDefault",
  (a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid), '') like 'nextval(%') as "isIdentity"
from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind in ('r', 'p') and n.nspname = any(current_schemas(false)) and lower(c.relname) = any($1::text[])
order by array_position(current_schemas(false), n.nspname), c.relname, a.attnum`

/** Reads PostgreSQL's own catalogue: the information schema hides what the login may not read. */
export async function introspectPostgres(
  session: SqlSession,
  tables: readonly string[],
): Promise<readonly TableFacts[]> {
  const rows = await session.all(text, [arrayText(tables.map((name) => name.toLowerCase()))])
  const places = new Map<string, string>()
  const found = new Map<string, { name: string; columns: TableFacts['columns'][number][] }>()
  for (const row of rows) {
    const name = String(row.table)
    const key = name.toLowerCase()
    const place = `${String(row.schema)}.${name}`
    if (!places.has(key)) places.set(key, place)
    if (places.get(key) !== place) continue
    const table = found.get(key) ?? { name, columns: [] }
    found.set(key, table)
    table.columns.push(columnFacts(row))
  }
  return [...found.values()]
}

const columnFacts = (row: Row): TableFacts['columns'][number] => ({
  name: String(row.column),
  declared: String(row.declared),
  isNotNull: row.isNotNull === 1,
  hasDefault: row.hasDefault === 1,
  isIdentity: row.isIdentity === 1,
})

const rightsText = `select t.name as "table", r.name as "right" from unnest($1::text[]) as t(name)
  cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) as r(name)
where not has_table_privilege(quote_ident(t.name), r.name)`

export async function deniedPostgres(
  session: SqlSession,
  tables: readonly string[],
): Promise<readonly Denied[]> {
  const rows = await session.all(rightsText, [arrayText(tables)])
  return rows.map((row) => ({ table: String(row.table), right: String(row.right) }))
}
