import { expect, it } from 'vitest'
import { fault } from '../../../app/model/fault.ts'
import type { HaloTarget } from '../../../app/model/halo-target.ts'
import {
  draftOfTarget,
  refusedAtTarget,
  targetOf,
  wrongInTarget,
} from '../../../renderer/screens/tenants/halo-draft.ts'

const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':')
const targets: readonly HaloTarget[] = [
  { kind: 'sqlite', file: '/data/halo.db' },
  {
    kind: 'mssql',
    server: 'SQL01\\HALO',
    database: 'Halo',
    login: { kind: 'ntlm', domain: 'CORP', user: 'svc' },
    certificate: { kind: 'pinned', fingerprint },
  },
  { kind: 'postgres', host: 'db.test', port: 5433, database: 'halo', user: 'halo', tls: { kind: 'off' } },
  { kind: 'rest', address: 'https://a.halopsa.com', tenant: null, clientId: 'id', authAddress: null },
]

it.each(targets.map((target) => [target.kind, target] as const))(
  'shows and sends a %s as it is',
  (_, target) => {
    expect(targetOf(draftOfTarget(target))).toEqual(target)
    expect(wrongInTarget(draftOfTarget(target), target)).toEqual({})
  },
)

it('asks for the secret of a server or login for which none is stored', () => {
  const [, sql, , rest] = targets
  if (sql?.kind !== 'mssql' || rest?.kind !== 'rest') throw new Error('The targets have changed.')
  expect(wrongInTarget(draftOfTarget(sql), null)).toEqual({ secret: 'Enter the password.' })
  expect(wrongInTarget({ ...draftOfTarget(sql), server: 'OTHER' }, sql)).toHaveProperty('secret')
  expect(wrongInTarget({ ...draftOfTarget(sql), server: 'OTHER', secret: 'word' }, sql)).toEqual({})
  expect(wrongInTarget(draftOfTarget(rest), null)).toEqual({ secret: 'Enter the client secret.' })
})

it.each([
  ['sqlite', { file: ' ' }, ['file']],
  ['mssql', { server: 'a b', database: '', user: '', domain: '' }, ['database', 'domain', 'server', 'user']],
  ['mssql', { fingerprint: 'AB:CD' }, ['fingerprint']],
  ['postgres', { port: '0', host: 'a b' }, ['host', 'port']],
  ['postgres', { port: 'x' }, ['port']],
  ['rest', { address: 'halo', authAddress: 'ftp://a' }, ['address', 'authAddress']],
] as const)('names the fields of a %s with %j', (kind, part, fields) => {
  const target = targets.find((one) => one.kind === kind)
  if (!target) throw new Error('The targets have changed.')
  const wrong = wrongInTarget({ ...draftOfTarget(target), secret: 'word', ...part }, null)
  expect(Object.keys(wrong).sort()).toEqual(fields)
})

it('finds the field of what was refused, however it is wrapped', () => {
  const refused = (field: string) => refusedAtTarget(fault('input-invalid', { facts: { field } }))
  expect(refused('patch.halo.server')).toHaveProperty('server')
  expect(refused('halo.login.user')).toHaveProperty('user')
  expect(refused('target.tenant')).toHaveProperty('haloTenant')
  expect(refused('haloSecret')).toHaveProperty('secret')
  expect(refused('name')).toBeNull()
})
