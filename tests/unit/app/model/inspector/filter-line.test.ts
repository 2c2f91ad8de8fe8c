import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FilterKey,
  filterKeys,
  keyMeanings,
  type Term,
} from '../../../../../app/model/inspector/filter.ts'
import { piecesOf, printFilter, readFilter } from '../../../../../app/model/inspector/filter-line.ts'

const term = (key: FilterKey, values: readonly string[], isNot = false): Term => ({ key, isNot, values })

/** Terms as reading gives them: values in their canonical spelling, none twice. */
const anyText = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '')
const anyTerm = fc.constantFrom(...filterKeys).chain((key) => {
  const { examples, isSingle } = keyMeanings[key]
  const value =
    key === 'text' || key === 'path'
      ? anyText
      : key === 'run' || key === 'tenant'
        ? fc.integer({ min: 1 }).map(String)
        : fc.constantFrom(...(examples.length > 0 ? examples : ['a1b2c3']))
  const values = isSingle ? value.map((one) => [one]) : fc.uniqueArray(value, { minLength: 1, maxLength: 3 })
  return fc.record({ key: fc.constant(key), isNot: fc.boolean(), values })
})

describe('the filter line', () => {
  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 6 }), (terms) => {
        expect(readFilter(printFilter(terms))).toEqual({ terms, problems: [] })
      }),
    )
  })

  it('takes any text without a throw, and prints the same once it has been read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        const { terms, problems } = readFilter(line)
        const printed = printFilter(terms)
        expect(readFilter(printed)).toEqual({ terms, problems: [] })
        for (const { at, length } of problems) expect(line.slice(at, at + length)).not.toBe('')
        expect(terms.length + problems.length).toBe(piecesOf(line).length)
      }),
    )
  })

  it('understands what people write', () => {
    const line = 'status:4XX method:post host:HALO path:/quotation run:0123 slower:2s larger:100KB'
    expect(readFilter(line)).toEqual({
      problems: [],
      terms: [
        term('status', ['4xx']),
        term('method', ['POST']),
        term('host', ['halo']),
        term('path', ['/quotation']),
        term('run', ['123']),
        term('slower', ['2s']),
        term('larger', ['100kB']),
      ],
    })
    expect(readFilter('text:"say \\"mandatory\\"" -status:404,5xx kind:failures since:1h').terms).toEqual([
      term('text', ['say "mandatory"']),
      term('status', ['404', '5xx'], true),
      term('kind', ['failures']),
      term('since', ['1h']),
    ])
    expect(readFilter('mandatory "two words" -gone').terms).toEqual([
      term('text', ['mandatory']),
      term('text', ['two words']),
      term('text', ['gone'], true),
    ])
  })

  it('says what is wrong, and where', () => {
    const wrong = (line: string) =>
      readFilter(line).problems.map(({ at, length, words }) => [at, length, words])
    expect(wrong('host:halo statsu:404')).toEqual([[10, 10, expect.stringContaining('Is "status:" meant?')]])
    expect(wrong('status:abc')).toEqual([[0, 10, expect.stringContaining('4xx, 5xx')]])
    expect(wrong('status:503-500')).toEqual([[0, 14, expect.stringContaining('no value')]])
    expect(wrong('slower:1s,2s')).toEqual([[0, 12, '"slower:" takes one value.']])
    expect(wrong('text:"open')).toEqual([[0, 10, 'The closing quotation mark is missing.']])
    expect(wrong('run: x')).toEqual([[0, 4, expect.stringContaining('a value is missing')]])
    expect(wrong('run:0')).toHaveLength(1)
    expect(wrong('since:5ms')).toHaveLength(1)
    expect(wrong('since:2026-05-10T10:00')).toHaveLength(1)
    expect(wrong('since:2026-05-10T10:00Z until:2026-05-11')).toEqual([])
    expect(wrong('fault:nonsense')).toHaveLength(1)
  })
})
