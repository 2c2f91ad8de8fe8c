import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLURRED, blurExchange, blurText } from '../../../../app/http/blur.ts'
import { anExchange, bodyOf } from '../model/explain/an-exchange.ts'

describe('blurring', () => {
  it('replaces what leads to a person, and leaves the rest', () => {
    const text = JSON.stringify({
      id: 7,
      name: 'Ada "the first" Lovelace',
      contactEmail: 'ada@example.org',
      price: 12.5,
      statusText: 'Won',
      nested: { phone: '+44 1', note: null },
    })
    const blurred = JSON.parse(blurText(text))
    expect(blurred).toEqual({
      id: 7,
      name: BLURRED,
      contactEmail: BLURRED,
      price: 12.5,
      statusText: 'Won',
      nested: { phone: BLURRED, note: null },
    })
  })

  it('finds addresses in prose, in JSON inside JSON and in a query', () => {
    expect(blurText('Sent to grace.hopper@navy.example, ok')).toBe(`Sent to ${BLURRED}, ok`)
    const inner = JSON.stringify({ body: JSON.stringify({ firstName: 'Grace', id: 1 }) })
    expect(JSON.parse(JSON.parse(blurText(inner)).body)).toEqual({ firstName: BLURRED, id: 1 })
    expect(blurText('/v1/contact?email=a%40b.example&page=2')).not.toContain('b.example')
    expect(blurText('/v1/contact?email=a%40b.example&page=2')).toContain('page=2')
  })

  it('works on a body that was cut in the middle', () => {
    expect(blurText('[{"name":"Ada"},{"name":"Gr')).toContain(`[{"name":"${BLURRED}"}`)
  })

  it('never breaks JSON', () => {
    fc.assert(
      fc.property(fc.record({ name: fc.string(), email: fc.string(), any: fc.jsonValue() }), (value) => {
        const blurred = JSON.parse(blurText(JSON.stringify(value)))
        expect(blurred.name).toBe(BLURRED)
        expect(blurred.email).toBe(BLURRED)
      }),
    )
  })

  it('goes through a whole exchange', () => {
    const blurred = blurExchange(
      anExchange({
        url: 'https://h.example/v1/contact?email=ada@example.org',
        responseBody: bodyOf('[{"uusername":"Ada"}]'),
        requestBody: bodyOf('{"street":"Main Street 1"}'),
        errorText: 'ada@example.org is unknown',
        faultFacts: { label: 'Ada', status: 400, host: 'h.example' },
        responseHeaders: [['x-user', 'ada@example.org']],
      }),
    )
    const text = JSON.stringify(blurred)
    for (const word of ['Ada', 'ada@', 'Main Street']) expect(text).not.toContain(word)
    expect(blurred.faultFacts).toEqual({ label: BLURRED, status: 400, host: 'h.example' })
  })
})
