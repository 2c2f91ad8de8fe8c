import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExchangeDraft } from '../../../../app/model/exchange.ts'
import {
  type ExchangeFilter,
  type ExchangeOptions,
  type Exchanges,
  openExchanges,
} from '../../../../app/store/exchanges.ts'

const noon = Date.UTC(2026, 4, 10, 12)
let folder = ''
let now = noon
const clock = { now: () => now }
const open: Exchanges[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchanges-'))
  now = noon
})
afterEach(() => {
  for (const each of open.splice(0)) each.close()
  rmSync(folder, { recursive: true, force: true })
})

function opened(limits: ExchangeOptions['limits'] = {}, at = folder): Exchanges {
  const made = openExchanges(at, { clock, limits })
  open.push(made)
  return made
}

function draft(more: Partial<ExchangeDraft> = {}): ExchangeDraft {
  return {
    callId: 'call',
    attempt: 1,
    tenantId: 1,
    runId: 7,
    host: 'commerce',
    purpose: 'sync',
    method: 'GET',
    url: 'https://api.example/v1/quote?page=1',
    requestHeaders: [['apiKey', '••• redacted']],
    requestBody: null,
    status: 200,
    responseHeaders: [['content-type', 'application/json']],
    responseBody: { text: '[]', bytes: 2, isCut: false },
    faultCode: null,
    errorText: null,
    startedAt: new Date(now).toISOString(),
    timing: { queueMs: 0, dnsMs: 1.5, connectMs: 2, tlsMs: null, waitMs: 3, receiveMs: 0.4, totalMs: 7 },
    connection: { remote: '192.0.2.1 443', proxy: null, tls: null },
    waitMs: null,
    ...more,
  }
}

const big = JSON.stringify(Array.from({ length: 400 }, (_, id) => ({ id, title: `Größe "${id}"` })))

let seed = 1
/** Text that cannot be packed much. */
function noise(length: number): string {
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return String.fromCharCode(33 + (seed % 90))
  }).join('')
}

describe('an exchange', () => {
  it('comes back as it was recorded, bodies of every size and kind', () => {
    const kept = opened()
    const drafts = [
      draft({ responseBody: { text: big, bytes: 900, unpackedBytes: big.length, isCut: true } }),
      draft({
        method: 'POST',
        host: 'halo',
        purpose: 'replay',
        requestBody: { text: big.slice(0, 600), bytes: 600, isCut: false },
        responseBody: { text: null, bytes: 12, isCut: false, leftOut: 'It is not text (image/png).' },
      }),
      draft({
        status: 0,
        responseBody: null,
        faultCode: 'dns-failed',
        errorText: 'getaddrinfo ENOTFOUND',
        tenantId: null,
        runId: null,
        connection: null,
        waitMs: 512,
        timing: {
          queueMs: 3,
          dnsMs: null,
          connectMs: null,
          tlsMs: null,
          waitMs: null,
          receiveMs: null,
          totalMs: 9,
        },
      }),
    ]
    const ids = drafts.map((each) => kept.sink.save(each) ?? 0)
    expect(ids).toEqual([1, 2, 3])
    for (const [at, each] of drafts.entries())
      expect(kept.get(ids[at] ?? 0)).toEqual({ id: ids[at], ...each })
    expect(kept.get(99)).toBeNull()
  })

  it('has its id before it is written, and is written without being asked', async () => {
    const kept = opened()
    expect(kept.sink.save(draft())).toBe(1)
    const reader = opened()
    await expect.poll(() => reader.get(1)?.status, { timeout: 3000 }).toBe(200)
  })

  it('survives closing, and ids go on', () => {
    const first = opened()
    first.sink.save(draft())
    first.close()
    expect(first.sink.save(draft())).toBeNull()
    const second = opened()
    expect(second.get(1)?.url).toContain('/v1/quote')
    expect(second.sink.save(draft())).toBeGreaterThan(1)
  })

  it('of two writers never shares an id', () => {
    const writers = [opened(), opened()]
    const ids = Array.from({ length: 300 }, (_, at) => writers[at % 2]?.sink.save(draft()))
    for (const writer of writers) writer.flush()
    expect(new Set(ids).size).toBe(300)
    expect(writers[0]?.count()).toBe(300)
  })
})

