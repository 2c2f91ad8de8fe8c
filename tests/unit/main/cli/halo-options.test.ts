import { describe, expect, it } from 'vitest'
import { type HaloOptions, targetOf } from '../../../../main/cli/halo-options.ts'

const database = { database: 'Halo', user: 'u' }

describe('the options of a Halo', () => {
  it.each<[HaloOptions, object | null]>([
    [{}, null],
    [
      { mssql: 'SQL01\\HALO', ...database },
      { kind: 'mssql', login: { kind: 'sql', user: 'u' }, certificate: { kind: 'trusted' } },
    ],
    [{ mssql: 'SQL01', ...database, domain: 'CORP' }, { login: { kind: 'ntlm', domain: 'CORP', user: 'u' } }],
    [{ mssql: 'SQL01', ...database, certificate: 'ab'.repeat(32) }, { certificate: { kind: 'pinned' } }],
    [
      { postgres: 'pg.example:5433', ...database },
      { kind: 'postgres', host: 'pg.example', port: 5433 },
    ],
    [
      { postgres: 'pg.example', ...database, certificate: 'off' },
      { port: 5432, tls: { kind: 'off' } },
    ],
    [
      { rest: 'https://a.halopsa.com', clientId: 'c', haloTenant: 'a' },
      { kind: 'rest', tenant: 'a', clientId: 'c' },
    ],
  ])('%j', (options, target) => {
    const read = targetOf(options)
    expect(read).toMatchObject({ ok: true, value: target })
  })

  it.each<[HaloOptions, string]>([
    [{ mssql: 'a b', ...database }, 'server'],
    [{ mssql: 'SQL01', user: 'u' }, 'database'],
    [{ mssql: 'SQL01', database: 'Halo' }, 'login.user'],
    [{ mssql: 'SQL01', ...database, certificate: 'AB:CD' }, 'certificate.fingerprint'],
    [{ mssql: 'SQL01', ...database, certificate: 'off' }, 'certificate.kind'],
    [{ postgres: 'pg:99999', ...database }, 'port'],
    [{ rest: 'https://a.halopsa.com' }, 'clientId'],
    [{ postgres: 'a', rest: 'https://b' }, 'halo'],
  ])('refuses %j, naming %s', (options, field) => {
    expect(targetOf(options)).toMatchObject({ ok: false, fault: { code: 'input-invalid', facts: { field } } })
  })
})
