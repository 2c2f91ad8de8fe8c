import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyIndex } from '../../../../../app/halo/sql/key-index.ts'

test('leaves out no row that has one of the texts, and few that have none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 6 }), { maxLength: 3000 }),
      fc.array(fc.string({ maxLength: 6 }), { maxLength: 50 }),
      (texts, wanted) => {
        const index = new KeyIndex()
        for (const [at, text] of texts.entries()) index.add(text, at + 1)
        const found = new Set(index.candidates(wanted))
        const right = texts.flatMap((text, at) => (wanted.includes(text) ? [at + 1] : []))
        expect(right.every((key) => found.has(key))).toBe(true)
        expect(found.size - right.length).toBeLessThan(3)
      },
    ),
    { numRuns: 50 },
  )
})

test('keeps keys beyond 32 bits, and a text that was changed under both', () => {
  const index = new KeyIndex()
  index.add('old', 9_007_199_254_740_000)
  index.add('new', 9_007_199_254_740_000)
  expect(index.candidates(['new'])).toEqual([9_007_199_254_740_000])
  expect(index.candidates(['old'])).toEqual([9_007_199_254_740_000])
})
