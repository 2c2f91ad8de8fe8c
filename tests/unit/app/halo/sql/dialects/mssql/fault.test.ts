import { ConnectionError, RequestError } from 'tedious'
import { expect, test } from 'vitest'
import { mssqlFault } from '../../../../../../../app/halo/sql/dialects/mssql/fault.ts'

const place = { host: 'SQL01', database: 'Halo', user: 'integrator' }

/** SQL Server's own words (learn.microsoft.com, Database Engine events and errors). */
const refusals: readonly (readonly [number, string, object])[] = [
  [18456, "Login failed for user 'integrator'.", { code: 'halo-login', facts: { user: 'integrator' } }],
  [18452, 'Login failed. The login is from an untrusted domain.', { code: 'halo-login' }],
  [
    916,
    'The server principal "x" is not able to access the database "Halo".',
    { code: 'halo-database-missing' },
  ],
  [
    229,
    "The SELECT permission was denied on the object 'AREA', database 'Halo', schema 'dbo'.",
    { code: 'halo-rights', facts: { table: 'AREA' } },
  ],
  [
    207,
    "Invalid column name 'qhdattocommerceid'.",
    { code: 'halo-column-missing', facts: { column: 'qhdattocommerceid' } },
  ],
  [
    208,
    "Invalid object name 'QUOTATIONHEADER'.",
    { code: 'halo-schema', facts: { table: 'QUOTATIONHEADER' } },
  ],
  [8152, 'String or binary data would be truncated.', { code: 'halo-value-too-long', next: 'stop' }],
  [
    2628,
    "String or binary data would be truncated in table 'Halo.dbo.AREA', column 'aareadesc'. Truncated value: 'Hill'.",
    { code: 'halo-value-too-long', facts: { column: 'AREA.aareadesc' } },
  ],
  [
    515,
    "Cannot insert the value NULL into column 'region', table 'Halo.dbo.AREA'; column does not allow nulls. INSERT fails.",
    { code: 'halo-field-mandatory', next: 'stop', facts: { column: 'AREA.region' } },
  ],
  [
    547,
    'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_x".',
    { code: 'halo-reference-missing' },
  ],
  [547, 'The INSERT statement conflicted with the CHECK constraint "CK_x".', { code: 'halo-value-refused' }],
  [2627, "Violation of PRIMARY KEY constraint 'PK_AREA'.", { code: 'halo-value-refused' }],
  [1205, 'Transaction was deadlocked.', { code: 'halo-deadlock', next: 'retry' }],
  [1222, 'Lock request time out period exceeded.', { code: 'halo-locked', next: 'retry' }],
  [
    9002,
    "The transaction log for database 'Halo' is full.",
    { code: 'halo-log-full', facts: { name: 'Halo' } },
  ],
  [1105, "Could not allocate space for object 'dbo.AREA'.", { code: 'halo-full' }],
  [6005, 'SHUTDOWN is in progress.', { code: 'halo-unreachable', next: 'retry' }],
  [824, 'SQL Server detected a logical consistency-based I/O error.', { code: 'halo-damaged' }],
  [
    4711,
    'Something else.',
    { code: 'halo-error', facts: { code: 'SQL Server 4711' }, raw: 'Something else.' },
  ],
]

test.each(refusals)('error %i: %s', (number, message, meant) => {
  const error = Object.assign(new RequestError(message, 'EREQUEST'), { number })
  expect(mssqlFault(error, place)).toMatchObject(meant)
})

test('of several errors the first that is known is told', () => {
  const errors = [4711, 1205].map((number) => Object.assign(new RequestError('x', 'EREQUEST'), { number }))
  expect(mssqlFault(new AggregateError(errors), place)).toMatchObject({ code: 'halo-deadlock' })
})

test('a line that is lost, a request that takes too long, and what is none of the driver’s', () => {
  expect(mssqlFault(new ConnectionError('Failed to connect', 'ESOCKET'), place)).toMatchObject({
    code: 'halo-unreachable',
    facts: { host: 'SQL01' },
  })
  expect(mssqlFault(new RequestError('Connection closed', 'ECLOSE'), place)?.code).toBe('halo-unreachable')
  expect(mssqlFault(new RequestError('Timeout', 'ETIMEOUT'), place)?.code).toBe('halo-locked')
  const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  expect(mssqlFault(reset, place)?.code).toBe('halo-unreachable')
  expect(mssqlFault(new TypeError('a bug'), place)).toBeNull()
})
