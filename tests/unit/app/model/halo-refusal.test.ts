import { describe, expect, it } from 'vitest'
import { haloRefusal } from '../../../../app/model/halo-refusal.ts'

const told = (status: number, body: unknown) => {
  const { code, facts, raw, side } = haloRefusal(
    status,
    typeof body === 'string' ? body : JSON.stringify(body),
    {
      host: 'halo.example.com',
    },
  )
  expect(side).toBe('halo')
  return { code, facts, raw }
}

describe('haloRefusal', () => {
  it.each([
    [400, JSON.stringify('Region field is mandatory'), 'halo-field-mandatory', { field: 'Region' }],
    [400, { '[2].name': ['The name field is required.'] }, 'halo-field-mandatory', { field: 'name' }],
    [400, { message: 'Client not found' }, 'halo-reference-missing', { table: 'customers' }],
    [
      400,
      { message: 'Item with ID 55 does not exist' },
      'halo-reference-missing',
      { table: 'items', id: 55 },
    ],
    [
      400,
      { ClassName: 'System.Exception', Message: 'Invalid tax code' },
      'halo-reference-missing',
      { table: 'taxes' },
    ],
    [
      400,
      { errorMessage: 'Currency 9 not found', resultCode: 4 },
      'halo-reference-missing',
      { table: 'currencies', id: 9 },
    ],
    [
      400,
      { '[0].status': ['Status 99 is invalid'] },
      'halo-reference-missing',
      { table: 'statuses', id: 99 },
    ],
    [
      400,
      { '$[0].status': ['The JSON value could not be converted to System.Int32.'] },
      'halo-value-refused',
      { field: 'status' },
    ],
    [400, { Message: 'String or binary data would be truncated.' }, 'halo-value-too-long', {}],
    [400, { error: 'invalid_client' }, 'halo-login', {}],
    [401, '', 'halo-login', {}],
    [401, { message: 'IDX10223: Lifetime validation failed. The token is expired.' }, 'halo-login', {}],
    [401, { message: 'IDX10222: Lifetime validation failed. The token is not yet valid.' }, 'halo-clock', {}],
    [403, '', 'halo-rights', {}],
    [400, JSON.stringify('You do not have permission to create quotations'), 'halo-rights', {}],
    [400, { error: 'invalid_scope' }, 'halo-rights', {}],
    [413, '', 'halo-too-big', {}],
    [500, { Message: 'Maximum request length exceeded.' }, 'halo-too-big', {}],
    [
      500,
      { ClassName: 'SqlException', Message: 'Transaction was deadlocked on lock resources' },
      'halo-deadlock',
      {},
    ],
    [500, { Message: "The transaction log for database 'HALO' is full" }, 'halo-full', {}],
    [500, { Message: 'Execution Timeout Expired.' }, 'halo-unreachable', {}],
    [
      500,
      { ClassName: 'System.NullReferenceException', Message: 'Object reference not set' },
      'halo-error',
      {},
    ],
    [503, '', 'halo-unreachable', {}],
    [504, 'upstream timed out', 'halo-unreachable', {}],
    [500, '', 'halo-error', {}],
    [503, '<html><title>Service Unavailable</title>', 'halo-unreachable', {}],
    [200, '<html><title>Sign in</title>', 'halo-not-api', {}],
    [404, '', 'halo-not-api', {}],
    [400, { message: 'The moon is in the wrong house' }, 'halo-refused', {}],
  ])('%i %j', (status, body, code, facts) => {
    const found = told(status, body)
    expect(found.code).toBe(code)
    expect(found.facts).toMatchObject({ status, host: 'halo.example.com', ...facts })
  })

  it("keeps Halo's own words, cut", () => {
    expect(told(400, { error: 'invalid_request', error_description: 'No such thing' }).raw).toBe(
      'invalid_request: No such thing',
    )
    expect(told(400, JSON.stringify('x'.repeat(5000))).raw).toHaveLength(2000)
  })
})
