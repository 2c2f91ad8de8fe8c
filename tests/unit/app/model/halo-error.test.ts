import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mandatoryField, readHaloError } from '../../../../app/model/halo-error.ts'

const json = (value: unknown): string => JSON.stringify(value)

describe('readHaloError', () => {
  it.each([
    ['', 'empty', '', []],
    ['  \n', 'empty', '', []],
    [
      json('An Outcome must be entered for this Action'),
      'json-text',
      '',
      ['An Outcome must be entered for this Action'],
    ],
    [json({ message: 'Site is mandatory' }), 'message', '', ['Site is mandatory']],
    [json({ Message: 'Site is mandatory' }), 'message', '', ['Site is mandatory']],
    [
      json({
        ClassName: 'System.NullReferenceException',
        Message: 'Object reference not set',
        StackTraceString: 'at X',
      }),
      'exception',
      'System.NullReferenceException',
      ['Object reference not set'],
    ],
    [json({ resultCode: 3, errorMessage: 'Client not found' }), 'result-code', '3', ['Client not found']],
    [
      json({ error: 'invalid_client', error_description: 'The client credentials are invalid.' }),
      'oauth',
      'invalid_client',
      ['The client credentials are invalid.'],
    ],
    [json({ error: 'invalid_client' }), 'oauth', 'invalid_client', ['invalid_client']],
    [json({ errors: ['One', 'Two'] }), 'list', '', ['One', 'Two']],
    [json(['One', 'Two']), 'list', '', ['One', 'Two']],
    [json({ error: { message: 'Inner' } }), 'message', '', ['Inner']],
    [json(json({ message: 'Twice packed' })), 'message', '', ['Twice packed']],
    [json({ title: 'Bad Request', status: 400 }), 'message', '', ['Bad Request']],
    ['Something plain', 'text', '', ['Something plain']],
    [
      '{"ClassName":"System.Exception","Message":"Client \\"X\\" not found","StackTraceString":"   at Halo.Api',
      'exception',
      'System.Exception',
      ['Client "X" not found'],
    ],
    ['{"message":"cut in the mid', 'text', '', ['{"message":"cut in the mid']],
    ['\uFEFF"with a mark"', 'json-text', '', ['with a mark']],
    ['<!DOCTYPE html>\n<html><head><title> Sign\n in </title>', 'web-page', '', ['Sign in']],
    ['<html><body><h1>502 Bad Gateway</h1>', 'web-page', '', ['502 Bad Gateway']],
    ['42', 'other', '', ['42']],
  ])('%j', (body, shape, code, texts) => {
    const read = readHaloError(body)
    expect({ ...read, complaints: read.complaints.map((one) => one.text) }).toEqual({
      shape,
      code,
      complaints: texts,
    })
  })

  it('finds place and field of model errors', () => {
    const body = { '[0].id': ['Not a number.'], '[12].lines[3].price': ['Too big.', 'Odd.'] }
    const expected = [
      { text: 'Not a number.', index: 0, field: 'id' },
      { text: 'Too big.', index: 12, field: 'lines[3].price' },
      { text: 'Odd.', index: 12, field: 'lines[3].price' },
    ]
    expect(readHaloError(json(body)).complaints).toEqual(expected)
    const problem = {
      type: 'https://tools.ietf.org/html/rfc7231',
      title: 'Errors',
      status: 400,
      errors: body,
    }
    expect(readHaloError(json(problem)).complaints).toEqual(expected)
    expect(
      readHaloError(json({ '$[1].status': ['The JSON value could not be converted.'] })).complaints,
    ).toEqual([{ text: 'The JSON value could not be converted.', index: 1, field: 'status' }])
    expect(readHaloError(json({ name: ['The name field is required.'] })).complaints).toEqual([
      { text: 'The name field is required.', index: null, field: 'name' },
    ])
  })

  it('takes any text without a throw, and always has words for one that is not blank', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (body) => {
          const read = readHaloError(body)
          for (const one of read.complaints) expect(one.text).not.toBe('')
        },
      ),
    )
  })
})

describe('mandatoryField', () => {
  it.each([
    ['Account Manager field is mandatory', 'Account Manager'],
    ['"Region" is mandatory', 'Region'],
    ['The Region field is required.', 'Region'],
    ['An Outcome must be entered for this Action', 'Outcome'],
    ['ticket_id must be specified', 'ticket_id'],
    ['An Action must be associated with a ticket_id', 'ticket_id'],
    ['Please enter a Site Name', 'Site Name'],
    ['Please select an Account Manager for this customer', 'Account Manager'],
    ['Site cannot be empty', 'Site'],
    ['Client not found', null],
    ['', null],
  ])('%s', (text, field) => {
    expect(mandatoryField(text)).toBe(field)
  })
})
