import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../../../app/model/sheet/cell.ts'
import {
  joinTexts,
  type MadeColumns,
  madeValues,
  narrowed,
  splitText,
  widener,
} from '../../../../../app/model/sheet/made.ts'

describe('a text in parts', () => {
  test.each([
    ['Ada Lovelace King', 'first word', 2, ['Ada', 'Lovelace King']],
    ['Ada Lovelace King', 'last word', 2, ['Ada Lovelace', 'King']],
    ['  Ada\u00a0 Lovelace ', 'first word', 2, ['Ada', 'Lovelace']],
    ['Lovelace', 'first word', 2, ['Lovelace', '']],
    ['Lovelace', 'last word', 2, ['', 'Lovelace']],
    ['', 'last word', 2, ['', '']],
    ['Lovelace, Ada', ',', 2, ['Lovelace', 'Ada']],
    ['1 Harbour Road, Dock 2, Bristol', ',', 2, ['1 Harbour Road', 'Dock 2, Bristol']],
    ['1 Harbour Road, Dock 2, Bristol', ',', 4, ['1 Harbour Road', 'Dock 2', 'Bristol', '']],
    ['one  two\tthree', ' ', 3, ['one', 'two', 'three']],
    ['a - b', ' - ', 2, ['a', 'b']],
  ])('%j by %j into %d', (text, by, parts, expected) => {
    expect(splitText(text, by, parts)).toEqual(expected)
  })

  test('has as many as were asked for, and loses nothing but the white space at their ends', () => {
    const bare = (text: string): string => text.replace(/\s/g, '')
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom(',', ';', ' - ', '/', '::'),
        fc.integer({ min: 2, max: 9 }),
        (text, by, count) => {
          const parts = splitText(text, by, count)
          expect(parts).toHaveLength(count)
          expect(parts.every((part) => part === part.trim())).toBe(true)
          const used = text.trim().split(by).length
          expect(bare(parts.slice(0, used).join(by))).toBe(bare(text))
          expect(parts.slice(used).every((part) => part === '')).toBe(true)
        },
      ),
    )
  })

  test('loses no word, whichever word is told apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('first word', 'last word'), (text, by) => {
        const words = (one: string): string[] => one.split(/\s+/).filter((word) => word !== '')
        const parts = splitText(text, by, 2)
        expect(parts.flatMap(words)).toEqual(words(text))
        expect(words(parts[by === 'first word' ? 0 : 1] ?? '').length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test('texts in one: what is empty leaves no trace', () => {
  expect(joinTexts(['1 Harbour Road', '', ' Dock 2 '], ', ')).toBe('1 Harbour Road, Dock 2')
  expect(joinTexts(['', ' '], ', ')).toBe('')
})

const names: MadeColumns = { do: 'split', from: 1, by: 'first word', into: [4, 5] }
const street: MadeColumns = { do: 'join', from: [2, 3], with: ', ', into: [6] }
const made = [names, street]

describe('a row with made columns', () => {
  const widen = widener(made)

  test('shows them beyond its own', () => {
    expect(widen(['Northwind', 'Ada Lovelace', '1 Harbour Road', 'Dock 2'])).toEqual([
      ...['Northwind', 'Ada Lovelace', '1 Harbour Road', 'Dock 2'],
      ...['Ada', 'Lovelace', '1 Harbour Road, Dock 2'],
    ])
    expect(widen([])).toEqual([null, null, null, null, null, null, null])
  })

  test('numbers are taken as they read, and a failed formula stays one', () => {
    const broken: Cell = { kind: 'error', text: '#N/A' }
    expect(madeValues(street, [null, null, 12, 'Dock'])).toEqual(['12, Dock'])
    expect(madeValues(names, [null, broken])).toEqual([broken, broken])
  })

  test('follows its source, but for what a person corrected', () => {
    const stored: Cell[] = ['Northwind', 'Ada Lovelace']
    const shown = widen(stored)
    const corrected = shown.map((cell, at) => (at === 5 ? 'King' : cell))
    const kept = narrowed(made, stored, shown, corrected)
    expect(kept).toEqual(['Northwind', 'Ada Lovelace', null, null, null, 'King'])
    const again = widen(kept)
    const renamed = again.map((cell, at) => (at === 1 ? 'Grace Hopper' : cell))
    expect(widen(narrowed(made, kept, again, renamed)).slice(4, 6)).toEqual(['Grace', 'King'])
  })

  test('a made value that a person emptied stays empty', () => {
    const stored: Cell[] = ['Northwind', 'Ada Lovelace']
    const shown = widen(stored)
    const kept = narrowed(
      made,
      stored,
      shown,
      shown.map((cell, at) => (at === 4 ? null : cell)),
    )
    expect(widen(kept).slice(4, 6)).toEqual([null, 'Lovelace'])
  })

  test('shows after an edit what the edit left, whatever it was', () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
    )
    fc.assert(
      fc.property(
        fc.array(cell, { maxLength: 4 }),
        fc.integer({ min: 0, max: 6 }),
        cell,
        (stored, at, value) => {
          const shown = widen(stored)
          const edited = shown.map((one, place) => (place === at ? value : one))
          const after = widen(narrowed(made, stored, shown, edited))
          if (at >= 4) expect(after).toEqual(edited)
          else expect(after[at]).toBe(value)
        },
      ),
    )
  })

  test('nothing made, nothing changed', () => {
    const cells: Cell[] = ['a', null]
    expect(widener([])(cells)).toBe(cells)
    expect(narrowed([], cells, cells, ['b'])).toEqual(['b'])
  })
})
