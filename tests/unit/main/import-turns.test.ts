import { setTimeout as rest } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { fail, fault, ok } from '../../../app/model/fault.ts'
import { guardedWork, importTurns } from '../../../main/import-turns.ts'

test('changes of one import take turns, those of another do not wait', async () => {
  const turns = importTurns()
  const seen: string[] = []
  const act = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`)
    await rest(ms)
    seen.push(`${name} ends`)
    return ok(name)
  }
  const all = await Promise.all([
    turns('a', act('first', 20)),
    turns('a', act('second', 0)),
    turns('b', act('other', 0)),
  ])
  expect(all.map((one) => one.ok && one.value)).toEqual(['first', 'second', 'other'])
  expect(seen.indexOf('second begins')).toBeGreaterThan(seen.indexOf('first ends'))
  expect(seen.indexOf('other ends')).toBeLessThan(seen.indexOf('first ends'))
})

test('one that fails or throws lets the next one come', async () => {
  const turns = importTurns()
  const thrown = turns('a', () => Promise.reject(new Error('no')))
  const failed = turns('a', async () => fail(fault('cancelled')))
  const last = turns('a', async () => ok('last'))
  await expect(thrown).rejects.toThrow('no')
  expect(await failed).toMatchObject({ ok: false })
  expect(await last).toEqual(ok('last'))
})

test('trouble with the disk is a fault, anything else a bug', async () => {
  const full = () => Promise.reject(new Database.SqliteError('disk is full', 'SQLITE_FULL'))
  expect(await guardedWork('x.db', full)).toMatchObject({ ok: false, fault: { code: 'disk-full' } })
  await expect(guardedWork('x.db', () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
})
