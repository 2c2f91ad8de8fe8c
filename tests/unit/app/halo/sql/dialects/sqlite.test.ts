import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { sqliteFault } from '../../../../../../app/halo/sql/dialects/sqlite.ts'
import { clock, tempFile } from '../fixture.ts'

/** The error that some work on a real connection ends in. */
function errorOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing happened')
}
const faultOf = (error: unknown) => sqliteFault(error, '/data/halo.db', clock)

describe('sqliteFault', () => {
  it('knows a file that may not be written', () => {
    const file = tempFile()
    new Database(file).exec('create table t (a)').close()
    const sql = new Database(file, { readonly: true })
    const error = errorOf(() => sql.exec('insert into t values (1)'))
    sql.close()
    expect(faultOf(error)).toMatchObject({
      code: 'halo-rights',
      next: 'setup',
      side: 'halo',
      facts: { file: '/data/halo.db', code: 'SQLITE_READONLY' },
    })
  })

  it('knows a full disk', () => {
    const sql = new Database(tempFile())
    sql.exec('create table t (a)')
    sql.pragma('max_page_count = 3')
    const error = errorOf(() => sql.exec('insert into t values (zeroblob(100000))'))
    sql.close()
    expect(faultOf(error)).toMatchObject({ code: 'halo-full', next: 'setup' })
  })

  it('knows a refused value and a changed schema', () => {
    const sql = new Database(':memory:')
    sql.exec('create table t (a not null)')
    expect(faultOf(errorOf(() => sql.exec('insert into t values (null)')))).toMatchObject({
      code: 'halo-value-refused',
      next: 'stop',
    })
    expect(faultOf(errorOf(() => sql.exec('select b from t')))).toMatchObject({ code: 'halo-schema' })
    sql.close()
  })

  it.each([
    ['SQLITE_BUSY_SNAPSHOT', 'halo-locked'],
    ['SQLITE_CORRUPT_INDEX', 'halo-damaged'],
    ['SQLITE_CANTOPEN_ISDIR', 'halo-unreachable'],
    ['SQLITE_IOERR_WRITE', 'halo-unreachable'],
    ['SQLITE_NOMEM', 'halo-error'],
  ])('reads %s as %s', (code, expected) => {
    expect(faultOf(new Database.SqliteError('words of SQLite', code))).toMatchObject({
      code: expected,
      raw: 'words of SQLite',
    })
  })

  it('leaves a bug alone', () => {
    expect(faultOf(new TypeError('x is not a function'))).toBeNull()
  })
})
