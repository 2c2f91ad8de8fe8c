import { describe, expect, it, test } from 'vitest'
import {
  acceptsAnyCertificate,
  type HaloTarget,
  haloTargetSchema,
  placeOfTarget,
  readServer,
  secretScope,
} from '../../../../app/model/halo-target.ts'

describe('the address of a SQL Server', () => {
  it.each([
    ['sql01', { host: 'sql01', instance: null, port: null }],
    [' sql01.corp.example ', { host: 'sql01.corp.example', instance: null, port: null }],
    ['sql01\\HALO', { host: 'sql01', instance: 'HALO', port: null }],
    ['sql01\\MSSQLSERVER', { host: 'sql01', instance: null, port: null }],
    ['sql01,1435', { host: 'sql01', instance: null, port: 1435 }],
    ['tcp:sql01, 1435', { host: 'sql01', instance: null, port: 1435 }],
    ['sql01\\HALO,1435', { host: 'sql01', instance: null, port: 1435 }],
    ['.\\SQLEXPRESS', { host: 'localhost', instance: 'SQLEXPRESS', port: null }],
    ['(local)', { host: 'localhost', instance: null, port: null }],
    ['10.0.0.5', { host: '10.0.0.5', instance: null, port: null }],
  ])('%s', (text, place) => {
    expect(readServer(text)).toEqual(place)
  })

  it.each(['', 'sql01,', 'sql01,70000', 'sql01,0', 'sql01\\', 'sql 01', 'Server=a;Database=b', 'a\\b\\c'])(
    'is not %j',
    (text) => {
      expect(readServer(text)).toBeNull()
    },
  )
})

const fingerprint = 'ab'.repeat(32)
const mssql = {
  ...{ kind: 'mssql', server: 'SQL01\\HALO', database: 'Halo' },
  ...{ login: { kind: 'ntlm', domain: 'CORP', user: 'svc' }, certificate: { kind: 'pinned', fingerprint } },
}

test('a fingerprint is kept in one spelling', () => {
  expect(haloTargetSchema.parse(mssql)).toMatchObject({
    certificate: { fingerprint: Array.from({ length: 32 }, () => 'AB').join(':') },
  })
  const short = { ...mssql, certificate: { kind: 'pinned', fingerprint: 'AB:CD' } }
  expect(haloTargetSchema.safeParse(short).success).toBe(false)
})

const targets: readonly HaloTarget[] = [
  { kind: 'sqlite', file: '/data/halo.db' },
  haloTargetSchema.parse(mssql),
  {
    ...{ kind: 'postgres', host: 'pg.example', port: 5432, database: 'halo', user: 'u' },
    tls: { kind: 'off' },
  },
  { kind: 'rest', address: 'https://acme.halopsa.com/', tenant: 'acme', clientId: 'id-1' },
]

test('the scope of a secret is the server and the login', () => {
  expect(targets.map(secretScope)).toEqual([
    null,
    'mssql sql01\\halo ntlm CORP\\svc',
    'postgres pg.example:5432 u',
    'rest https://acme.halopsa.com acme id-1',
  ])
  expect(targets.map(placeOfTarget)).toEqual([
    '/data/halo.db',
    'SQL01\\HALO, database Halo',
    'pg.example:5432, database halo',
    'https://acme.halopsa.com/',
  ])
  expect(targets.map(acceptsAnyCertificate)).toEqual([false, false, true, false])
})
