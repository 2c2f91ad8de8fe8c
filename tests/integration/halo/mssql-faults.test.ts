import { afterEach, describe, expect, it } from 'vitest'
import type { Destination } from '../../../app/halo/destination.ts'
import { openHalo } from '../../../app/halo/open.ts'
import { openMssqlDialect } from '../../../app/halo/sql/dialects/mssql.ts'
import { ok } from '../../../app/model/fault.ts'
import type { HaloTarget } from '../../../app/model/halo-target.ts'
import { defaultNetwork } from '../../../app/model/network.ts'
import type { TdsOptions } from '../../tds/server.ts'
import { deadlock, ending, refusal } from '../../tds/sql-server.ts'
import { good, known } from './conformance.ts'
import { password, type StubWorld, stubServer } from './mssql-stub-world.ts'
import { customer, instance, product } from './records.ts'
import { clock } from './sqlite-world.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of closing.splice(0)) await end()
})

async function stub(options: TdsOptions = {}): Promise<StubWorld> {
  const world = await stubServer(options)
  closing.unshift(world.close)
  return world
}

async function open(target: HaloTarget, secret: string | null = password) {
  const opened = await openHalo(target, {
    clock,
    secret,
    network: { ...defaultNetwork, trustSystemStore: false },
  })
  if (opened.ok) closing.unshift(() => opened.value.close())
  return opened
}

const faultOf = async (target: HaloTarget, secret?: string | null) => {
  const opened = await open(target, secret)
  return opened.ok ? null : opened.fault
}

async function stageIn(world: StubWorld) {
  const halo: Destination = good(await open(world.target))
  const owner = good(await halo.owner(instance))
  const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: true }
  return {
    write: (...ids: number[]) => halo.write('customers', known(...ids.map((id) => customer(id))), options),
    products: (...ids: number[]) => halo.write('products', known(...ids.map((id) => product(id))), options),
    count: (table: string) => world.sql.prepare(`select count(*) from ${table}`).pluck().get(),
    ...{ halo, owner },
  }
}

describe('SQL Server refuses to let in', () => {
  it('a login with a wrong password', async () => {
    const { target } = await stub()
    expect(await faultOf(target, 'wrong')).toMatchObject({
      code: 'halo-login',
      facts: { user: 'integrator' },
    })
    expect(await faultOf(target, null)).toMatchObject({ code: 'halo-secret-missing' })
  })

  it('into a database that is not there', async () => {
    const { target } = await stub()
    expect(await faultOf({ ...target, database: 'Hallo' })).toMatchObject({
      code: 'halo-database-missing',
      facts: { name: 'Hallo', user: 'integrator' },
    })
  })

  it('and names who is not trusted: signed by itself, another than the pinned one, not encrypting', async () => {
    const { target, server, stub: behind } = await stub()
    const trusted = await faultOf({ ...target, certificate: { kind: 'trusted' } })
    expect(trusted).toMatchObject({
      code: 'halo-certificate',
      facts: { issuer: 'SSL_Self_Signed_Fallback', fingerprint: server.certificate.fingerprint },
    })
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':')
    expect(await faultOf({ ...target, certificate: { kind: 'pinned', fingerprint } })).toMatchObject({
      code: 'halo-certificate',
      facts: { reason: 'it is not the one that was accepted' },
    })
    // Neither login nor statement had been sent.
    expect(behind.heard).toEqual([])
    expect(await faultOf({ ...target, certificate: { kind: 'any' } })).toBeNull()
    const open = await stub({ canEncrypt: false })
    expect(await faultOf(open.target)).toMatchObject({
      code: 'halo-certificate',
      facts: { reason: 'the server does not encrypt' },
    })
  })

  it('when nobody listens, or the instance is unknown', async () => {
    const { target, server } = await stub()
    await server.stop()
    expect(await faultOf(target)).toMatchObject({ code: 'halo-unreachable', facts: { host: '127.0.0.1' } })
  })
})

