import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { readDate } from '../../../../app/model/dates.ts'

const zoneAtStart = process.env.TZ

afterEach(() => {
  if (zoneAtStart === undefined) delete process.env.TZ
  else process.env.TZ = zoneAtStart
})

describe('readDate', () => {
  test.each([
    ['2022-03-01', '2022-03-01T00:00:00.000Z'],
    ['2022-03-01T00:00:00', '2022-03-01T00:00:00.000Z'],
    ['2022-03-01 09:30', '2022-03-01T09:30:00.000Z'],
    ['2022-03-01T09:30:15.1', '2022-03-01T09:30:15.100Z'],
    ['2022-03-01T09:30:15.1234567', '2022-03-01T09:30:15.123Z'],
    ['2022-03-01T09:30:15,5Z', '2022-03-01T09:30:15.500Z'],
    ['2022-03-01T09:30:15z', '2022-03-01T09:30:15.000Z'],
    ['2022-03-01T09:30:15+11:00', '2022-02-28T22:30:15.000Z'],
    ['2022-03-01T09:30:15-0330', '2022-03-01T13:00:15.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['  2022-03-01T00:00:00Z ', '2022-03-01T00:00:00.000Z'],
    ['1753-01-01', '1753-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59', '9999-12-31T23:59:59.000Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(readDate(text)).toBe(expected)
  })

  test.each([
    '0001-01-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '0001-12-31',
    '0000-01-01',
    '1752-12-31',
    '1753-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '2023-02-29',
    '2023-02-31',
    '2022-04-31',
    '1900-02-29',
    '2022-13-01',
    '2022-00-10',
    '2022-01-00',
    '2022-01-01T25:00',
    '2022-01-01T10:61',
    '2022-01-01T10:00:00+99:00',
    '01/03/2022',
    '20220301',
    '2022-3-1',
    'yesterday',
    'null',
    '',
    ' ',
    '2022-03-01T',
    '+002022-03-01',
    '2022-03-01T09:30:15 Europe/London',
  ])('has no date for "%s"', (text) => {
    expect(readDate(text)).toBeNull()
  })

  test('has no date for nothing', () => {
    expect(readDate(null)).toBeNull()
    expect(readDate(undefined)).toBeNull()
  })

  test('gives the same instant whatever zone the machine is in', () => {
    const zones = ['UTC', 'Pacific/Kiritimati', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']
    const instants = fc.date({
      min: new Date('1800-01-01Z'),
      max: new Date('2200-01-01Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), fc.boolean(), (date, zone, hasZone) => {
        process.env.TZ = zone
        const text = date.toISOString()
        expect(readDate(hasZone ? text : text.slice(0, -1))).toBe(text)
      }),
    )
  })

  test('never throws, and what it reads it reads again as the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/)),
        (text) => {
          const read = readDate(text)
          expect(readDate(read)).toBe(read)
        },
      ),
    )
  })
})
