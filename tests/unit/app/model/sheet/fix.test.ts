import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../../../app/model/sheet/cell.ts'
import { fixer, type SheetFix } from '../../../../../app/model/sheet/fix.ts'

const fixed = (fix: SheetFix, ...rows: readonly (readonly Cell[])[]) => {
  const change = fixer(fix)
  return rows.map((cells) => change(cells))
}

describe('a change of one column', () => {
  test('set', () => {
    expect(fixed({ do: 'set', column: 2, value: 'x' }, ['a'], ['a', 'b', 'x'])).toEqual([
      ['a', null, 'x'],
      null,
    ])
  })
  test('set to nothing empties the cell', () => {
    expect(fixed({ do: 'set', column: 0, value: '' }, ['a'], [null])).toEqual([[null], null])
  })
  test('fill empty', () => {
    expect(fixed({ do: 'fill empty', column: 0, value: '1' }, [' '], ['7'], [])).toEqual([['1'], null, ['1']])
  })
  test('fill down', () => {
    expect(fixed({ do: 'fill down', column: 0 }, [null], ['Q1'], [null], ['Q2'], [''])).toEqual([
      null,
      null,
      ['Q1'],
      null,
      ['Q2'],
    ])
  })
  test('replace a whole cell', () => {
    expect(
      fixed({ do: 'replace', column: 0, from: 'lost deal', to: 'Declined' }, ['Lost deal '], ['lost']),
    ).toEqual([['Declined'], null])
  })
  test('find a part of a text', () => {
    expect(fixed({ do: 'find', column: 0, find: '-', to: '/' }, ['1-2-3'], [123], ['x'])).toEqual([
      ['1/2/3'],
      null,
      null,
    ])
  })
  test('cut, never in the middle of a letter', () => {
    expect(fixed({ do: 'cut', column: 0, length: 3 }, ['abcdef'], ['abc'], ['ab😀'])).toEqual([
      ['abc'],
      null,
      ['ab'],
    ])
  })
})
