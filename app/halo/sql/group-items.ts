import { type RawBuilder, sql } from 'kysely'
import { readDate } from '../../model/dates.ts'
import { ok, type Result } from '../../model/fault.ts'
import type { HaloBillingPeriod } from '../../model/halo.ts'
import type { HaloItem, ItemList, ItemQuery, ItemSortKey } from '../product-groups.ts'
import type { LiveTable, Row, SqlSession, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { rowKey } from './rows.ts'
import { liveName, readRows, type Statements, selectAll } from './statements.ts'

/** What reading and writing groups needs of one transaction. */
export type GroupPlace = {
  readonly session: SqlSession
  readonly statements: Statements
  readonly schema: LiveSchema
}

const columns = [
  'Iid',
  'idesc',
  'Igeneric',
  'Ibaseprice',
  'IRecurringPrice',
  'IIsRecurringItem',
  'idefaultbillingperiod',
  'Itaxcode',
  'IExternalReference',
  'IDoesNotNeedConsigning',
  'idatecreated',
  'ilastmodified',
  'ithirdpartyid',
] as const

/**
 * One window of the owner's products. The keys of the window come first, by row_number (the one way to page that every database here
 * has), and their rows after: sorting whole rows would carry 4,000-character names along.
 */
export async function readItems(reader: GroupPlace, query: ItemQuery): Promise<Result<ItemList>> {
  const { session, statements, schema } = reader
  const { item } = schema.tables
  const where = conditionOf(item, query)
  const name = `items ${query.sort} ${query.isDescending} ${query.groupId === null} ${where.values.length}`
  const total = await session.all(
    statements.kept(`${name} count`, (build) =>
      sql`select count(*) as n from ${sql.table(item.live)} where ${where.text}`.compile(build),
    ),
    where.values,
  )
  const order = orderOf(item, query.sort, query.isDescending)
  const keys = await session.all(
    statements.kept(`${name} keys`, (build) =>
      sql`select k from (select ${ref(item, 'Iid')} as k, row_number() over (order by ${order}) as n
        from ${sql.table(item.live)} where ${where.text}) w where n > ${0} and n <= ${0} order by n`.compile(
        build,
      ),
    ),
    [...where.values, query.offset, query.offset + query.limit],
  )
  const ids = keys.map((row) => Number(row.k))
  const rows = await readRows(session, statements, item, columns, 'Iid', ids)
  const byKey = new Map(rows.map((row) => [rowKey(item, row), row]))
  const taxes = await taxNames(reader)
  return ok({
    total: Number(total[0]?.n ?? 0),
    rows: ids.flatMap((id) => {
      const row = byKey.get(id)
      return row ? [itemOf(id, row, taxes)] : []
    }),
  })
}

const ref = (table: LiveTable, column: string): RawBuilder<unknown> =>
  sql`${sql.ref(liveName(table, column))}`

type Where = { readonly text: RawBuilder<unknown>; readonly values: readonly Value[] }

function conditionOf(item: LiveTable, { owner, groupId, search }: ItemQuery): Where {
  const parts: RawBuilder<unknown>[] = [sql`${ref(item, 'idattocommercetenant')} = ${0}`]
  const values: Value[] = [owner.haloTenantId]
  if (groupId !== null) {
    parts.push(sql`coalesce(${ref(item, 'Igeneric')}, 0) = ${0}`)
    values.push(groupId)
  }
  const wanted = search.trim().toLowerCase()
  if (wanted !== '') {
    const like = (column: string) => sql`lower(${ref(item, column)}) like ${''} escape '~'`
    parts.push(sql`(${like('idesc')} or ${like('IExternalReference')})`)
    const pattern = `%${wanted.replace(/[~%_[\]]/g, '~$&')}%`
    values.push(pattern, pattern)
  }
  return { text: sql.join(parts, sql` and `), values }
}

/** A product has one price that counts; the other is 0. */
function orderOf(item: LiveTable, key: ItemSortKey, isDescending: boolean): RawBuilder<unknown> {
  const direction = isDescending ? sql`desc` : sql`asc`
  const id = sql`${ref(item, 'Iid')} ${direction}`
  const recurring = ref(item, 'IRecurringPrice')
  const by: Readonly<Record<ItemSortKey, { column: string; text: RawBuilder<unknown> }>> = {
    name: { column: 'idesc', text: sql`lower(${ref(item, 'idesc')})` },
    sku: { column: 'IExternalReference', text: sql`lower(${ref(item, 'IExternalReference')})` },
    price: {
      column: 'Ibaseprice',
      text: sql`case when coalesce(${recurring}, 0) <> 0 then ${recurring} else ${ref(item, 'Ibaseprice')} end`,
    },
    createdAt: { column: 'idatecreated', text: ref(item, 'idatecreated') },
    modifiedAt: { column: 'ilastmodified', text: ref(item, 'ilastmodified') },
  }
  const { column, text } = by[key]
  // A Halo without this column has its own order, and no error.
  return item.columns.has(column) ? sql`${text} ${direction}, ${id}` : id
}

async function taxNames({ session, statements, schema }: GroupPlace): Promise<ReadonlyMap<number, string>> {
  const { tax } = schema.tables
  if (!tax.columns.has('TaxID') || !tax.columns.has('TaxDescription')) return new Map()
  const rows = await selectAll(session, statements, tax, ['TaxID', 'TaxDescription'])
  return new Map(rows.map((row) => [Number(row.TaxID), String(row.TaxDescription ?? '')]))
}

const periods: readonly HaloBillingPeriod[] = [0, 2, 3, 4]

function itemOf(haloId: number, row: Row, taxes: ReadonlyMap<number, string>): HaloItem {
  const isRecurring = Number(row.IIsRecurringItem ?? 0) !== 0
  const period = Number(row.idefaultbillingperiod ?? 0)
  const tax = Number(row.Itaxcode ?? 0)
  return {
    haloId,
    commerceId: commerceIdOf(row),
    name: String(row.idesc ?? ''),
    sku: String(row.IExternalReference ?? ''),
    groupId: groupIdOf(row),
    price: isRecurring ? 0 : Number(row.Ibaseprice ?? 0),
    isRecurring,
    recurringPrice: isRecurring ? Number(row.IRecurringPrice ?? 0) : null,
    billingPeriod: isRecurring ? (periods.find((one) => one === period) ?? 0) : 0,
    isConsignable: Number(row.IDoesNotNeedConsigning ?? 0) === 0,
    tax: tax === 0 ? '' : (taxes.get(tax) ?? String(tax)),
    createdAt: dateOf(row.idatecreated),
    modifiedAt: dateOf(row.ilastmodified),
  }
}

/** Halo's columns begin at day 0, which is 1 January 1900 and means "never". */
function dateOf(value: Value | undefined): string | null {
  const iso = readDate(String(value ?? ''))
  return iso !== null && iso > '1950' ? iso : null
}

/** The Commerce product of a row of ITEM; null when it does not say a whole number. */
export function commerceIdOf(row: Row): number | null {
  const text = String(row.ithirdpartyid ?? '')
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

/** 0 is Halo's "none". */
export const groupIdOf = (row: Row): number | null => Number(row.Igeneric ?? 0) || null
