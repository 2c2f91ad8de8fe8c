import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Known, WriteOptions } from '../destination.ts'
import type { LiveTable, Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import type { Client } from './people.ts'
import type { Planned, RowPlan } from './rows.ts'
import { readRows, type Statements } from './statements.ts'

/** What a preview would have made so far; emptied by the first real write. */
export type Overlay = {
  readonly clients: Map<string, Client>
  readonly items: Map<string, RowPlan>
  readonly quotes: Map<string, RowPlan>
  /** The default product group, when it would be made. */
  group: RowPlan | null
}

export const noOverlay = (): Overlay => ({
  clients: new Map(),
  items: new Map(),
  quotes: new Map(),
  group: null,
})

/** All that planning one part of a batch needs. */
export type Context = {
  readonly session: SqlSession
  readonly statements: Statements
  readonly schema: LiveSchema
  readonly options: WriteOptions
  /** DattoCommerceDetails.DCDid. */
  readonly tenant: number
  /** Null when it is a real write. */
  readonly overlay: Overlay | null
  /**
   * Records are planned as if they were not in Halo yet, nor the rows of these (`USERS:12`, `SITE:7`): what they were written as. Null, which is
   * usual: as they are.
   */
  readonly anew?: ReadonlySet<string> | null
}

/** Reads what Halo has for a part of a batch, in a few statements, and plans each record. Answers in the order of the records. */
export type Planner<E extends Entity> = (
  context: Context,
  batch: readonly Known<HaloRecord[E]>[],
) => Promise<Planned[]>

/** Rows of a table by one column's values. */
export const rowsBy = (
  { session, statements }: Context,
  table: LiveTable,
  columns: readonly string[],
  where: string,
  keys: Iterable<string | number>,
): Promise<Row[]> => readRows(session, statements, table, columns, where, keys)

/** Commerce ids are unique within a tenant only. */
export const ownedKey = (tenant: number, commerceId: number): string => `${tenant}:${commerceId}`

/** Rows by the number in one of their columns. Keys and joins may be floats. */
export function groupBy(rows: readonly Row[], column: string): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const key = Number(row[column])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** The three columns that tie a record to Commerce; nothing for one that Commerce does not know. */
export const tieTo = (
  { tenant }: Pick<Context, 'tenant'>,
  { commerceId, url = '' }: { readonly commerceId: number; readonly url?: string },
): { readonly id: number | null; readonly url: string | null; readonly tenant: number | null } =>
  commerceId < 0 ? { id: null, url: null, tenant: null } : { id: commerceId, url, tenant }

/** Halo's ids by the negative ids that stand for them. */
export const referred = (
  refs: ReadonlyMap<number, number> | undefined,
  ids: Iterable<number>,
): Map<number, number> =>
  new Map([...ids].flatMap((id) => (id < 0 && refs?.has(id) ? [[id, refs.get(id) as number] as const] : [])))
