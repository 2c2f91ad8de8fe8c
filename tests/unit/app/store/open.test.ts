import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { shippedMigrations } from '../../../../app/store/migrate.ts'
import { openStore } from '../../../../app/store/open.ts'
import { must, tempFolder, tempStore, testClock } from './temp-store.ts'

const clock = testClock()
const codeOf = (folder: string, role: 'owner' | 'reader' = 'owner') => {
  const opened = openStore(folder, { clock, role })
  if (opened.ok) opened.value.close()
  return opened.ok ? 'opened' : opened.fault.code
}

describe('opening the store', () => {
  it('makes an empty one, in WAL mode, that survives being closed', () => {
    const { store, folder } = tempStore()
    expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal')
    store.settings.set('x', { a: 1 })
    store.close()
    expect(tempStore(clock, folder).store.db.prepare('SELECT value FROM setting').pluck().get()).toBe(
      '{"a":1}',
    )
  })

  it('names a folder that is missing, and one in which no file can be made', () => {
    expect(codeOf(join(tempFolder(), 'nowhere'))).toBe('folder-missing')
    const folder = tempFolder()
    mkdirSync(join(folder, 'store.db'))
    expect(codeOf(folder)).toBe('folder-unwritable')
  })

  it('leaves a store of a newer program exactly as it is', () => {
    const folder = tempFolder()
    const file = join(folder, 'store.db')
    const newer = new Database(file)
    newer.exec('CREATE TABLE future (x)')
    newer.pragma('user_version = 999')
    newer.close()
    const before = readFileSync(file)
    expect(codeOf(folder)).toBe('store-newer')
    expect(codeOf(folder, 'reader')).toBe('store-newer')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.each([
    ['no database at all', (file: string) => writeFileSync(file, 'x'.repeat(20_000))],
    ['a database cut in half', (file: string) => truncateSync(file, 20_000)],
  ])('keeps a damaged store (%s) and says where it and the last backup are', (_, damage) => {
    const { store, folder } = tempStore()
    store.close()
    const file = join(folder, 'store.db')
    mkdirSync(join(folder, 'backups'))
    const backup = join(folder, 'backups', 'store-v001-20260101T000000000Z.db')
    copyFileSync(file, backup)
    damage(file)
    const size = readFileSync(file).length
    const opened = openStore(folder, { clock, role: 'owner' })
    expect(opened).toMatchObject({ ok: false, fault: { code: 'store-damaged', facts: { file, backup } } })
    expect(readFileSync(file)).toHaveLength(size)
  })

  it('finds damage inside before it upgrades', () => {
    const { store, folder } = tempStore()
    for (let id = 0; id < 500; id += 1) store.settings.set(`key ${id}`, 'x'.repeat(200))
    store.close()
    const file = join(folder, 'store.db')
    const bytes = readFileSync(file)
    bytes.fill(0xff, bytes.length - 40_000)
    writeFileSync(file, bytes)
    const next = { version: 9999, name: '9999-x.sql', sql: 'CREATE TABLE added (x);' }
    const opened = openStore(folder, { clock, role: 'owner', migrations: [...shippedMigrations(), next] })
    expect(opened).toMatchObject({ ok: false, fault: { code: 'store-damaged', facts: { file } } })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('lets a reader read beside the owner, and write nothing', () => {
    const { store, folder } = tempStore()
    must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.example' }))
    const reader = must(openStore(folder, { clock, role: 'reader' }))
    expect(reader.tenants.list().map((tenant) => tenant.name)).toEqual(['North'])
    expect(() => reader.settings.set('x', 1)).toThrow(/readonly/)
    reader.close()
  })

  it('tells a reader that there is no store, or that its owner has not upgraded it yet', () => {
    expect(codeOf(tempFolder(), 'reader')).toBe('folder-missing')
    const { store, folder } = tempStore()
    store.close()
    const next = { version: 9999, name: '9999-x.sql', sql: 'CREATE TABLE added (x);' }
    const opened = openStore(folder, { clock, role: 'reader', migrations: [...shippedMigrations(), next] })
    expect(opened).toMatchObject({ ok: false, fault: { code: 'store-locked', next: 'retry' } })
  })

  it('says that another program holds the file', () => {
    const folder = tempFolder()
    const other = new Database(join(folder, 'store.db'))
    other.exec('BEGIN EXCLUSIVE')
    const opened = openStore(folder, { clock, role: 'owner', waitMs: 10 })
    expect(opened).toMatchObject({ ok: false, fault: { code: 'store-locked', next: 'retry' } })
    other.exec('ROLLBACK')
    other.close()
  })

  it('has a mark that moves with every write, also of another connection', () => {
    const { store, folder } = tempStore()
    const marks = [store.changeMark()]
    store.settings.set('x', 1)
    marks.push(store.changeMark())
    const other = tempStore(clock, folder).store
    other.settings.set('x', 2)
    marks.push(store.changeMark())
    expect(new Set(marks).size).toBe(3)
    expect(store.changeMark()).toBe(marks[2])
  })

  it('takes a transaction back as a whole when its work throws', () => {
    const { store } = tempStore()
    const work = () =>
      store.inTransaction(() => {
        store.watermarks.move(1, 'quote', '2026-01-01T00:00:00.000Z', 1)
        store.sources.putPage(1, 'quote', [{ id: 1, parentId: null, modifiedAt: null, body: '{}' }], 1, {
          marksChildren: false,
        })
        throw new Error('stop')
      })
    expect(work).toThrow('stop')
    expect(store.watermarks.get(1, 'quote')).toBeNull()
    expect(store.sources.count(1, 'quote')).toBe(0)
  })

  it('can be removed after it was closed: nothing keeps the file open', () => {
    const { store, folder } = tempStore()
    store.close()
    rmSync(join(folder, 'store.db'))
    expect(codeOf(folder)).toBe('opened')
  })
})
