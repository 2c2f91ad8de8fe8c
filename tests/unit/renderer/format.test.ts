import { describe, expect, it } from 'vitest'
import { bytes, dayOf, duration, plural, relativeTime } from '../../../renderer/ui/format.ts'

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [84.4, '84 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('%d ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words)
  })
})

describe('relativeTime', () => {
  const at = Date.UTC(2026, 4, 10, 12)
  const from = (ms: number) => relativeTime(new Date(at + ms).toISOString(), at)
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })

  it('says nothing more exact than people care for', () => {
    expect(from(-9_000)).toBe('just now')
    expect(from(9_000)).toBe('in a moment')
    expect(from(-59_000)).toBe(words.format(-59, 'second'))
    expect(from(-119_000)).toBe(words.format(-1, 'minute'))
    expect(from(7_200_000)).toBe(words.format(2, 'hour'))
    expect(from(-29 * 86_400_000)).toBe(words.format(-29, 'day'))
  })

  it('gives the day itself past a month', () => {
    const long = new Date(at - 40 * 86_400_000).toISOString()
    expect(relativeTime(long, at)).toBe(dayOf(long))
  })
})

it('counts one and many', () => {
  expect(plural(1, 'quote')).toBe('1 quote')
  expect(plural(0, 'quote')).toBe('0 quotes')
  expect(plural(2, 'category', 'categories')).toBe('2 categories')
})

it('writes sizes as people do', () => {
  expect([240, 12_300, 3_400_000].map(bytes)).toEqual(['240 B', '12 kB', '3.4 MB'])
})
