import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { guarded, storeFault } from '../../../../app/store/sqlite-fault.ts'
import { tempFolder, tempStore } from './temp-store.ts'

const codeOf = (work: () => unknown): string => {
  const done = guarded('store.db', work)
  return done.ok ? 'done' : done.fault.code
}

describe('faults of the store', () => {
  it('gives the value when nothing is wrong', () => {
    expect(guarded('x', () => 5)).toEqual({ ok: true, value: 5 })
  })

  it('disk full, and the transaction is taken back whole', () => {
    const { store } = tempStore()
    const pages = Number(store.db.pragma('page_count', { simple: true }))
    store.db.pragma(`max_page_count = ${pages + 2}`)
    const rows = Array.from({ length: 500 }, (_, id) => ({
      id,
      parentId: null,
      modifiedAt: null,
      body: 'x'.repeat(1000),
    }))
    expect(codeOf(() => store.sources.putPage(1, 'quote', rows, 1, { marksChildren: false }))).toBe(
      'disk-full',
    )
    expect(store.sources.count(1, 'quote')).toBe(0)
    store.db.pragma(`max_page_count = ${pages + 1000}`)
    expect(codeOf(() => store.sources.putPage(1, 'quote', rows, 1, { marksChildren: false }))).toBe('done')
  })

  it('locked by another writer', () => {
    const { store, folder } = tempStore()
    const other = new Database(join(folder, 'store.db'), { timeout: 0 })
    store.db.exec('BEGIN IMMEDIATE')
    expect(codeOf(() => other.exec("INSERT INTO setting VALUES ('a', '1', 'now')"))).toBe('store-locked')
    store.db.exec('ROLLBACK')
    other.close()
  })

  it('read-only', () => {
    const { store, folder } = tempStore()
    const other = new Database(join(folder, 'store.db'), { readonly: true })
    expect(codeOf(() => other.exec("INSERT INTO setting VALUES ('a', '1', 'now')"))).toBe('folder-unwritable')
    other.close()
    store.close()
  })

  it('a file that is not there', () => {
    expect(codeOf(() => readFileSync(join(tempFolder(), 'none')))).toBe('folder-missing')
  })

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EACCES', 'folder-unwritable'],
    ['EROFS', 'folder-unwritable'],
  ])('%s is %s and names the file', (system, code) => {
    const error = Object.assign(new Error(`${system}: x`), { code: system })
    expect(storeFault(error, '/data/store.db')).toMatchObject({ code, facts: { file: '/data/store.db' } })
  })

  it('throws a bug on', () => {
    const { store } = tempStore()
    expect(() => guarded('x', () => store.db.exec('SELECT * FROM nowhere'))).toThrow(/nowhere/)
    expect(() =>
      guarded('x', () => {
        throw new RangeError('bug')
      }),
    ).toThrow(RangeError)
  })
})