describe('a list', () => {
  const made: Partial<ExchangeDraft>[] = [
    { tenantId: 1, runId: 1 },
    { tenantId: 2, runId: 2, status: 404, faultCode: 'not-found', url: 'https://api.example/v1/Customer/5' },
    { tenantId: 1, runId: 3, status: 0, faultCode: 'timeout', errorText: 'no answer from the proxy' },
    { tenantId: 1, host: 'halo', method: 'POST', url: 'https://halo.example/api/Quotation', status: 201 },
    {
      tenantId: 1,
      purpose: 'test',
      callId: 'one',
      responseBody: { text: big, bytes: big.length, isCut: false },
    },
    {
      tenantId: 1,
      purpose: 'replay',
      callId: 'two',
      requestBody: { text: 'Zürich', bytes: 7, isCut: false },
    },
  ]

  function filled(): Exchanges {
    const kept = opened()
    for (const [at, each] of made.entries()) {
      kept.sink.save(draft({ startedAt: new Date(noon + at * 1000).toISOString(), ...each }))
    }
    return kept
  }

  it.each<[string, ExchangeFilter, number[]]>([
    ['everything, newest first', {}, [6, 5, 4, 3, 2, 1]],
    ['a tenant', { tenantId: 2 }, [2]],
    ['a run', { runId: 3 }, [3]],
    ['a host', { host: 'halo' }, [4]],
    ['a purpose', { purpose: 'test' }, [5]],
    ['a call', { callId: 'two' }, [6]],
    ['a method', { method: 'post' }, [4]],
    ['a status class', { statusClass: 4 }, [2]],
    ['no answer', { statusClass: 0 }, [3]],
    ['a part of the path', { path: '/customer' }, [2]],
    ['no part of the query', { path: 'page=1' }, []],
    ['failures', { onlyFailures: true }, [3, 2]],
    ['a time', { since: '2026-05-10T12:00:01.000Z', until: '2026-05-10T12:00:03.000Z' }, [3, 2]],
    ['text in the address', { text: 'quotATION' }, [4]],
    ['text in the error', { text: 'The Proxy' }, [3]],
    ['text in a packed answer', { text: 'größe "399"' }, []],
    ['text in a packed answer, as written', { text: 'größe \\"399\\"' }, [5]],
    ['text in a request', { text: 'zürich' }, [6]],
    ['text with more', { text: 'v1', tenantId: 2 }, [2]],
    ['nothing for a date that is none', { since: 'soon', until: 'later' }, []],
    ['several at once', { tenantId: 1, host: 'commerce', onlyFailures: true }, [3]],
  ])('shows %s', (_, filter, ids) => {
    const kept = filled()
    expect(kept.list(filter, { limit: 50 }).rows.map((row) => row.id)).toEqual(ids)
    expect(kept.count(filter)).toBe(filter.text ? null : ids.length)
  })

  it('tells sizes, path and parts of the time', () => {
    const row = filled().list({ callId: 'one' }, { limit: 1 }).rows[0]
    expect(row).toMatchObject({
      path: '/v1/quote',
      responseBytes: big.length,
      requestBytes: null,
      isCut: false,
      totalMs: 7,
      timing: { dnsMs: 1.5, tlsMs: null, totalMs: 7 },
    })
    expect(row).not.toHaveProperty('responseBody')
  })

  it.each([{}, { text: 'api' }, { text: 'nowhere' }])('is paged without gap or repeat: %o', (filter) => {
    const kept = opened()
    // Several in the same millisecond.
    for (let n = 0; n < 55; n++) kept.sink.save(draft({ startedAt: new Date(noon + (n >> 2)).toISOString() }))
    const seen: number[] = []
    let next: string | undefined
    do {
      const page = kept.list(filter, { limit: 10, ...(next ? { before: next } : {}) })
      seen.push(...page.rows.map((row) => row.id))
      next = page.next ?? undefined
    } while (next)
    const all = Array.from({ length: 55 }, (_, at) => 55 - at)
    expect(seen).toEqual(filter.text === 'nowhere' ? [] : all)
  })

  it('can be entered in the middle', () => {
    expect(
      filled()
        .list({}, { limit: 2, offset: 3 })
        .rows.map((row) => row.id),
    ).toEqual([3, 2])
  })

  it('refuses nothing when a cursor is nonsense', () => {
    expect(filled().list({}, { limit: 2, before: 'x' }).rows).toEqual([])
  })
})

describe('the ring', () => {
  const ids = (kept: Exchanges) => kept.list({}, { limit: 5000 }).rows.map((row) => row.id)

  it('keeps the newest of its number', () => {
    const kept = opened({ rows: 3 })
    for (let n = 0; n < 10; n++) kept.sink.save(draft())
    expect(kept.prune()).toBe(7)
    expect(ids(kept)).toEqual([10, 9, 8])
    expect(kept.get(1)).toBeNull()
  })

  it('drops what is too old', () => {
    const kept = opened({ ageMs: 1000 })
    kept.sink.save(draft())
    now += 900
    kept.sink.save(draft())
    now += 200
    expect(kept.prune()).toBe(1)
    expect(ids(kept)).toEqual([2])
  })

  it('stays within its bytes, and gives the room back', () => {
    const kept = opened({ bytes: 400_000 })
    for (let n = 0; n < 60; n++) {
      kept.sink.save(draft({ responseBody: { text: noise(20_000), bytes: 1, isCut: false } }))
      if (n % 10 === 9) kept.prune()
    }
    expect(ids(kept).at(0)).toBe(60)
    expect(ids(kept).length).toBeGreaterThan(5)
    expect(ids(kept).length).toBeLessThan(30)
    kept.close()
    expect(readFileSync(join(folder, 'exchanges.db')).length).toBeLessThan(600_000)
  })

  it('is kept by itself while rows come', () => {
    const kept = opened({ rows: 100 })
    for (let n = 0; n < 2100; n++) kept.sink.save(draft())
    expect(kept.count()).toBeLessThan(700)
  })

  it('can be cleared, and ids go on', () => {
    const kept = opened()
    for (let n = 0; n < 1200; n++) kept.sink.save(draft())
    kept.clear()
    expect(kept.count()).toBe(0)
    expect(kept.sink.save(draft())).toBe(1201)
  })
})

