import { describe, expect, it } from 'vitest'
import {
  proposeMatches,
  type UnlinkedClient,
  type UnlinkedCustomer,
} from '../../../app/model/match-customers.ts'
import {
  chosenRows,
  countsOf,
  findClients,
  type MatchQuery,
  rowsOf,
  windowOf,
} from '../../../main/match-list.ts'

const client = (haloId: number, name: string, number = ''): UnlinkedClient => ({
  ...{ haloId, name, number, domains: [] },
})
const customer = (commerceId: number, name: string, number = ''): UnlinkedCustomer => ({
  ...{ commerceId, name, number, domains: [] },
})
const customers = [
  customer(1, 'Alder', 'A-1'),
  customer(2, 'Birch', 'B-2'),
  customer(3, 'Cedar'),
  customer(4, 'Doubt'),
]
const clients = [
  client(11, 'Alder Ltd', 'A-1'),
  client(12, 'Zebra', 'B-2'),
  client(13, 'Doubt'),
  client(14, 'Doubt'),
]
const proposals = new Map(proposeMatches(customers, clients).map((one) => [one.commerceId, one]))
const rows = rowsOf({ customers, clients, proposals }, new Set([4]))

const asked = (query: Partial<MatchQuery>): number[] =>
  chosenRows(rows, { show: 'all', search: '', sort: 'name', isDescending: false, ...query }).map(
    ({ commerceId }) => commerceId,
  )

describe('the list of customers', () => {
  it('counts what each choice shows; a new one is asked about no more', () => {
    expect(countsOf(rows)).toEqual({ alike: 2, sure: 1, likely: 1, unsure: 0, none: 1, new: 1, all: 4 })
    expect(asked({ show: 'alike' })).toEqual([1, 2])
    expect(asked({ show: 'new' })).toEqual([4])
    expect(asked({ show: 'none' })).toEqual([3])
  })

  it('is sorted either way, those without a client last', () => {
    expect(asked({ isDescending: true })).toEqual([4, 3, 2, 1])
    expect(asked({ sort: 'client' })).toEqual([1, 4, 2, 3])
    expect(asked({ sort: 'sureness' })).toEqual([1, 2, 4, 3])
    expect(asked({ sort: 'number', isDescending: true })).toEqual([2, 1, 3, 4])
  })

  it('is searched in both names and in numbers', () => {
    expect(asked({ search: 'ZEBRA' })).toEqual([2])
    expect(asked({ search: 'a-1' })).toEqual([1])
  })

  it('comes by windows', () => {
    expect(windowOf(['a', 'b', 'c'], { offset: 1, limit: 1 })).toEqual({ rows: ['b'], total: 3 })
  })
})

describe('clients are found', () => {
  it('by name or number, those that begin with the text first, and never more than a person reads', () => {
    const all = [client(1, 'Old Oak'), client(2, 'Oak Ltd'), client(3, 'Elm', 'OAK-3')]
    expect(findClients(all, 'oak').map(({ haloId }) => haloId)).toEqual([2, 1, 3])
    const many = Array.from({ length: 500 }, (_, at) => client(at, `Company ${at}`))
    expect(findClients(many, 'company')).toHaveLength(20)
    expect(findClients(many, '')).toHaveLength(20)
  })
})
