import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessDates, readSheetDate } from '../../../../../app/model/sheet/dates.ts'

describe('dates as people write them', () => {
  test.each([
    ['2024-01-31', 'dmy', '2024-01-31'],
    ['2024/1/31', 'mdy', '2024-01-31'],
    ['20240131', 'dmy', '2024-01-31'],
    ['31/01/2024', 'dmy', '2024-01-31'],
    ['31.1.24', 'dmy', '2024-01-31'],
    ['01/31/2024', 'mdy', '2024-01-31'],
    ['1-2-2024', 'dmy', '2024-02-01'],
    ['1-2-2024', 'mdy', '2024-01-02'],
    ['5/6/71', 'dmy', '1971-06-05'],
    ['31 Jan 2024', 'dmy', '2024-01-31'],
    ['31-January-24', 'mdy', '2024-01-31'],
    ['1st February 2024', 'dmy', '2024-02-01'],
    ['Wednesday, January 31, 2024', 'dmy', '2024-01-31'],
    ['Jan 31 2024', 'dmy', '2024-01-31'],
    ['31. März 2024', 'dmy', '2024-03-31'],
    ['1 août 2024', 'dmy', '2024-08-01'],
    ['14 juillet 2024', 'dmy', '2024-07-14'],
    ['31/01/2024 9:05', 'dmy', '2024-01-31T09:05:00'],
    ['2024-01-31T10:15:30.123Z', 'dmy', '2024-01-31T10:15:30'],
    ['1/31/2024 12:30 AM', 'mdy', '2024-01-31T00:30:00'],
    ['1/31/2024 1:30:15 p.m.', 'mdy', '2024-01-31T13:30:15'],
    [' 2024-02-29 ', 'dmy', '2024-02-29'],
  ] as const)('%j (%s)', (text, order, date) => {
    expect(readSheetDate(text, order)).toBe(date)
  })

  test.each([
    '2023-02-29',
    '31/04/2024',
    '13/13/2024',
    '00/01/2024',
    'soon',
    '',
    '12',
    '1.5',
    '2024-01-31 25:00',
    '31 Foo 2024',
    '1/2',
    '13:45',
    '0001-01-01',
    '1/31/2024 13:30 PM',
  ])('%j is none', (text) => {
    expect(readSheetDate(text, 'dmy')).toBeNull()
  })

  test('every day, written in any order, reads back', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, fc.constantFrom('/', '.', '-'), (at, between) => {
        const iso = at.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect(readSheetDate([d, m, y].join(between), 'dmy')).toBe(iso)
        expect(readSheetDate([m, d, y].join(between), 'mdy')).toBe(iso)
        expect(readSheetDate([y, m, d].join(between), 'dmy')).toBe(iso)
      }),
    )
  })
})

describe('day first or month first', () => {
  test('a 13 decides', () => {
    expect(guessDates(['01/03/2024', '13/03/2024'])).toEqual({ order: 'dmy', unsure: null })
    expect(guessDates(['01/03/2024', '03/13/2024'])).toEqual({ order: 'mdy', unsure: null })
  })
  test('nothing decides: it is asked, with an example', () => {
    expect(guessDates(['2024-01-01', '01/03/2024'])).toEqual({ order: 'dmy', unsure: '01/03/2024' })
  })
  test('what reads the same in both orders asks nothing', () => {
    expect(guessDates(['2024-01-01', '05/05/2024', '1 Jan 2024'])).toEqual({ order: 'ymd', unsure: null })
  })
  test('both in one column', () => {
    expect(guessDates(['13/01/2024', '14/01/2024', '01/31/2024', '02/03/2024'])).toEqual({
      order: 'dmy',
      unsure: '02/03/2024',
    })
  })
})
