import {
  type MatchCandidate,
  type Sureness,
  sureness,
  type UnlinkedClient,
  type UnlinkedCustomer,
} from '../app/model/match-customers.ts'
import type { Window } from './api/port.ts'
import type { MatchLook } from './match-look.ts'

/** A customer to be matched. `sureness`: null when no client looks like it. `isNew`: a person said that it is no client yet. */
export type MatchRow = UnlinkedCustomer & {
  readonly candidates: readonly MatchCandidate[]
  readonly sureness: Sureness | null
  readonly isNew: boolean
}

/** `alike`: those that look like a client and about whom nobody has decided. */
export const matchShows = ['alike', ...sureness, 'none', 'new', 'all'] as const
export type MatchShow = (typeof matchShows)[number]
export const matchSorts = ['name', 'number', 'client', 'sureness'] as const
export type MatchQuery = {
  readonly show: MatchShow
  /** Found in names, numbers and domains of customers, and in names of the clients that they may be. */
  readonly search: string
  readonly sort: (typeof matchSorts)[number]
  readonly isDescending: boolean
}

export type MatchCounts = Readonly<Record<MatchShow, number>>

export function rowsOf({ customers, proposals }: MatchLook, newOnes: ReadonlySet<number>): MatchRow[] {
  return customers.map((customer) => {
    const proposal = proposals.get(customer.commerceId)
    return {
      ...customer,
      candidates: proposal?.candidates ?? [],
      sureness: proposal?.sureness ?? null,
      isNew: newOnes.has(customer.commerceId),
    }
  })
}

const isShown = (row: MatchRow, show: MatchShow): boolean => {
  if (show === 'all') return true
  if (show === 'new' || row.isNew) return show === 'new' && row.isNew
  if (show === 'none') return row.sureness === null
  return show === 'alike' ? row.sureness !== null : row.sureness === show
}

export function countsOf(rows: readonly MatchRow[]): MatchCounts {
  const counts = { alike: 0, sure: 0, likely: 0, unsure: 0, none: 0, new: 0, all: 0 }
  for (const row of rows) for (const show of matchShows) if (isShown(row, show)) counts[show] += 1
  return counts
}

/** The rows that a query means, all of them; those of one rank stay in the order of their names. */
export function chosenRows(rows: readonly MatchRow[], query: MatchQuery): MatchRow[] {
  const needle = query.search.toLowerCase()
  const found = rows.filter(
    (row) => isShown(row, query.show) && (needle === '' || textOf(row).includes(needle)),
  )
  if (query.sort === 'name') return query.isDescending ? found.reverse() : found
  const keyed = found.map((row) => ({ row, key: keyOf(row, query.sort) }))
  const turn = query.isDescending ? -1 : 1
  keyed.sort((a, b) => (a.key < b.key ? -turn : a.key > b.key ? turn : 0))
  return keyed.map(({ row }) => row)
}

const textOf = (row: MatchRow): string =>
  [row.name, row.number, ...row.domains, ...row.candidates.map(({ name }) => name)].join('\n').toLowerCase()

function keyOf(row: MatchRow, sort: MatchQuery['sort']): string {
  if (sort === 'number') return row.number.toLowerCase()
  if (sort === 'client') return row.candidates[0]?.name.toLowerCase() ?? '\uffff'
  return String(row.sureness === null ? sureness.length : sureness.indexOf(row.sureness))
}

export const windowOf = <T>(rows: readonly T[], { offset, limit }: Window) => ({
  rows: rows.slice(offset, offset + limit),
  total: rows.length,
})

/** Enough to choose from; who does not see the right one types more. */
const mostFound = 20

/** Clients whose name, number or domain contains the text, those that begin with it first. */
export function findClients(clients: readonly UnlinkedClient[], search: string): UnlinkedClient[] {
  const needle = search.toLowerCase()
  const first: UnlinkedClient[] = []
  const others: UnlinkedClient[] = []
  for (const client of clients) {
    const name = client.name.toLowerCase()
    if (name.startsWith(needle)) first.push(client)
    else if ([name, client.number.toLowerCase(), ...client.domains].some((text) => text.includes(needle)))
      others.push(client)
    if (first.length === mostFound) break
  }
  return [...first, ...others].slice(0, mostFound)
}
