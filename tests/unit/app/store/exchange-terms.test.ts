import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExchangeDraft } from '../../../../app/model/exchange.ts'
import { readFilter } from '../../../../app/model/inspector/filter-line.ts'
import { type Exchanges, openExchanges } from '../../../../app/store/exchanges.ts'

const noon = Date.UTC(2026, 4, 10, 12)
let folder = ''
let kept: Exchanges
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-terms-'))
  kept = openExchanges(folder, { clock: { now: () => noon } })
})
afterEach(() => {
  kept.close()
  rmSync(folder, { recursive: true, force: true })
})

function draft(more: Partial<ExchangeDraft> = {}): ExchangeDraft {
  return {
    callId: 'call',
    attempt: 1,
    tenantId: 1,
    runId: 7,
    host: 'commerce',
    purpose: 'sync',
    method: 'GET',
    url: 'https://API.example:8443/v1/quote?page=1',
    requestHeaders: [],
    requestBody: null,
    status: 200,
    responseHeaders: [],
    responseBody: { text: '[]', bytes: 2, isCut: false },
    faultCode: null,
    errorText: null,
    startedAt: new Date(noon).toISOString(),
    timing: {
      queueMs: 0,
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      waitMs: 3,
      receiveMs: 0.4,
      totalMs: 100,
    },
    connection: null,
    waitMs: null,
    ...more,
  }
}

const mandatory = (label: string, at: number): Partial<ExchangeDraft> => ({
  host: 'halo',
  method: 'POST',
  url: `https://halo.example/api/Quotation/${at}`,
  status: 400,
  faultCode: 'bad-request',
  errorText: `"The field Site is mandatory (${at})"`,
  requestBody: { text: `[{"title":"${label}"}]`, bytes: 20, isCut: false },
  responseBody: { text: `"The field Site is mandatory (${at})"`, bytes: 36, isCut: false },
  startedAt: new Date(noon - at * 60_000).toISOString(),
})
const page = JSON.stringify(Array.from({ length: 400 }, (_, id) => ({ id, title: `needle ${id}` })))

/** Ids 1 to 8. */
function fill(): void {
  const made: Partial<ExchangeDraft>[] = [
    {},
    { status: 404, faultCode: 'not-found', runId: null, tenantId: 2 },
    {
      status: 0,
      faultCode: 'timeout',
      errorText: 'no answer',
      responseBody: null,
      attempt: 2,
      callId: 'slow',
    },
    mandatory('Größe', 1),
    mandatory('Other', 2),
    { responseBody: { text: page, bytes: page.length, isCut: true } },
    { purpose: 'test', status: 429, faultCode: 'rate-limited', callId: 'slow' },
    { timing: { ...draft().timing, totalMs: 2500 }, startedAt: '2026-05-09T12:00:00.000Z' },
  ]
  for (const each of made) kept.sink.save(draft(each))
}

const shown = (line: string): number[] => {
  const { terms, problems } = readFilter(line)
  expect(problems).toEqual([])
  const rows = kept.list({ terms }, { limit: 50 }).rows
  expect(kept.count({ terms })).toBe(rows.length)
  return rows.map(({ id }) => id).sort((a, b) => a - b)
}