describe('trouble', () => {
  const file = () => join(folder, 'exchanges.db')
  const moved = () => readdirSync(folder).filter((name) => name.includes('.broken-'))

  it.each<[string, () => void]>([
    [
      'no database',
      () => writeFileSync(file(), 'this is no database, but long enough to look like a file of some kind'),
    ],
    ['cut short', () => cutShort()],
    ['of another version', () => otherVersion()],
  ])('a file that is %s is moved aside and a new one begun', (_, spoil) => {
    spoil()
    const kept = opened()
    expect(kept.health()).toMatchObject({ isRecording: true, trouble: null })
    const id = kept.sink.save(draft())
    expect(kept.get(id ?? 0)?.status).toBe(200)
    expect(moved()[0]).toBe('exchanges.db.broken-2026-05-10T12-00-00-000Z')
    // An id that an old link may hold is not given again.
    expect(id).toBeGreaterThan(1_000_000)
  })

  function cutShort() {
    const before = opened()
    for (let n = 0; n < 200; n++) before.sink.save(draft())
    before.close()
    truncateSync(file(), 5000)
  }

  function otherVersion() {
    const db = new Database(file())
    db.exec('CREATE TABLE exchange (id INTEGER)')
    db.pragma('user_version = 99')
    db.close()
  }

  it('a file that breaks while it is used is replaced, and what comes then is kept', () => {
    const kept = opened()
    for (let n = 0; n < 500; n++) kept.sink.save(draft())
    kept.flush()
    const spoiler = new Database(file())
    spoiler.pragma('wal_checkpoint(TRUNCATE)')
    spoiler.close()
    const bytes = readFileSync(file())
    bytes.fill(0xa5, 4096)
    writeFileSync(file(), bytes)
    for (let n = 0; n < 200; n++) expect(() => kept.sink.save(draft({ runId: 99 }))).not.toThrow()
    expect(kept.health()).toMatchObject({ isRecording: true })
    expect(kept.count({ runId: 99 })).toBeGreaterThan(100)
    expect(moved().length).toBeGreaterThan(0)
  })

  it('no room stops the recording, which says so and goes on when there is some', () => {
    // The file may grow to half as much again as its limit; SQLite itself then says that it is full.
    const kept = opened({ bytes: 200_000 })
    for (let n = 0; n < 50; n++) {
      const body = { text: noise(20_000), bytes: 20_000, isCut: false }
      expect(() => kept.sink.save(draft({ responseBody: body }))).not.toThrow()
    }
    expect(kept.health()).toMatchObject({ isRecording: false, trouble: 'disk-full', lost: 50 })
    for (let n = 0; n < 70; n++) kept.sink.save(draft())
    kept.flush()
    expect(kept.health()).toMatchObject({ isRecording: false, lost: 120 })
    now += 61_000
    expect(kept.sink.save(draft())).toEqual(expect.any(Number))
    kept.flush()
    expect(kept.health()).toMatchObject({ isRecording: true, trouble: null, lost: 120 })
    expect(kept.count()).toBe(1)
  })

  it('a folder that cannot be made is told, and nothing throws', () => {
    writeFileSync(join(folder, 'file'), '')
    const kept = opened({}, join(folder, 'file', 'below'))
    expect(kept.health()).toMatchObject({ isRecording: false, trouble: 'folder-unwritable' })
    expect(kept.sink.save(draft())).toBeNull()
    expect(kept.list({}, { limit: 5 })).toEqual({ rows: [], next: null })
    expect(kept.get(1)).toBeNull()
    expect(kept.count()).toBe(0)
    expect(kept.prune()).toBe(0)
    kept.clear()
    expect(kept.health().lost).toBe(1)
  })

  it('a writer that is busy makes rows wait, not fail', () => {
    const kept = opened()
    const first = kept.sink.save(draft())
    kept.flush()
    const other = new Database(file())
    other.exec('BEGIN IMMEDIATE')
    const second = kept.sink.save(draft())
    kept.flush()
    expect(kept.health()).toMatchObject({ isRecording: true, lost: 0 })
    other.exec('COMMIT')
    other.close()
    expect([kept.get(first ?? 0)?.id, kept.get(second ?? 0)?.id]).toEqual([1, 2])
  })
})
