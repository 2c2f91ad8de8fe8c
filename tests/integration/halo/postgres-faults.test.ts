import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Destination } from '../../../app/halo/destination.ts'
import { openHalo } from '../../../app/halo/open.ts'
import type { HaloTarget } from '../../../app/model/halo-target.ts'
import { good, known } from './conformance.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { clock, type PostgresWorld, postgresWorld } from './postgres-world.ts'
import { customer, instance, product, quote } from './records.ts'

let server: PostgresServer
beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'a-postgres' }], { keySize: 2048 })
  server = await startPostgres(['-c', 'ssl=on'], (folder) => {
    // The key must be the server's own and nobody else's to read.
    writeFileSync(join(folder, 'server.crt'), made.cert)
    writeFileSync(join(folder, 'server.key'), made.private, { mode: 0o600 })
  })
})
afterAll(() => server.end())

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of closing.splice(0)) await end()
})

async function world(prepare: readonly string[] = []): Promise<PostgresWorld> {
  const made = await postgresWorld(server, { names: 'lower', isIdentity: true }, prepare)
  closing.unshift(made.close)
  return made
}

async function open(target: HaloTarget, secret = server.password) {
  const opened = await openHalo(target, { clock, secret })
  if (opened.ok) closing.unshift(() => opened.value.close())
  return opened
}

const faultOf = async (target: HaloTarget, secret?: string) => {
  const opened = await open(target, secret)
  return opened.ok ? null : opened.fault
}

async function writer(halo: Destination) {
  const owner = good(await halo.owner(instance))
  const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: true }
  return {
    customers: (...ids: number[]) =>
      halo.write('customers', known(...ids.map((id) => customer(id))), options),
    products: (...ids: number[]) => halo.write('products', known(...ids.map((id) => product(id))), options),
    quotes: (...ids: number[]) => halo.write('quotes', known(...ids.map((id) => quote(id))), options),
  }
}

/** A login with a name of its own and these rights. */
async function login(database: string, name: string, ...rights: string[]): Promise<void> {
  await server.run(database, `create role ${name} login password '${server.password}'`, ...rights)
}

describe('PostgreSQL refuses to let in', () => {
  it('a wrong password, an unknown database, a host that nobody has', async () => {
    const { target } = await world()
    expect(await faultOf(target, 'wrong')).toMatchObject({ code: 'halo-login', facts: { user: 'postgres' } })
    expect(await faultOf({ ...target, database: 'nothing' })).toMatchObject({
      code: 'halo-database-missing',
      facts: { name: 'nothing' },
    })
    expect(await faultOf({ ...target, port: 1 })).toMatchObject({ code: 'halo-unreachable', next: 'retry' })
  })

  it('what is not Halo’s', async () => {
    const { target } = await world()
    const database = await server.newDatabase()
    expect(await faultOf({ ...target, database })).toMatchObject({ code: 'halo-schema' })
  })

  it('a server that is not trusted, before the password is sent', async () => {
    const { target } = await world()
    const refused = await faultOf({ ...target, tls: { kind: 'trusted' } })
    expect(refused).toMatchObject({ code: 'halo-certificate', facts: { issuer: 'a-postgres' } })
    const seen = String(refused?.facts?.fingerprint)
    const other = {
      kind: 'pinned' as const,
      fingerprint: seen.replace(/^../, seen.startsWith('AA') ? 'BB' : 'AA'),
    }
    expect(await faultOf({ ...target, tls: other })).toMatchObject({ code: 'halo-certificate' })
    expect(await faultOf({ ...target, tls: { kind: 'pinned', fingerprint: seen } })).toBeNull()
    expect(await faultOf({ ...target, tls: { kind: 'any' } })).toBeNull()
  })
})

