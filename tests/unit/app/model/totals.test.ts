import { describe, expect, test } from 'vitest'
import type { HaloLine } from '../../../../app/model/halo.ts'
import { totalsOf } from '../../../../app/model/totals.ts'

const line = (more: Partial<HaloLine>): HaloLine => ({
  commerceId: 1,
  kind: 'line',
  sequence: 1,
  groupSequence: 1,
  productCommerceId: null,
  productCode: '',
  description: 'Server',
  note: '',
  price: 10,
  quantity: 1,
  discount: 0,
  tax: 0,
  taxRate: 0,
  billingPeriod: 0,
  periods: null,
  isOptional: false,
  ...more,
})
const address = { line1: '', line2: '', line3: '', line4: '', postcode: '' }
const delivery = { address, amount: 5.5, tax: 1.1, taxRate: 20, instruction: '' }
const nothing = { gross: 0, discount: 0, beforeTax: 0, tax: 0, total: 0 }

describe('totalsOf', () => {
  test('adds up by billing period, and keeps delivery and optional lines apart', () => {
    const lines = [
      line({ price: 0.1, quantity: 3, tax: 0.06 }),
      line({ price: 100, quantity: 2, discount: 2.5, tax: 39 }),
      line({ billingPeriod: 2, price: 9.99, quantity: 10 }),
      line({ billingPeriod: 4, price: 30 }),
      line({ billingPeriod: 3, price: 120, tax: 24 }),
      line({ billingPeriod: 3, price: 999, isOptional: true }),
      line({ kind: 'heading', price: 1000 }),
    ]
    expect(totalsOf({ lines, delivery })).toEqual({
      once: { gross: 200.3, discount: 5, beforeTax: 195.3, tax: 39.06, total: 234.36 },
      monthly: { ...nothing, gross: 99.9, beforeTax: 99.9, total: 99.9 },
      quarterly: { ...nothing, gross: 30, beforeTax: 30, total: 30 },
      yearly: { ...nothing, gross: 120, beforeTax: 120, tax: 24, total: 144 },
      delivery: { gross: 5.5, discount: 0, beforeTax: 5.5, tax: 1.1, total: 6.6 },
      optional: {
        once: nothing,
        monthly: nothing,
        quarterly: nothing,
        yearly: { ...nothing, gross: 999, beforeTax: 999, total: 999 },
      },
    })
  })

  test('rounds each line to the cent before it adds', () => {
    const lines = [line({ price: 0.3333, quantity: 1 }), line({ price: 0.3333, quantity: 1 })]
    expect(totalsOf({ lines, delivery }).once.gross).toBe(0.66)
  })
})
