import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../../../../app/model/exchange.ts'
import { purposeOf } from '../../../../../app/model/explain/purpose.ts'
import { anExchange, bodyOf } from './an-exchange.ts'

const api = 'https://api.kaseyaquotemanager.com/v1'

describe('what a request was for', () => {
  it.each<[Partial<Exchange>, string]>([
    [{ url: `${api}/customer?page=1` }, 'Reads page 1 of the customers for a sync.'],
    [
      { url: `${api}/quote/77`, purpose: 'test' },
      'Reads one of the quotes, number 77, by a person, to test the connection.',
    ],
    [
      { url: `${api}/quote?modifiedAfter=2026-05-01T00%3A00%3A00Z` },
      'Reads quotes changed since 2026-05-01T00:00:00Z for a sync.',
    ],
    [{ url: `${api}/quoteline?quoteSectionID=5` }, 'Reads quote lines of quote section 5 for a sync.'],
    [
      {
        host: 'halo',
        method: 'POST',
        url: 'https://h.example/api/Quotation',
        requestBody: bodyOf('[{},{}]'),
      },
      'Writes 2 of the quotations for a sync.',
    ],
    [
      { host: 'halo', method: 'POST', url: 'https://h.example/auth/token' },
      'Asks for a token to sign in for a sync.',
    ],
    [{ host: 'halo', method: 'SQL', url: 'sql://db' }, 'Talks to Halo’s database for a sync.'],
    [{ host: 'other', url: 'https://updates.example/feed' }, 'Sends GET to another server for a sync.'],
  ])('%o', (more, words) => {
    expect(purposeOf(anExchange(more))).toBe(words)
  })
})
