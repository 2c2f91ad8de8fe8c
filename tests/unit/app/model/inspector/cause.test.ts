import { describe, expect, it } from 'vitest'
import { causeName, messageShape, pathShape } from '../../../../../app/model/inspector/cause.ts'

const parts = {
  host: 'halo',
  method: 'POST',
  path: '/api/quotation/12',
  status: 400,
  faultCode: 'bad-request',
  errorText: '"The field Site is mandatory (record 12)"',
}

describe('a cause', () => {
  it('is the same for the same mistake in another record', () => {
    const other = {
      ...parts,
      path: '/api/quotation/99',
      errorText: '"The field Site is mandatory (record 99)"',
    }
    expect(causeName(other)).toBe(causeName(parts))
  })

  it('differs by host, path, status, code and words', () => {
    const others = [
      { host: 'commerce' },
      { method: 'GET' },
      { path: '/api/item/12' },
      { status: 401 },
      { faultCode: 'halo-login' },
      { errorText: '"The field Client is mandatory"' },
    ].map((more) => causeName({ ...parts, ...more }))
    expect(new Set([causeName(parts), ...others]).size).toBe(others.length + 1)
  })

  it('is none when nothing failed', () => {
    expect(causeName({ ...parts, faultCode: null })).toBeNull()
  })

  it('leaves out what differs from record to record', () => {
    expect(pathShape('/v1/quote/7/line/0f8fad5b-d9cb-469f-a165-70867728950e')).toBe('/v1/quote/*/line/*')
    expect(messageShape('Id 12  of\n0f8fad5b-d9cb-469f-a165-70867728950e')).toBe('Id # of #')
  })
})
