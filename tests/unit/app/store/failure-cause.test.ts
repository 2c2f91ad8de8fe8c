import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import { causeOf, groupKey, readGroupKey } from '../../../../app/store/failure-cause.ts'

describe('causes', () => {
  it('are the same for the same code and the facts that matter, in any order', () => {
    const a = fault('halo-value-too-long', {
      facts: { field: 'idesc', max: 50, length: 80, id: 3 },
      raw: 'x',
    })
    const b = fault('halo-value-too-long', { facts: { length: 99, max: 50, field: 'idesc' }, exchangeId: 7 })
    expect(causeOf(a)).toBe('halo-value-too-long field=idesc max=50')
    expect(causeOf(b)).toBe(causeOf(a))
    expect(causeOf(fault('halo-value-too-long', { facts: { field: 'sdesc', max: 50 } }))).not.toBe(causeOf(a))
    expect(causeOf(fault('bug'))).toBe('bug')
  })

  it('stay short and stay apart when the facts are long', () => {
    const long = (end: string) =>
      causeOf(fault('record-invalid', { facts: { problems: `${'x'.repeat(500)}${end}` } }))
    expect(long('a')).toHaveLength(200)
    expect(long('a')).not.toBe(long('b'))
    expect(long('a')).toBe(long('a'))
  })

  it('travel in a group’s key and come back as they were', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ minLength: 1 }), (tenantId, cause) => {
        expect(readGroupKey(groupKey(tenantId, 'salesOrders', cause))).toEqual({
          tenantId,
          entity: 'salesOrders',
          cause,
        })
      }),
    )
    expect(readGroupKey('x/quotes/a')).toBeNull()
    expect(readGroupKey('')).toBeNull()
  })
})
