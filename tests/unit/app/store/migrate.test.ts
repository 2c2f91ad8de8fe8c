import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  backupsIn,
  type Migration,
  migrate,
  shippedMigrations,
  storeVersion,
} from '../../../../app/store/migrate.ts'
import { tempFolder, testClock } from './temp-store.ts'

const frozen: unknown = JSON.parse(
  readFileSync(new URL('../../../fixtures/migrations.json', import.meta.url), 'utf8'),
)
const step = (version: number, sql: string): Migration => ({ version, name: `000${version}-x.sql`, sql })
const first = step(1, 'CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);')
const second = step(2, 'ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = 2;')

function fresh() {
  const folder = tempFolder()
  return { folder, db: new Database(join(folder, 'store.db')), clock: testClock() }
}

describe('migrations', () => {
  it('are frozen once shipped: a new one is added to the list, an old one never changes', () => {
    const sums = shippedMigrations().map(({ name, sql }) => [
      name,
      createHash('sha256').update(sql).digest('hex'),
    ])
    expect(Object.fromEntries(sums)).toEqual(frozen)
  })

  it('are numbered without gaps from 1', () => {
    expect(shippedMigrations().map((migration) => migration.version)).toEqual(
      shippedMigrations().map((_, index) => index + 1),
    )
  })

  it('run in order, once, and need no backup of an empty store', () => {
    const { db, folder, clock } = fresh()
    expect(migrate(db, folder, clock, [first, second])).toEqual({ ok: true, value: 2 })
    expect(migrate(db, folder, clock, [first, second])).toEqual({ ok: true, value: 2 })
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: 2 }])
    expect(existsSync(join(folder, 'backups'))).toBe(false)
    db.close()
  })

  it('are all or nothing each: a broken one leaves the version and the data before it', () => {
    const { db, folder, clock } = fresh()
    migrate(db, folder, clock, [first])
    const broken = step(2, 'UPDATE a SET x = 5; CREATE TABLE b (z INTEGER); INSERT INTO nowhere VALUES (1);')
    expect(() => migrate(db, folder, clock, [first, broken])).toThrow(/nowhere/)
    expect(storeVersion(db)).toBe(1)
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }])
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'b'").pluck().get()).toBe(0)
    db.close()
  })

  it('copy a store that holds something first, and keep the last three copies', () => {
    const { db, folder, clock } = fresh()
    const steps = [first, ...[2, 3, 4, 5, 6].map((n) => step(n, `UPDATE a SET x = ${n};`))]
    for (const n of [1, 2, 3, 4, 5, 6]) {
      clock.nowMs += 86_400_000
      migrate(db, folder, clock, steps.slice(0, n))
    }
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(3)
    expect(backupsIn(folder).map((name) => name.slice(0, 10))).toEqual([
      'store-v005',
      'store-v004',
      'store-v003',
    ])
    const copy = new Database(join(folder, 'backups', backupsIn(folder)[0] ?? ''), { readonly: true })
    expect(copy.prepare('SELECT x FROM a').pluck().get()).toBe(5)
    expect(storeVersion(copy)).toBe(5)
    copy.close()
    db.close()
  })

  it('refuse a store that is newer than the program', () => {
    const { db, folder, clock } = fresh()
    migrate(db, folder, clock, [first, second])
    const result = migrate(db, folder, clock, [first])
    expect(result).toMatchObject({
      ok: false,
      fault: { code: 'store-newer', facts: { store: 2, program: 1 } },
    })
    expect(storeVersion(db)).toBe(2)
    db.close()
  })

  it('ship as text: the folder holds numbered .sql files only', () => {
    const names = shippedMigrations().map((migration) => migration.name)
    expect(readdirSync(new URL('../../../../app/store/migrations/', import.meta.url)).sort()).toEqual(names)
    expect(
      readFileSync(new URL(`../../../../app/store/migrations/${names[0]}`, import.meta.url), 'utf8'),
    ).toContain('CREATE TABLE tenant')
  })
})
