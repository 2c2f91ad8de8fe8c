import { describe, expect, test } from 'vitest'
import {
  madeFrom,
  madeNames,
  saidColumnsSchema,
  saidOf,
} from '../../../../../app/model/sheet/said-columns.ts'

const headings = ['Company', 'Contact', 'Street 1', 'Street 2', null]
const said = {
  split: [{ column: 'contact', by: 'first word', into: ['contactFirstName', 'contactLastName'] }],
  join: [{ columns: ['street 1', 'street 2'], with: ', ', into: 'address' }],
}

describe('columns to split or join, by their headings', () => {
  test('are placed beyond those of the file', () => {
    const { made, columns, missing } = madeFrom(said, headings, 7)
    expect(made).toEqual([
      { do: 'split', from: 1, by: 'first word', into: [7, 8] },
      { do: 'join', from: [2, 3], with: ', ', into: [9] },
    ])
    expect(columns).toEqual({ contactFirstName: 7, contactLastName: 8, address: 9 })
    expect(missing).toEqual([])
  })

  test('the way there and back is the same', () => {
    const { made, columns } = madeFrom(said, headings, 7)
    const back = saidOf(made, columns, headings)
    expect(back).toEqual(said)
    expect(saidColumnsSchema.parse(back)).toEqual(said)
  })

  test('what the file does not have is named and left out', () => {
    const { made, missing } = madeFrom(
      { split: [{ column: 'Person', by: ',', into: ['name', ''] }], join: said.join },
      headings,
      5,
    )
    expect(made).toEqual([{ do: 'join', from: [2, 3], with: ', ', into: [5] }])
    expect(missing).toEqual(['Person'])
  })

  test('a part that no field takes is kept in its place; columns without a heading cannot be said', () => {
    const made = [
      { do: 'split' as const, from: 1, by: '/', into: [5, 6, 7] },
      { do: 'split' as const, from: 4, by: '/', into: [8, 9] },
    ]
    expect(saidOf(made, { city: 6 }, headings)).toEqual({
      split: [{ column: 'contact', by: '/', into: ['', 'city', ''] }],
    })
  })

  test('have names of their own', () => {
    expect(madeNames({ do: 'split', from: 1, by: 'last word', into: [5, 6] }, headings)).toEqual([
      'Contact, all but the last word',
      'Contact, last word',
    ])
    expect(madeNames({ do: 'split', from: 4, by: '/', into: [5, 6] }, headings)[1]).toBe('Column 5, part 2')
    expect(madeNames({ do: 'join', from: [2, 3], with: ' ', into: [5] }, headings)).toEqual([
      'Street 1 + Street 2',
    ])
  })
})
