import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { budgetBook } from '../../../../app/store/budget.ts'
import { shippedMigrations } from '../../../../app/store/migrate.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'budget-'))
  file = join(folder, 'store.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function opened(path = file): Database.Database {
  const db = new Database(path, { timeout: 10_000 })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  const table = /CREATE TABLE budget \([^;]*;/.exec(shippedMigrations()[0]?.sql ?? '')?.[0] ?? ''
  db.exec(table.replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'))
  return db
}

const noon = Date.UTC(2026, 4, 10, 12)
const dayMs = 86_400_000

describe('the budget book', () => {
  it('grants a minute’s worth and then names the moment of the next', () => {
    const db = opened()
    const book = budgetBook(db)
    const limits = { perMinute: 3, perDay: 100, reserve: 0 }
    for (const at of [0, 500, 2000]) expect(book.take('k', limits, noon + at)).toEqual({ isGranted: true })
    const refused = { isGranted: false, waitUntilMs: noon + 61_000, because: 'minute' }
    expect(book.take('k', limits, noon + 2500)).toEqual(refused)
    expect(book.take('other', limits, noon + 2500)).toEqual({ isGranted: true })
    expect(book.take('k', limits, noon + 60_999)).toEqual(refused)
    expect(book.take('k', limits, noon + 61_000)).toEqual({ isGranted: true })
    db.close()
  })

  it('leaves the reserve of both limits to those who ask without one', () => {
    const db = opened()
    const book = budgetBook(db)
    const engine = { perMinute: 10, perDay: 100, reserve: 0.2 }
    for (let n = 0; n < 8; n++) expect(book.take('k', engine, noon).isGranted).toBe(true)
    expect(book.take('k', engine, noon).isGranted).toBe(false)
    expect(book.take('k', { ...engine, reserve: 0 }, noon).isGranted).toBe(true)
    expect(book.usage('k', noon)).toEqual({ minute: 9, day: 9, blockedUntilMs: null })
    db.close()
  })

  it('refuses until the next UTC day once the day is used up', () => {
    const db = opened()
    const book = budgetBook(db)
    const limits = { perMinute: 100, perDay: 2, reserve: 0 }
    book.take('k', limits, noon)
    book.take('k', limits, noon)
    const midnight = Date.UTC(2026, 4, 11)
    expect(book.take('k', limits, midnight - 1)).toMatchObject({ waitUntilMs: midnight, because: 'day' })
    expect(book.take('k', limits, midnight).isGranted).toBe(true)
    expect(book.usage('k', midnight).day).toBe(1)
    db.close()
  })

  it('is blocked for everybody until the moment that was asked for', () => {
    const db = opened()
    const other = opened()
    const limits = { perMinute: 10, perDay: 100, reserve: 0 }
    budgetBook(db).block('k', noon + 30_000)
    budgetBook(db).block('k', noon + 10_000)
    expect(budgetBook(other).take('k', limits, noon)).toEqual({
      isGranted: false,
      waitUntilMs: noon + 30_000,
      because: 'blocked',
    })
    expect(budgetBook(other).usage('k', noon).blockedUntilMs).toBe(noon + 30_000)
    expect(budgetBook(other).take('k', limits, noon + 30_000).isGranted).toBe(true)
    other.close()
    db.close()
  })

  it('survives a restart', () => {
    const limits = { perMinute: 2, perDay: 100, reserve: 0 }
    for (const at of [0, 10]) {
      const db = opened()
      expect(budgetBook(db).take('k', limits, noon + at).isGranted).toBe(true)
      db.close()
    }
    const db = opened()
    expect(budgetBook(db).take('k', limits, noon + 20).isGranted).toBe(false)
    db.close()
  })

  it('neither frees nor hoards when the clock goes back by years', () => {
    const db = opened()
    const book = budgetBook(db)
    const limits = { perMinute: 2, perDay: 100, reserve: 0 }
    const wrong = noon + 1000 * dayMs
    book.take('k', limits, wrong)
    book.take('k', limits, wrong)
    book.block('k', wrong + 60_000)
    expect(book.take('k', limits, noon)).toMatchObject({ isGranted: false, because: 'minute' })
    expect(book.take('k', limits, noon + 30_000).isGranted).toBe(false)
    expect(book.usage('k', noon + 30_000).day).toBe(2)
    expect(book.take('k', limits, noon + 61_000).isGranted).toBe(true)
    db.close()
  })

  it('begins a new day even when the day that is used up was a wrong one', () => {
    const db = opened()
    const book = budgetBook(db)
    const limits = { perMinute: 2, perDay: 1, reserve: 0 }
    book.take('k', limits, noon + 1000 * dayMs)
    expect(book.take('k', limits, noon)).toMatchObject({ isGranted: false, because: 'day' })
    expect(book.take('k', limits, noon + dayMs).isGranted).toBe(true)
    db.close()
  })

  it('never grants more than its limits, whatever comes in whatever order', () => {
    const db = opened(':memory:')
    const book = budgetBook(db)
    let run = 0
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 3000 }) },
      { weight: 2, arbitrary: fc.integer({ min: 3000, max: 90_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 3_600_000, max: 30_000_000 }) },
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(step, { minLength: 1, maxLength: 150 }),
        (perMinute, perDay, steps) => {
          const key = `run ${run++}`
          const limits = { perMinute, perDay, reserve: 0 }
          const grants: number[] = []
          let now = noon
          for (const ms of steps) {
            now += ms
            const answer = book.take(key, limits, now)
            if (answer.isGranted) grants.push(now)
            else expect(answer.waitUntilMs).toBeGreaterThan(now)
          }
          for (const at of grants) {
            const inWindow = grants.filter((other) => other > at - 60_000 && other <= at)
            expect(inWindow.length).toBeLessThanOrEqual(perMinute)
            const sameDay = grants.filter((other) => Math.floor(other / dayMs) === Math.floor(at / dayMs))
            expect(sameDay.length).toBeLessThanOrEqual(perDay)
          }
        },
      ),
      { numRuns: 60 },
    )
    db.close()
  })

  it('waits no longer than it must: what it names as the moment is granted', () => {
    const db = opened(':memory:')
    const book = budgetBook(db)
    let run = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 40 }),
        (perMinute, steps) => {
          const key = `run ${run++}`
          const limits = { perMinute, perDay: 1_000_000, reserve: 0 }
          let now = noon
          for (const ms of steps) {
            now += ms
            const answer = book.take(key, limits, now)
            if (answer.isGranted) continue
            expect(answer.waitUntilMs - now).toBeLessThanOrEqual(61_000)
            now = answer.waitUntilMs
            expect(book.take(key, limits, now).isGranted).toBe(true)
          }
        },
      ),
      { numRuns: 60 },
    )
    db.close()
  })

  it('stays within its limits when the clock steps back and forth', () => {
    const db = opened(':memory:')
    const book = budgetBook(db)
    let run = 0
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 100 }),
        (steps) => {
          const key = `run ${run++}`
          const limits = { perMinute: 5, perDay: 30, reserve: 0 }
          const midnight = Date.UTC(2026, 4, 11)
          let now = midnight - 2000
          let granted = 0
          for (const ms of steps) {
            now = Math.max(midnight - 30_000, Math.min(midnight + 30_000, now + ms))
            if (book.take(key, limits, now).isGranted) granted++
          }
          // The whole walk lies within one minute.
          expect(granted).toBeLessThanOrEqual(5)
        },
      ),
      { numRuns: 60 },
    )
    db.close()
  })

  it('is one book for several threads', async () => {
    opened().close()
    const source = `
      import { workerData, parentPort } from 'node:worker_threads'
      const { default: Database } = await import(workerData.sqlite)
      const { budgetBook } = await import(workerData.book)
      const db = new Database(workerData.file, { timeout: 20000 })
      const book = budgetBook(db)
      let granted = 0
      for (let n = 0; n < 60; n++)
        if (book.take('k', { perMinute: 100, perDay: 1000, reserve: 0 }, ${noon} + n).isGranted) granted++
      db.close()
      parentPort.postMessage(granted)
    `
    const granted = await Promise.all([1, 2, 3].map(() => worker(source)))
    expect(granted.reduce((total, count) => total + count, 0)).toBe(100)
  }, 60_000)
})

function worker(source: string): Promise<number> {
  const workerData = {
    file,
    sqlite: import.meta.resolve('better-sqlite3'),
    book: new URL('../../../../app/store/budget.ts', import.meta.url).href,
  }
  const made = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData })
  return new Promise((resolve, reject) => {
    made.once('message', resolve)
    made.once('error', reject)
  })
}
