import { describe, expect, it } from 'vitest'
import { flagOf, readList, readOne, readPosted, wholeOf } from '../../../../../app/halo/rest/answers.ts'

const rows = [{ id: 1 }, { id: 2 }]

describe('readList', () => {
  it.each([
    [rows, rows, null],
    [{ page_no: 1, record_count: 7, quotes: rows }, rows, 7],
    [{ record_count: 7, quotations: rows }, rows, 7],
    [{ record_count: 7, never_met: rows }, rows, 7],
    // Two lists, neither of them known: nobody can tell.
    [{ record_count: 7, a: rows, b: rows }, [], 7],
    [{ clients: rows, columns: [1] }, rows, null],
    [{ clients: null }, [], null],
    [null, [], null],
    ['text', [], null],
    [[1, null, { id: 3 }], [{ id: 3 }], null],
  ])('%j', (answer, found, total) => {
    expect(readList(answer)).toEqual({ rows: found, total })
  })
})

describe('readPosted', () => {
  it.each([
    [{ id: 5, lines: rows }, [{ id: 5, lines: rows }]],
    [[{ id: 5 }], [{ id: 5 }]],
    [{ clients: rows }, rows],
    [null, []],
    ['done', []],
  ])('%j', (answer, found) => {
    expect(readPosted(answer)).toEqual(found)
  })
})

it('readOne takes a record or a list of one, and nothing without a key', () => {
  expect(readOne({ id: 5 })).toEqual({ id: 5 })
  expect(readOne([{ id: 5 }])).toEqual({ id: 5 })
  expect(readOne({})).toBeNull()
  expect(readOne({ id: 0 })).toBeNull()
  expect(readOne([])).toBeNull()
})

it('wholeOf and flagOf take what Halo sends', () => {
  expect([12, 12.0, '12', 0, -1, 1.5, '', 'x', null, undefined, true].map(wholeOf)).toEqual([
    ...[12, 12, 12],
    ...Array.from({ length: 8 }, () => null),
  ])
  expect([true, 1, '1', 'True', false, 0, '0', '', null, undefined].map(flagOf)).toEqual([
    ...[true, true, true, true],
    ...Array.from({ length: 6 }, () => false),
  ])
})
