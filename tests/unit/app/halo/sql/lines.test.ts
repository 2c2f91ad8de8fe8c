import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveTable } from '../../../../../app/halo/sql/dialect.ts'
import { pairLines } from '../../../../../app/halo/sql/lines.ts'
import { halo } from '../../../../../app/halo/sql/tables/all.ts'
import { heading, line } from './fixture.ts'

const table: LiveTable = {
  id: 'quoteLine',
  spec: halo.quoteLine,
  live: 'QUOTATIONDETAIL',
  isIdentity: true,
  columns: new Map(),
}
const quoteLines = {
  table,
  sequence: 'QDsortseq',
  heading: 'QDIsGroupDesc',
  text: 'QDDesc',
  code: 'QDProductCode',
  commerceId: null,
}
const row = (QDid: number, QDsortseq: number, QDDesc: string, QDProductCode = '', QDIsGroupDesc = 0) => ({
  QDid,
  QDsortseq,
  QDDesc,
  QDProductCode,
  QDIsGroupDesc,
})
const wanted = (sequence: number, description: string, productCode = '') =>
  line(0, sequence, { description, productCode })
const pairs = (rows: ReturnType<typeof row>[], lines: ReturnType<typeof line>[]) => {
  const found = pairLines(quoteLines, rows, lines)
  return {
    rows: found.rows.map((one) => (one ? Number(one.QDid) : null)),
    leftOver: found.leftOver.map((one) => Number(one.QDid)),
  }
}

describe('pairLines', () => {
  it('prefers the same text to the same place', () => {
    expect(pairs([row(1, 1, 'a'), row(2, 2, 'b')], [wanted(1, 'b'), wanted(2, 'a')])).toEqual({
      rows: [2, 1],
      leftOver: [],
    })
  })

  it('prefers the same place among lines that say the same', () => {
    expect(pairs([row(1, 1, 'a'), row(2, 2, 'a')], [wanted(2, 'a'), wanted(1, 'a')]).rows).toEqual([2, 1])
  })

  it('knows a renamed line by its code, a recoded one by its place', () => {
    const rows = [row(1, 1, 'old', 'X'), row(2, 2, 'other', 'Y')]
    expect(pairs(rows, [wanted(1, 'z', 'Z'), wanted(2, 'new', 'X')])).toEqual({
      rows: [null, 1],
      leftOver: [2],
    })
    expect(pairs(rows, [wanted(1, 'z', 'Z'), wanted(2, 'other', 'Y')]).rows).toEqual([1, 2])
  })

  it('never takes a heading for a line', () => {
    expect(pairs([row(1, 1, 'a', '', 1)], [wanted(1, 'a')])).toEqual({ rows: [null], leftOver: [1] })
    expect(pairs([row(1, 1, 'a', '', 1)], [heading('a', 1)]).rows).toEqual([1])
  })

  it('gives each row to one line at most, and leaves none out', () => {
    const text = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), fc.array(fc.tuple(text, text)), (before, after) => {
        const rows = before.map(([description, code], at) => row(at + 1, at + 1, description, code))
        const lines = after.map(([description, code], at) => wanted(at + 1, description, code))
        const found = pairs(rows, lines)
        const used = [...found.rows.filter((one) => one !== null), ...found.leftOver]
        expect(used.sort((a, b) => a - b)).toEqual(rows.map(({ QDid }) => QDid))
        expect(found.rows).toHaveLength(lines.length)
      }),
    )
  })
})
