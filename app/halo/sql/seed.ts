import type { SqlSession, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { defaultGroupName } from './products.ts'

const quoteStatuses = [
  'Draft',
  'Sent',
  'Viewed',
  'Accepted',
  'Awaiting approval',
  'Approved',
  'Declined',
  'Expired',
]
const orderStatuses = ['New', 'Approved', 'Processed', 'Completed', 'Cancelled']

const entries = (list: number, names: readonly string[]): Value[][] =>
  names.map((name, at) => [list, at, name])

/** What a new embedded Halo starts with: statuses of quotes (LOOKUP 39) and orders (34), two taxes, the default product group. */
export async function seed(session: SqlSession, { tables }: LiveSchema): Promise<void> {
  const statuses = [...entries(39, quoteStatuses), ...entries(34, orderStatuses)]
  await session.insert(tables.lookup, ['fid', 'fcode', 'fvalue'], statuses)
  const taxes = [
    [1, 'Standard rate', 'STD', 20],
    [2, 'Zero rate', 'ZERO', 0],
  ]
  await session.insert(tables.tax, ['TaxID', 'TaxDescription', 'TaxCode', 'TaxValue'], taxes)
  await session.insert(tables.group, ['Ggeneric', 'gdesc'], [[1, defaultGroupName]])
}
