import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deepPaths,
  findInJson,
  jsonLines,
  pathsAbove,
  valueAt,
} from '../../../../../app/model/inspector/json-lines.ts'

const value = { id: 7, lines: [{ price: 1.5, 'odd key': null }, []], 'a.b': 'Größe' }
const none: ReadonlySet<string> = new Set()

describe('JSON as lines', () => {
  it('are in reading order, with their path', () => {
    expect(jsonLines(value, none).map(({ path, text }) => `${path} ${text}`)).toEqual([
      '$ {3}',
      '$.id 7',
      '$.lines [2]',
      '$.lines[0] {2}',
      '$.lines[0].price 1.5',
      '$.lines[0]["odd key"] null',
      '$.lines[1] [0]',
      '$["a.b"] "Größe"',
    ])
  })

  it('leave out what is closed', () => {
    expect(jsonLines(value, new Set(['$.lines'])).map(({ path }) => path)).toEqual([
      '$',
      '$.id',
      '$.lines',
      '$["a.b"]',
    ])
    expect([...deepPaths(value, 1, 10)]).toEqual(['$.lines', '$.lines[0]'])
  })

  it('are found by key and by value, also below what is closed', () => {
    expect(findInJson(value, 'PRICE', 10)).toEqual(['$.lines[0].price'])
    expect(findInJson(value, 'größe', 10)).toEqual(['$["a.b"]'])
    expect(findInJson(value, '', 10)).toEqual([])
    expect(findInJson([1, 1, 1], '1', 2)).toHaveLength(2)
  })

  it('each lead back to their value, and know what is above', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        const lines = jsonLines(any, none)
        for (const { path, text, children } of lines) {
          if (children === 0 && !/^[[{]/.test(text)) expect(JSON.stringify(valueAt(any, path))).toBe(text)
          expect(lines.map((line) => line.path)).toEqual(expect.arrayContaining([...pathsAbove(path)]))
        }
      }),
    )
    expect(valueAt(value, '$.nothing.there')).toBeUndefined()
    expect(pathsAbove('$.lines[0]["odd.key"]')).toEqual(['$', '$.lines', '$.lines[0]'])
  })

  it('of 100,000 values come without deep calls', () => {
    let deep: unknown = 1
    for (let n = 0; n < 20_000; n++) deep = [deep]
    expect(jsonLines(deep, none)).toHaveLength(20_001)
  })
})