describe('a PostgreSQL that says no', () => {
  it('to one table: the fault names it, and nothing of the batch stays', async () => {
    const { target, database, count, halo } = await world()
    good(await (await writer(halo)).customers(9))
    await login(
      database,
      'no_users',
      'grant select, insert, update, delete on all tables in schema public to no_users',
      'revoke insert on users from no_users',
    )
    const limited = await writer(good(await open({ ...target, user: 'no_users' })))
    expect(await limited.customers(1)).toMatchObject({
      ok: false,
      fault: { code: 'halo-rights', facts: { user: 'no_users', table: 'users' } },
    })
    expect(await count('customers')).toBe(1)
  })

  it('because Halo was upgraded while it ran: a column has another name', async () => {
    const { halo, database, count } = await world()
    const { customers } = await writer(halo)
    await server.run(database, 'alter table area rename column aareadesc to aareadesc2')
    expect(await customers(1)).toMatchObject({
      ok: false,
      fault: { code: 'halo-column-missing', next: 'setup' },
    })
    expect(good(await halo.probe()).missing).toEqual([{ table: 'AREA', column: 'aareadesc' }])
    expect(await customers(1)).toMatchObject({
      ok: false,
      fault: { code: 'halo-column-missing', facts: { columns: 'AREA.aareadesc' } },
    })
    expect(await count('customers')).toBe(0)
  })

  it.each([
    ['53100', 'could not extend file: No space left on device', 'halo-full'],
    ['55P03', 'canceling statement due to lock timeout', 'halo-locked'],
  ])('with %s in the middle of a batch: named, and nothing of it stays', async (state, words, code) => {
    const { halo, count } = await world([
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception '${words}' using errcode = '${state}'; end $$`,
      'create trigger refuse before insert on users for each row execute function refuse()',
    ])
    const { customers } = await writer(halo)
    expect(await customers(1, 2)).toMatchObject({
      ok: false,
      fault: { code, facts: { code: state }, raw: words },
    })
    expect(await count('customers')).toBe(0)
  })

  it('to one record, by a rule of its own: the others are written', async () => {
    const { halo, count } = await world(["alter table area add check (aareadesc <> 'Customer 2')"])
    const { customers } = await writer(halo)
    const outcomes = good(await customers(1, 2, 3))
    expect(outcomes.map(({ kind, fault }) => fault?.code ?? kind)).toEqual([
      'created',
      'halo-value-refused',
      'created',
    ])
    expect(await count('customers')).toBe(2)
  })

  it('to a text that became too long for its column: which, and by how much', async () => {
    const { halo, database, count } = await world()
    const { customers } = await writer(halo)
    await server.run(database, 'alter table site alter column sdesc type varchar(3)')
    const outcomes = good(await customers(1, 2))
    for (const { fault } of outcomes)
      expect(fault).toMatchObject({
        code: 'halo-value-too-long',
        facts: { column: 'SITE.sdesc', length: 4, limit: 3 },
      })
    expect(await count('customers')).toBe(0)
  })

  it('to a text that became too long where it may be cut: cut, and said', async () => {
    const { halo, database, count } = await world()
    const { customers, products, quotes } = await writer(halo)
    good(await customers(1))
    good(await products(1))
    await server.run(database, 'alter table quotationheader alter column qhtitle type varchar(4)')
    const [outcome] = good(await quotes(1))
    expect(outcome).toMatchObject({
      kind: 'created',
      notes: [{ code: 'halo-value-too-long', facts: { column: 'QUOTATIONHEADER.QHtitle', limit: 4 } }],
    })
    expect(await count('quotes')).toBe(1)
  })

  it('to a field that it insists on since: seen before anything is written', async () => {
    const { halo, count } = await world(['alter table area add column region text not null'])
    const { customers } = await writer(halo)
    expect(await customers(1)).toMatchObject({
      ok: false,
      fault: { code: 'halo-field-mandatory', facts: { column: 'AREA.region' } },
    })
    expect(await count('customers')).toBe(0)
  })

  it('of an older version: columns that may be missing are left out', async () => {
    const { halo, count } = await world([
      'alter table quotationheader drop column qhdeladdress1, drop column qhcarriagedesc, drop column qhdattocommerceurl',
      'alter table quotationdetail drop column qdtax_rate, drop column qdperiods',
      'alter table item drop column iserialiseonlyone',
    ])
    const write = await writer(halo)
    good(await write.customers(1))
    good(await write.products(1))
    expect(good(await write.quotes(1, 2)).map(({ kind }) => kind)).toEqual(['created', 'created'])
    expect(good(await write.quotes(1, 2)).map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged'])
    expect(await count('quotes')).toBe(2)
    expect(good(await halo.probe()).optionalMissing).toContainEqual({
      table: 'QUOTATIONHEADER',
      column: 'qhdattocommerceurl',
    })
  })

  it('until another program lets go of a table: given up in time, not waited for', async () => {
    const { halo, database } = await world()
    const { customers } = await writer(halo)
    await server.run(
      database,
      "alter role postgres set lock_timeout = '200ms'",
      'begin; lock table area in exclusive mode',
    )
    const answer = await customers(1)
    await server.run(database, 'rollback', 'alter role postgres reset lock_timeout')
    expect(answer).toMatchObject({ ok: false, fault: { code: 'halo-locked', next: 'retry' } })
  }, 60_000)
})

describe('when two meet', () => {
  it('at a deadlock, the work is done again, whole and once', async () => {
    const { halo, database, count } = await world()
    const { customers } = await writer(halo)
    good(await customers(1))
    // Another program holds USERS and will want AREA, while the integrator holds AREA and wants USERS.
    const other = server.run(
      database,
      `begin; lock table users in exclusive mode; select pg_sleep(0.5); update area set aareadesc = 'Theirs' where adattocommerceid = 1; commit`,
    )
    const renamed = {
      ...customer(1),
      name: 'Ours',
      contacts: [{ ...customer(1).contacts[0], phone: '1' }],
    } as ReturnType<typeof customer>
    const owner = good(await halo.owner(instance))
    const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: true }
    await new Promise((resolve) => setTimeout(resolve, 150))
    const mine = halo.write('customers', known(renamed, customer(2)), options)
    const [, outcome] = await Promise.allSettled([other, mine])
    expect(outcome.status === 'fulfilled' && good(outcome.value).map(({ kind }) => kind)).toEqual([
      'updated',
      'created',
    ])
    expect(await count('customers')).toBe(2)
  })

  it('two integrators never make one customer twice, nor give one key to two', async () => {
    const made = await postgresWorld(server, { names: 'exact', isIdentity: false })
    closing.unshift(made.close)
    const first = await writer(made.halo)
    const second = await writer(good(await open(made.target)))
    const all = await Promise.all([
      first.customers(1, 2, 3, 4, 5),
      second.customers(11, 12, 13, 14, 15),
      first.products(1, 2, 3),
      second.products(11, 12, 13),
    ])
    for (const answer of all) good(answer)
    expect(await made.count('customers')).toBe(10)
    const { rows } = (
      await server.run(made.database, 'select count(distinct "Aarea") as n from "AREA"')
    )[0] ?? { rows: [] }
    expect(rows).toEqual([{ n: '10' }])
  })
})

describe('a server that is stopped', () => {
  it('between two batches and started again: the run goes on', async () => {
    const { halo, count } = await world()
    const { customers } = await writer(halo)
    good(await customers(1))
    await server.stop()
    await server.start()
    expect(good(await customers(1, 2)).map(({ kind }) => kind)).toEqual(['unchanged', 'created'])
    expect(await count('customers')).toBe(2)
  })

  it('in the middle of a batch: nothing half-written, and once it is back everything is there once', async () => {
    const { halo, count } = await world()
    const { customers } = await writer(halo)
    const ids = Array.from({ length: 200 }, (_, at) => at + 1)
    const writing = customers(...ids)
    await server.stop()
    const answer = await writing
    expect(answer.ok ? 'written' : answer.fault.code).toMatch(/^(written|halo-unreachable)$/)
    await server.start()
    const there = await count('customers')
    expect([0, 200]).toContain(there)
    good(await customers(...ids))
    expect(await count('customers')).toBe(200)
  })

  it('and stays away: the fault says that it is tried again', async () => {
    const { halo } = await world()
    const { customers } = await writer(halo)
    await server.stop()
    try {
      expect(await customers(1)).toMatchObject({
        ok: false,
        fault: { code: 'halo-unreachable', next: 'retry' },
      })
    } finally {
      await server.start()
    }
  })
})