describe('in the middle of the work SQL Server', () => {
  it('chooses the integrator as the victim of a deadlock: it is done again, whole and once', async () => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    let left = 2
    world.stub.mishap = (sql) => (sql.includes('INTO [SITE]') && left-- > 0 ? deadlock() : null)
    expect(good(await write(1, 2)).map(({ kind }) => kind)).toEqual(['created', 'created'])
    expect(left).toBeLessThan(1)
    expect([count('AREA'), count('SITE'), count('USERS')]).toEqual([2, 2, 2])
  })

  it('gives up on a deadlock that never ends, with nothing half-written', async () => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    world.stub.mishap = (sql) => (sql.includes('INTO [SITE]') ? deadlock() : null)
    expect(await write(1)).toMatchObject({ ok: false, fault: { code: 'halo-deadlock', next: 'retry' } })
    expect(count('AREA')).toBe(0)
  })

  it('loses the line: another connection does the work again', async () => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    let left = 1
    world.stub.mishap = (sql) =>
      sql.includes('INTO [USERS]') && left-- > 0 ? { answer: 'drop', endsTransaction: true } : null
    expect(good(await write(1)).map(({ kind }) => kind)).toEqual(['created'])
    expect([count('AREA'), count('USERS')]).toEqual([1, 1])
  })

  it('does not answer: given up in time, rolled back, and the next question is answered', async () => {
    const world = await stub()
    const plan = { target: world.target, password, network: defaultNetwork, requestMs: 2_000 }
    const dialect = good(await openMssqlDialect(plan))
    closing.unshift(() => dialect.close())
    const ask = (sql: string) =>
      dialect.transaction('read', async (session) => ok((await session.all(sql, [])).length))
    world.stub.mishap = (sql) => (sql.includes('from "AREA"') ? { answer: 'hang' } : null)
    const answer = await ask('select 1 as one from "AREA"')
    expect(answer).toMatchObject({
      ok: false,
      fault: { code: 'halo-locked', next: 'retry' },
    })
    world.stub.mishap = () => null
    expect(await ask('select 1 as one')).toEqual(ok(1))
  })

  it('is stopped and started between two batches', async () => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    good(await write(1))
    world.server.dropAll()
    expect(good(await write(1, 2)).map(({ kind }) => kind)).toEqual(['unchanged', 'created'])
    expect(count('AREA')).toBe(2)
  })

  const truncated = refusal(
    2628,
    "String or binary data would be truncated in table 'Halo.dbo.AREA', column 'aareadesc'. Truncated value: 'Custom'.",
  )
  /** What servers before 2019 say. */
  const wordless = refusal(8152, 'String or binary data would be truncated.')
  const converted = ending(245, "Conversion failed when converting the nvarchar value 'x' to data type int.")
  it.each([
    // Twice more after its dictionary was read again, which says nothing new.
    ['and the others are written', truncated, 'halo-value-too-long', [1, 3, 5, 6]],
    ['and ends the transaction: each goes in one of its own', converted, 'halo-value-refused', [1, 3]],
  ])('refuses one record of three, %s', async (_, met, code, refusedAt) => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    let asked = 0
    // The batch first, and then the second record alone.
    world.stub.mishap = (sql) => {
      if (!sql.includes('INTO [AREA]')) return null
      asked += 1
      return refusedAt.includes(asked) ? met : null
    }
    const outcomes = good(await write(1, 2, 3))
    expect(outcomes.map(({ fault, kind }) => fault?.code ?? kind)).toEqual(['created', code, 'created'])
    expect(outcomes[1]?.fault?.next).toBe('stop')
    expect([count('AREA'), count('SITE'), count('USERS')]).toEqual([2, 2, 2])
  })

  it('does not name the column that was made shorter: its dictionary does', async () => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    good(await write(9))
    world.stub.mishap = (sql) => (sql.includes('INTO [SITE]') ? wordless : null)
    world.sql.unsafeMode().exec(`PRAGMA writable_schema = 1;
      UPDATE sqlite_schema SET sql = replace(sql, '"sdesc" NVARCHAR(4000)', '"sdesc" NVARCHAR(3)') WHERE name = 'SITE';
      PRAGMA writable_schema = RESET; CREATE TABLE told (x); DROP TABLE told`)
    const [outcome] = good(await write(1))
    expect(outcome?.fault).toMatchObject({
      code: 'halo-value-too-long',
      facts: { column: 'SITE.sdesc', length: 4, limit: 3 },
    })
    expect([count('AREA'), count('SITE')]).toEqual([1, 1])
  })

  it('names the column that was too short', async () => {
    const world = await stub()
    const { write } = await stageIn(world)
    world.stub.mishap = (sql) => (sql.includes('INTO [AREA]') ? truncated : null)
    const [outcome] = good(await write(1))
    expect(outcome?.fault).toMatchObject({ code: 'halo-value-too-long', facts: { column: 'AREA.aareadesc' } })
  })

  it.each([
    [9002, "The transaction log for database 'Halo' is full due to 'LOG_BACKUP'.", 'halo-log-full', 'setup'],
    [
      1105,
      "Could not allocate space for object 'dbo.AREA' in database 'Halo' because the 'PRIMARY' filegroup is full.",
      'halo-full',
      'setup',
    ],
    [1222, 'Lock request time out period exceeded.', 'halo-locked', 'retry'],
    [207, "Invalid column name 'aareadesc'.", 'halo-column-missing', 'setup'],
    [
      229,
      "The INSERT permission was denied on the object 'AREA', database 'Halo', schema 'dbo'.",
      'halo-rights',
      'setup',
    ],
    [824, 'SQL Server detected a logical consistency-based I/O error.', 'halo-damaged', 'setup'],
    [50_001, 'A trigger of the customer said no.', 'halo-error', 'setup'],
  ])('says %i: nothing of the batch stays', async (number, message, code, next) => {
    const world = await stub()
    const { write, count } = await stageIn(world)
    world.stub.mishap = (sql) => (sql.includes('INTO [USERS]') ? refusal(number, message) : null)
    const answer = await write(1, 2)
    expect(answer).toMatchObject({ ok: false, fault: { code, next } })
    expect([count('AREA'), count('SITE'), count('USERS')]).toEqual([0, 0, 0])
  })

  it('keeps its order: stage, load, insert from it, in one transaction, keys locked before', async () => {
    const world = await stub()
    const { products } = await stageIn(world)
    world.stub.heard.length = 0
    good(await products(...Array.from({ length: 20 }, (_, at) => at + 1)))
    const heard = world.stub.heard.map((text) => text.replace(/ .*/s, ''))
    expect(heard.filter((word) => word !== 'select')).toEqual([
      ...['begin', 'save', 'IF', 'insert', 'bulk', 'DECLARE', 'commit'],
    ])
  })
})
