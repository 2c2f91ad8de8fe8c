import pg from 'pg'
import { expect, test } from 'vitest'
import { postgresFault } from '../../../../../../../app/halo/sql/dialects/postgres/fault.ts'

const place = { host: 'pg.example', database: 'halo', user: 'integrator' }
const refusal = (code: string, message: string, more: object = {}): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code, ...more })

test.each([
  [
    '28P01',
    'password authentication failed for user "integrator"',
    {},
    { code: 'halo-login', facts: { user: 'integrator' } },
  ],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.1"', {}, { code: 'halo-login' }],
  ['3D000', 'database "halo" does not exist', {}, { code: 'halo-database-missing', facts: { name: 'halo' } }],
  ['42501', 'permission denied for table area', {}, { code: 'halo-rights', facts: { table: 'area' } }],
  [
    '42703',
    'column "x" of relation "area" does not exist',
    {},
    { code: 'halo-column-missing', facts: { column: 'area.x' } },
  ],
  ['42P01', 'relation "area" does not exist', {}, { code: 'halo-schema', facts: { table: 'area' } }],
  [
    '22001',
    'value too long for type character varying(250)',
    {},
    { code: 'halo-value-too-long', next: 'stop', facts: { limit: 250 } },
  ],
  ['22003', 'integer out of range', {}, { code: 'halo-value-refused' }],
  [
    '23502',
    'null value in column',
    { table: 'area', column: 'region' },
    { code: 'halo-field-mandatory', next: 'stop', facts: { column: 'area.region' } },
  ],
  ['23503', 'violates foreign key constraint', {}, { code: 'halo-reference-missing' }],
  ['40001', 'could not serialize access', {}, { code: 'halo-deadlock', next: 'retry' }],
  ['40P01', 'deadlock detected', {}, { code: 'halo-deadlock' }],
  ['53100', 'could not extend file: No space left on device', {}, { code: 'halo-full' }],
  [
    '53300',
    'sorry, too many clients already',
    {},
    { code: 'halo-busy', next: 'retry', facts: { host: 'pg.example' } },
  ],
  ['55P03', 'canceling statement due to lock timeout', {}, { code: 'halo-locked' }],
  ['57P01', 'terminating connection due to administrator command', {}, { code: 'halo-unreachable' }],
  ['57P03', 'the database system is starting up', {}, { code: 'halo-unreachable' }],
  ['XX001', 'invalid page in block 0', {}, { code: 'halo-damaged' }],
  ['XX000', 'something else', {}, { code: 'halo-error', facts: { code: 'XX000' } }],
])('SQLSTATE %s: %s', (code, message, more, meant) => {
  expect(postgresFault(refusal(code, message, more), place)).toMatchObject(meant)
})

test('a line that is lost, and what is none of the driver’s', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  })
  expect(postgresFault(refused, place)).toMatchObject({ code: 'halo-unreachable', next: 'retry' })
  expect(postgresFault(new Error('Connection terminated unexpectedly'), place)?.code).toBe('halo-unreachable')
  expect(postgresFault(new TypeError('a bug'), place)).toBeNull()
})
