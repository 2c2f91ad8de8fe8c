import { describe, expect, it } from 'vitest'
import { pickOwned } from '../../../../../app/halo/rest/whose.ts'

const row = (haloId: number, tenant: number | null, url = '') => ({
  haloId,
  commerceId: 1,
  tenant,
  url,
  name: '',
})
const wanted = { tenant: 7, url: 'https://north.mydattocommerce.com/q/1', haloId: null }
const pick = (rows: Parameters<typeof pickOwned>[0], more: Partial<Parameters<typeof pickOwned>[1]> = {}) =>
  pickOwned(rows, { ...wanted, ...more })?.haloId ?? null

describe('whose a record is', () => {
  it.each([
    ['the tenant’s own', [row(5, 7)], 5],
    ['the oldest of the tenant’s own', [row(9, 7), row(5, 7)], 5],
    ['nobody’s that is another tenant’s', [row(5, 8)], null],
    ['the tenant’s own beside another tenant’s', [row(5, 8), row(6, 7)], 6],
    ['one without a tenant, if it is the only one', [row(5, null)], 5],
    ['none of two without a tenant', [row(5, null), row(6, null)], null],
    ['one without a tenant beside another tenant’s', [row(5, null), row(6, 8)], 5],
    ['the tenant’s own before one without', [row(5, null), row(6, 7)], 6],
    ['none that leads to another instance', [row(5, null, 'https://south.mydattocommerce.com/q/1')], null],
    ['one that leads to the instance', [row(5, null, 'https://NORTH.mydattocommerce.com/q/9')], 5],
    ['none of none', [], null],
  ])('%s', (_, rows, expected) => {
    expect(pick(rows)).toBe(expected)
  })

  it('is the one that is remembered, while it still is the tenant’s', () => {
    expect(pick([row(5, 7), row(6, 7)], { haloId: 6 })).toBe(6)
    expect(pick([row(5, 7), row(6, 8)], { haloId: 6 })).toBe(5)
    expect(pick([row(5, null), row(6, null)], { haloId: 6 })).toBe(6)
  })
})
