import { describe, expect, it } from 'vitest'
import { compareBodies, compareHeaders } from '../../../../../app/model/inspector/compare.ts'

describe('comparing', () => {
  it('headers by name, in either case', () => {
    const left = [
      ['Date', 'Mon'],
      ['X-A', '1'],
      ['Set-Cookie', 'a'],
      ['set-cookie', 'b'],
    ] as const
    const right = [
      ['date', 'Tue'],
      ['x-a', '1'],
      ['Server', 's'],
    ] as const
    expect(compareHeaders(left, right)).toEqual([
      { name: 'date', left: 'Mon', right: 'Tue' },
      { name: 'set-cookie', left: 'a, b', right: null },
      { name: 'server', left: null, right: 's' },
    ])
  })

  it('JSON by its values, whatever its layout', () => {
    expect(compareBodies('{"a":1,"b":[1,2]}', '{ "b": [1, 3], "a": 1, "c": null }')).toEqual([
      { name: '$.b[1]', left: '2', right: '3' },
      { name: '$.c', left: null, right: 'null' },
    ])
    expect(compareBodies('{"a":1}', '{ "a": 1 }')).toEqual([])
    expect(compareBodies(null, '{"a":1}')).toEqual([{ name: '$.a', left: null, right: '1' }])
  })

  it('anything else line by line', () => {
    expect(compareBodies('<p>\nx', '<p>\ny')).toEqual([{ name: 'line 2', left: 'x', right: 'y' }])
  })
})
