import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapQuote } from '../../../../app/model/map/quote.ts'
import { stableText } from '../../../../app/model/record-hash.ts'
import { quote, quoteLine, section, tenant } from './map/builders.ts'

describe('stableText', () => {
  test('does not depend on the order of keys', () => {
    expect(stableText({ a: 1, b: { c: [1, 2], d: 'x' } })).toBe(
      stableText({ b: { d: 'x', c: [1, 2] }, a: 1 }),
    )
    expect(stableText([1, 2])).not.toBe(stableText([2, 1]))
  })

  test('reads back as the record itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(stableText(JSON.parse(stableText(value)))).toBe(stableText(value))
      }),
    )
  })

  test('is the same whether the status is to be written or not, and another when anything else differs', () => {
    const source = {
      quote: quote({ status: 3 }),
      sections: [section()],
      lines: [quoteLine()],
      lastStatus: null,
    }
    const to = tenant({ quoteStatus: { '3': 8 } })
    const first = mapQuote(source, to).record
    const again = mapQuote({ ...source, lastStatus: 3 }, to).record
    expect([first.statusToWrite, again.statusToWrite]).toEqual([8, null])
    expect(stableText(again)).toBe(stableText(first))
    expect(stableText({ ...first, title: 'Other' })).not.toBe(stableText(first))
    const dearer = mapQuote({ ...source, lines: [quoteLine({ price: 100.01 })] }, to).record
    expect(stableText(dearer)).not.toBe(stableText(first))
  })
})
