import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearFinder } from '../../../../../app/model/sheet/near.ts'

const near = (value: string, names: readonly string[]) => {
  const finder = nearFinder([value])
  finder.add(names)
  return finder.found().get(value)
}

describe('names that may be meant', () => {
  it.each([
    ['Northwnd', ['Contoso', 'Northwind Ltd', 'Northern Lights'], ['Northwind Ltd']],
    ['Müller GmbH', ['Mueller AG', 'Muller & Co.', 'Miller'], ['Muller & Co.', 'Mueller AG', 'Miller']],
    ['ACME (UK)', ['Acme UK Limited', 'Acne Studios'], ['Acme UK Limited']],
    ['Hardwear', ['Hardware', 'Software', 'Cables'], ['Hardware']],
    ['Nobody', ['Contoso', 'Fabrikam'], []],
    ['Ltd', ['Ltd', 'Northwind Ltd'], ['Ltd']],
    ['', ['Anything'], []],
  ])('%s: of %j', (value, names, expected) => {
    expect(near(value, names)).toEqual(expected)
  })

  it('are the same in whatever order and pieces they are told, three at most, and among those that there are', () => {
    const name = fc.stringMatching(/^[a-e ]{1,8}$/)
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 12 }), fc.nat(12), (value, names, cut) => {
        const found = near(value, names) ?? []
        const finder = nearFinder(['other', value])
        finder.add(names.slice(cut).toReversed())
        finder.add(names.slice(0, cut))
        expect(finder.found().get(value)).toEqual(found)
        expect(found.length).toBeLessThanOrEqual(3)
        expect(names).toEqual(expect.arrayContaining([...found]))
      }),
    )
  })

  it('are found for what is there already', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{2,12}$/), (value) => {
        expect(near(value, ['zzzz9', value])).toContain(value)
      }),
    )
  })
})
