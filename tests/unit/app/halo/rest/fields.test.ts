import { describe, expect, it } from 'vitest'
import {
  date,
  decimal,
  flag,
  newDraft,
  text,
  type Value,
  whole,
} from '../../../../../app/halo/rest/fields.ts'

const set = (field: typeof whole, current: unknown, value: Value) =>
  newDraft('A').set(
    'Item',
    { it: field },
    { id: 1, ...(current === undefined ? {} : { it: current }) },
    { it: value },
  )

describe('a property', () => {
  it.each([
    ['text', text(), 'a', 'a'],
    ['text that Halo tells as a number', text(), 12, '12'],
    ['empty text where Halo has none', text(), null, ''],
    ['empty text that Halo does not tell', text(), undefined, ''],
    ['a flag', flag, true, 1],
    ['a flag as a number', flag, 0, false],
    ['a flag that Halo does not tell', flag, undefined, false],
    ['a number as text', decimal, '10.50', 10.5],
    ['noise of the last digits', decimal, 0.1 + 0.2, 0.3],
    ['a zero that Halo does not tell', decimal, undefined, 0],
    ['a date without a zone', date, '2026-01-02T09:00:00', '2026-01-02T09:00:00.000Z'],
    ['a date as a column rounds it', date, '2026-01-02T09:00:00.997', '2026-01-02T09:00:00.999Z'],
  ])('%s is the same', (_, field, current, value) => {
    expect(set(field, current, value)).toEqual({})
  })

  it.each([
    ['text', text(), 'a', 'b', 'b'],
    ['text that Halo does not tell', text(), undefined, 'b', 'b'],
    ['text that is emptied', text(), 'a', '', ''],
    ['a flag', flag, false, true, true],
    ['a number', decimal, 1, 1.01, 1.01],
    ['a whole number', whole, 3, 4, 4],
    ['a date', date, '2026-01-02T09:00:00', '2026-01-02T09:00:01.000Z', '2026-01-02T09:00:01.000Z'],
    ['a date that is emptied', date, '2026-01-02T09:00:00', '', null],
  ])('%s is another', (_, field, current, value, posted) => {
    expect(set(field, current, value)).toEqual({ it: posted })
  })

  it('that is null is left alone', () => {
    expect(set(text(), 'a', null)).toEqual({})
  })

  it.each([
    [text(3), 'abcd', 'halo-value-too-long'],
    [whole, 1.5, 'halo-value-refused'],
    [whole, 2 ** 31, 'halo-value-refused'],
    [whole, 'x', 'halo-value-refused'],
    [date, 'soon', 'halo-value-refused'],
  ])('that does not fit fails the record: %j %j', (field, value, code) => {
    const draft = newDraft('A')
    draft.set('Item', { it: field }, null, { it: value })
    expect(draft.trouble()).toMatchObject({ code, facts: { label: 'A', column: 'Item.it' } })
  })

  it('that may be cut is cut, never in half a letter', () => {
    const draft = newDraft('A')
    const cut = draft.set('Line#3', { it: text(4, true) }, null, { it: 'ab🛠️cd' })
    expect(cut).toEqual({ it: 'ab…' })
    expect(draft.notes).toMatchObject([
      { code: 'halo-value-too-long', facts: { column: 'Line.it', limit: 4 } },
    ])
    expect(draft.trouble()).toBeNull()
  })
})
