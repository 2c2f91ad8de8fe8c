import { expect, test } from 'vitest'
import { withJoin, withoutMade, withSplit } from '../../../../../app/model/sheet/made-decision.ts'

const before = { columns: { name: 0, contactLastName: 1 } }

test('a split gives its parts to fields, beyond every column that there is', () => {
  const once = withSplit(before, 4, 1, 'first word', ['contactFirstName', 'contactLastName'])
  expect(once).toEqual({
    made: [{ do: 'split', from: 1, by: 'first word', into: [4, 5] }],
    columns: { name: 0, contactFirstName: 4, contactLastName: 5 },
  })
  // The engine has not heard of the first one yet.
  expect(withSplit(once, 4, 2, ',', ['', 'city']).made[1]).toEqual({
    do: 'split',
    from: 2,
    by: ',',
    into: [6, 7],
  })
})

test('a join gives one column to a field', () => {
  expect(withJoin(before, 4, [2, 3], ', ', 'address')).toEqual({
    made: [{ do: 'join', from: [2, 3], with: ', ', into: [4] }],
    columns: { name: 0, contactLastName: 1, address: 4 },
  })
})

test('taken back, the field has the column of the file again', () => {
  const split = withSplit(before, 4, 1, 'first word', ['contactFirstName', 'contactLastName'])
  expect(withoutMade(split, 'contactLastName')).toEqual({ made: [], ...before })
  const joined = withJoin(before, 4, [2, 3], ', ', 'address')
  expect(withoutMade(joined, 'address')).toEqual({
    made: [],
    columns: { name: 0, contactLastName: 1, address: 2 },
  })
})

test('a column that another field has stays with it', () => {
  const split = withSplit(before, 4, 0, ',', ['city', 'state'])
  expect(withoutMade(split, 'city')).toEqual({ made: [], ...before })
  expect(withoutMade(before, 'name')).toEqual({ made: [], ...before })
})
