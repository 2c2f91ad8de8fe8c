import { describe, expect, it } from 'vitest'
import { readFilter } from '../../../../../app/model/inspector/filter-line.ts'
import { savedFilters, suggest, toggled, withTerms } from '../../../../../app/model/inspector/suggest.ts'

const texts = (line: string, caret = line.length) => suggest(line, caret).map(({ text }) => text)

describe('suggestions', () => {
  it('offer keys, then values', () => {
    expect(texts('')).toContain('status:')
    expect(texts('s')).toEqual(['status:', 'slower:', 'smaller:', 'since:'])
    expect(texts('host:halo -st')).toEqual(['-status:'])
    expect(texts('status:')).toContain('status:4xx')
    expect(texts('status:4xx,5')).toEqual(['status:4xx,5xx', 'status:4xx,500-503'])
    expect(texts('nothing:')).toEqual([])
    expect(texts('text:"sta')).toEqual([])
  })

  it('know the names of what is here', () => {
    const known = { tenant: [['2', 'Northwind'] as const, ['3', 'Contoso'] as const] }
    expect(suggest('tenant:north', 12, known)).toEqual([
      { text: 'tenant:2', means: 'Northwind', line: 'tenant:2 ', caret: 9 },
    ])
  })

  it('replace the word in hand and leave the rest', () => {
    expect(suggest('st kind:failures', 2)[0]).toMatchObject({ line: 'status: kind:failures', caret: 7 })
    expect(suggest('status:4 kind:failures', 8)[0]).toMatchObject({
      line: 'status:4xx kind:failures',
      caret: 10,
    })
  })
})

describe('a chip', () => {
  it('puts its term in and takes it out', () => {
    const term = { key: 'host', isNot: false, values: ['halo'] } as const
    expect(toggled('status:4xx', term)).toBe('status:4xx host:halo')
    expect(toggled('host:halo status:4xx', term)).toBe('status:4xx')
  })

  it('replaces what its key said', () => {
    expect(withTerms('status:4xx since:1h', { since: '7d', path: 'a b' })).toBe(
      'status:4xx since:7d path:"a b"',
    )
    expect(withTerms('status:4xx since:1h', { since: null })).toBe('status:4xx')
  })
})

it('the filters that everybody has are read without a problem', () => {
  for (const { line } of savedFilters) expect(readFilter(line)).toMatchObject({ problems: [] })
})
