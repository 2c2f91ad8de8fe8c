import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openSqliteHalo } from '../../../../../app/halo/sql/open.ts'
import { halo, tableNames } from '../../../../../app/halo/sql/tables/all.ts'
import { clock, customer, dumpOf, good, instance, known, openTestHalo, tempFile } from './fixture.ts'

const open = (file: string) => openSqliteHalo({ file, clock, waitMs: 20 })

describe('a new file', () => {
  it('gets Halo’s tables and no others, with ordinary statuses, taxes and the default group', async () => {
    const { halo: destination, rows } = await openTestHalo()
    const made = rows("select name from sqlite_schema where type = 'table'").map(({ name }) => name)
    expect(made.sort()).toEqual(tableNames.map((id) => halo[id].name).sort())
    expect(good(await destination.choices('quoteStatus')).map(({ name }) => name)).toContain('Accepted')
    expect(good(await destination.choices('orderStatus')).map(({ name }) => name)).toContain('Processed')
    expect(good(await destination.choices('tax'))).toContainEqual({ id: 1, name: 'Standard rate', rate: 20 })
    expect(good(await destination.choices('groups'))).toEqual([{ id: 1, name: 'Datto Commerce' }])
  })

  it('has the catalogue’s defaults', async () => {
    const { sql, rows } = await openTestHalo()
    sql.exec('insert into QUOTATIONHEADER (QHtitle) values (null)')
    sql.exec('insert into QUOTATIONDETAIL (QDDesc) values (null)')
    expect(rows('select * from QUOTATIONHEADER')[0]).toMatchObject({
      QHid: 1,
      QHUserID: 0,
      qhdattocommerceid: -1,
      QHCurrency: '£',
      qhlastupdatetime: '1900-01-01 00:00:00.000',
    })
    expect(rows('select * from QUOTATIONDETAIL')[0]).toMatchObject({ QDPrintItem: 1, QDIsGroupDesc: 0 })
    expect(() => sql.exec("insert into USERS (uusername) values ('nobody')")).toThrow(/NOT NULL/)
  })

  it('is the same, byte for byte, whenever it is made', async () => {
    const [first, second] = [await openTestHalo(), await openTestHalo()]
    expect(first.dump()).toBe(second.dump())
  })

  it('is opened again as it is', async () => {
    const first = await openTestHalo()
    await first.write('customers', customer(1))
    await first.halo.close()
    const second = await openTestHalo(undefined, first.file)
    expect(second.dump()).toBe(first.dump())
  })
})

describe('an existing database', () => {
  it('never gets a table of ours', async () => {
    const file = tempFile()
    const sql = new Database(file)
    sql.exec('create table notes (id integer primary key, words text)')
    const destination = good(await open(file))
    const written = await destination.owner(instance)
    expect(written).toMatchObject({ ok: false, fault: { code: 'halo-column-missing' } })
    await destination.close()
    expect(sql.prepare('select name from sqlite_schema').pluck().all()).toEqual(['notes'])
    sql.close()
  })
})

describe('trouble', () => {
  it('says that the folder is not there', async () => {
    const result = await open(join(dirname(tempFile()), 'missing', 'halo.db'))
    expect(result).toMatchObject({ ok: false, fault: { code: 'halo-unreachable', next: 'retry' } })
  })

  it('says that the place cannot be opened', async () => {
    const folder = tempFile('a folder')
    mkdirSync(folder)
    expect(await open(folder)).toMatchObject({ ok: false, fault: { code: 'halo-unreachable' } })
  })

  it('says that the file is no database, and leaves it as it is', async () => {
    const file = tempFile()
    writeFileSync(file, 'PK not a database, whatever its name says'.repeat(200))
    expect(await open(file)).toMatchObject({ ok: false, fault: { code: 'halo-damaged', next: 'setup' } })
  })

  it('says that another program writes, when to try again, and works afterwards', async () => {
    const { halo: destination, sql, owner } = await openTestHalo()
    const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: true } as const
    sql.exec('begin immediate')
    const refused = await destination.write('customers', known(customer(1)), options)
    expect(refused).toMatchObject({
      ok: false,
      fault: { code: 'halo-locked', next: 'retry', retryAt: '2026-03-01T00:00:30.000Z' },
    })
    sql.exec('rollback')
    expect(good(await destination.write('customers', known(customer(1)), options))[0]?.kind).toBe('created')
  })

  it('reads and previews while another program writes', async () => {
    const { halo: destination, sql, owner, write, preview } = await openTestHalo()
    const [made] = await write('customers', customer(1))
    sql.exec('begin immediate')
    expect(good(await destination.read('customers', owner, made?.haloId ?? 0))).not.toBeNull()
    expect((await preview('customers', customer(1)))[0]?.kind).toBe('unchanged')
    sql.exec('rollback')
  })

  it('keeps two programs apart that write at the same time', async () => {
    const first = await openTestHalo()
    const second = await openTestHalo(undefined, first.file)
    await Promise.all([
      first.write('customers', customer(1), customer(2)),
      second.write('customers', customer(3), customer(4)),
      first.write('customers', customer(5)),
    ])
    expect(first.rows('select count(*) as n, count(distinct adattocommerceid) as d from AREA')).toEqual([
      { n: 5, d: 5 },
    ])
    expect(dumpOf(first.sql)).toBe(dumpOf(second.sql))
  })
})