describe('the filter line, asked of the store', () => {
  it.each<[string, number[]]>([
    ['', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['status:4xx', [2, 4, 5, 7]],
    ['status:4xx -status:404', [4, 5, 7]],
    ['status:none,404', [2, 3]],
    ['method:POST', [4, 5]],
    ['host:halo', [4, 5]],
    ['host:api.example:8443', [1, 2, 3, 6, 7, 8]],
    ['-host:commerce', [4, 5]],
    ['path:/quotation', [4, 5]],
    ['run:7 -kind:failures', [1, 6, 8]],
    ['-run:7', [2]],
    ['tenant:2', [2]],
    ['kind:failures', [2, 3, 4, 5, 7]],
    ['kind:throttled', [7]],
    ['kind:retried', [3]],
    ['kind:no-answer', [3]],
    ['kind:cut', [6]],
    ['kind:people', [7]],
    ['kind:test,cut', [6, 7]],
    ['fault:timeout', [3]],
    ['-fault:timeout kind:no-answer', []],
    ['slower:2s', [8]],
    ['faster:2s host:halo', [4, 5]],
    ['larger:10kB', [6]],
    ['smaller:10B', [1, 2, 3, 7, 8]],
    ['since:90s', [1, 2, 3, 4, 6, 7]],
    ['until:1h', [8]],
    ['since:today', [1, 2, 3, 4, 5, 6, 7]],
    ['since:2026-05-09 until:2026-05-10', [8]],
    ['call:slow', [3, 7]],
    ['text:MANDATORY', [4, 5]],
    ['text:größe', [4]],
    ['text:"site is"', [4, 5]],
    ['text:"say \\"x\\""', []],
    ['text:no', [3]],
    ['text:quotation -text:größe', [5]],
    ['text:needle', []],
  ])('%s', (line, ids) => {
    fill()
    expect(shown(line)).toEqual(ids)
  })

  it('says how many large bodies a search leaves out, and finds them when asked to read all', () => {
    fill()
    const { terms } = readFilter('run:7 text:needle')
    expect(kept.unsearched({ terms })).toBe(1)
    const rest = terms.filter(({ key }) => key !== 'text')
    expect(kept.list({ terms: rest, text: 'needle' }, { limit: 5 }).rows.map(({ id }) => id)).toEqual([6])
  })

  it('forgets the words with the row', () => {
    fill()
    kept.setLimits({ ...kept.limits(), rows: 2 })
    kept.prune()
    expect(shown('text:mandatory')).toEqual([])
    kept.clear()
    expect(shown('')).toEqual([])
  })

  it('stands still below an id, and counts what came after it', () => {
    fill()
    expect(kept.newestId()).toBe(8)
    expect(kept.list({ upToId: 3 }, { limit: 50 }).rows.map(({ id }) => id)).toEqual([3, 2, 1])
    expect(kept.count({ afterId: 3 })).toBe(5)
  })

  it('takes today from the person who asks', () => {
    fill()
    const { terms } = readFilter('since:today')
    const moment = { nowMs: noon, midnightMs: noon - 26 * 3_600_000 }
    expect(kept.count({ terms, moment })).toBe(8)
  })
})

describe('groups by cause', () => {
  it('put equal failures together, the most frequent first, with counts over time', () => {
    fill()
    const groups = kept.groups({})
    expect(groups.map(({ count, faultCode }) => `${count} ${faultCode}`)).toEqual([
      '2 bad-request',
      '1 rate-limited',
      '1 timeout',
      '1 not-found',
    ])
    const [first] = groups
    expect(first).toMatchObject({
      path: '/api/Quotation/*',
      server: 'halo.example',
      exchangeId: 5,
      firstAt: '2026-05-10T11:58:00.000Z',
      lastAt: '2026-05-10T11:59:00.000Z',
    })
    expect(first?.bars.reduce((sum, n) => sum + n, 0)).toBe(2)
    expect(shown(`cause:${first?.cause}`)).toEqual([4, 5])
    expect(kept.groups({ terms: readFilter('host:halo').terms })).toHaveLength(1)
    expect(kept.groups({ terms: readFilter('run:99').terms })).toEqual([])
  })
})

describe('counts over time', () => {
  it('say how many there were and how many failed', () => {
    fill()
    const timeline = kept.timeline({}, 10)
    expect(timeline?.from).toBe('2026-05-09T12:00:00.000Z')
    expect(timeline?.bars.at(0)).toEqual({ all: 1, failed: 0 })
    expect(timeline?.bars.at(-1)).toEqual({ all: 7, failed: 5 })
    expect(kept.timeline({ runId: 99 }, 10)).toBeNull()
  })
})

it('neighbours are those of the same run, in time', () => {
  fill()
  expect(kept.around(4, 2).map(({ id }) => id)).toEqual([8, 5, 1, 3])
  expect(kept.around(2, 2)).toEqual([])
  expect(kept.around(99, 2)).toEqual([])
})
