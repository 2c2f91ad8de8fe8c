import { describe, expect, it } from 'vitest'
import { isSigned, signOf, toAdopt, withoutEmptyText } from '../../../../app/halo/made-orders.ts'

const order = (haloId: number, summary = '', isFromCommerce = false) => ({ haloId, summary, isFromCommerce })

describe('the order that becomes Commerce’s own', () => {
  it.each([
    ['none', [], [], null],
    ['none that a person made in Halo itself', [order(1), order(2, 'Quote Q1 as agreed')], [], null],
    ['the one that is remembered, sign or not', [order(1), order(2, 'by phone')], [2], 2],
    ['the one that is remembered before one with the sign', [order(1, signOf('Q1')), order(2)], [2], 2],
    ['the one with the sign, when nothing is remembered', [order(1), order(2, signOf('Q1'))], [], 2],
    ['the oldest of several', [order(3), order(2)], [2, 3], 2],
    ['never one that Commerce has already', [order(1, signOf('Q1'), true), order(2, '', true)], [2], null],
  ])('is %s', (_, orders, made, expected) => {
    expect(toAdopt(orders, made)).toBe(expected)
  })

  it('has a sign that no order number of Commerce looks like', () => {
    expect(isSigned(signOf('Q-1, "x"'))).toBe(true)
    expect(isSigned('SO-1001')).toBe(false)
    expect(isSigned('')).toBe(false)
  })

  it('keeps what a person entered where Commerce says nothing', () => {
    expect(withoutEmptyText({ a: '', b: 'x', c: 0, d: null })).toEqual({ a: null, b: 'x', c: 0, d: null })
  })
})
