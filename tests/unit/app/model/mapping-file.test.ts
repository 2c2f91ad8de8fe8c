import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commerceFields } from '../../../../app/model/commerce-fields.ts'
import { type HaloClientField, haloFields } from '../../../../app/model/halo-fields.ts'
import { defaultMapping, type Mapping } from '../../../../app/model/mapping.ts'
import {
  fitMapping,
  type MappingNames,
  mappingFile,
  readMappingFile,
} from '../../../../app/model/mapping-file.ts'
import { must } from '../store/temp-store.ts'

const about = { tenant: 'North', exportedAt: '2026-05-01T00:00:00.000Z' }
const region: HaloClientField = {
  column: 'CFregion',
  label: 'Region',
  type: 'text',
  maxLength: null,
  isMandatory: false,
}
const names: MappingNames = {
  groups: { '1': 'Datto Commerce', '7': 'Hardware', '8': 'hardware ' },
  quoteStatus: { '3': 'Accepted', '4': 'Lost' },
  orderStatus: { '2': 'Processed' },
  categories: { '40': 'Hardware > Laptops', '41': 'Services' },
}
const place = { names, clientFields: [region] }
const problemOf = (text: string): string => {
  const read = readMappingFile(text)
  return read.ok ? 'fine' : String(read.fault.facts?.problem)
}

const id = (kind: keyof MappingNames) => fc.constantFrom(...Object.keys(names[kind]).map(Number))
const statuses = (kind: 'quoteStatus' | 'orderStatus') =>
  fc.dictionary(fc.constantFrom('0', '1', '2', '3', '90'), fc.option(id(kind)), { noNullPrototype: true })
const mappings: fc.Arbitrary<Mapping> = fc.record({
  customerFields: fc.array(
    fc.record({
      from: fc.oneof(
        fc.record({
          kind: fc.constant('field' as const),
          name: fc.constantFrom(...commerceFields.map(({ name }) => name)),
        }),
        fc.record({ kind: fc.constant('constant' as const), value: fc.string() }),
      ),
      to: fc.constantFrom('cf:region', 'cf:CFRegion', ...haloFields.map(({ key }) => key)),
      onlyNew: fc.boolean(),
      whenEmpty: fc.constantFrom('clear' as const, 'leave' as const),
    }),
  ),
  quoteStatus: statuses('quoteStatus'),
  orderStatus: statuses('orderStatus'),
  orderStatusesToImport: fc.array(fc.constantFrom(1, 2, 3, 90)),
  groups: fc.dictionary(fc.constantFrom('40', '41'), id('groups'), { noNullPrototype: true }),
  defaultGroup: fc.option(id('groups')),
  createItemsFromQuotes: fc.boolean(),
  setProductSupplier: fc.boolean(),
  interpretation: fc.record({
    priceIncludesTax: fc.boolean(),
    taxPer: fc.constantFrom('line' as const, 'unit' as const),
    taxRateAs: fc.constantFrom('guess' as const, 'percent' as const, 'fraction' as const),
    fixedDiscountPer: fc.constantFrom('line' as const, 'unit' as const),
    unchosenLines: fc.constantFrom('optional' as const, 'leave out' as const),
    quoteLink: fc.string(),
    customerLink: fc.string(),
    raiseQuoteLink: fc.string(),
    orderLink: fc.string(),
    productLink: fc.string(),
    linkHosts: fc.array(fc.string()),
  }),
})

describe('an exported mapping', () => {
  test('comes back as it was, where it came from, whatever it holds', () => {
    fc.assert(
      fc.property(mappings, (mapping) => {
        const text = JSON.stringify(mappingFile(mapping, names, about))
        const file = must(readMappingFile(text))
        expect(fitMapping(file, defaultMapping, place)).toEqual({ patch: mapping, left: [] })
      }),
    )
  })

  test('finds its way by names where the numbers differ, and tells what has no counterpart', () => {
    const mapping: Mapping = {
      ...defaultMapping,
      quoteStatus: { '1': null, '3': 3, '90': 4 },
      groups: { '40': 7, '41': 1 },
      defaultGroup: 7,
      customerFields: [
        { from: { kind: 'field', name: 'name' }, to: 'cf:region', onlyNew: false, whenEmpty: 'leave' },
      ],
    }
    const elsewhere = {
      names: {
        groups: { '20': 'Hardware', '21': 'Services' },
        quoteStatus: { '3': 'Sent', '9': 'accepted' },
        orderStatus: {},
        categories: { '5': 'Hardware > Laptops', '41': 'Something else' },
      },
      clientFields: [],
    }
    const { patch, left } = fitMapping({ mapping, names }, defaultMapping, elsewhere)
    expect(patch).toMatchObject({ quoteStatus: { '1': null, '3': 9 }, groups: { '5': 20 }, defaultGroup: 20 })
    expect(patch.quoteStatus).not.toHaveProperty('90')
    expect(patch.customerFields).toEqual([])
    expect(left.map(({ part }) => part)).toEqual(['customerFields', 'quoteStatus', 'groups'])
    expect(left.map(({ text }) => text).join(' ')).toContain('"Lost"')
  })

  test('leaves out what has two counterparts, and keeps what the file does not speak of', () => {
    const two = { names: { ...names, groups: { '5': 'Hardware', '6': 'HARDWARE' } }, clientFields: null }
    const { patch, left } = fitMapping({ mapping: { defaultGroup: 7 }, names }, defaultMapping, two)
    expect(patch).toEqual({})
    expect(left).toHaveLength(1)
  })

  test('leads nobody to another Halo', () => {
    const own = { ...defaultMapping.interpretation, haloAddress: 'https://ours.example' }
    const file = {
      mapping: { interpretation: { haloAddress: 'https://theirs.example', quoteLink: 'x' } },
      names,
    }
    const fitted = (interpretation: typeof own | typeof defaultMapping.interpretation) =>
      fitMapping(file, { ...defaultMapping, interpretation }, place).patch.interpretation
    expect(fitted(own)).toMatchObject({ haloAddress: 'https://ours.example', quoteLink: 'x' })
    expect(fitted(defaultMapping.interpretation)).not.toHaveProperty('haloAddress')
  })

  test('of an older program takes what it lacks from the tenant', () => {
    const current = {
      ...defaultMapping,
      interpretation: { ...defaultMapping.interpretation, linkHosts: ['a.example'] },
    }
    const file = { mapping: { interpretation: { quoteLink: 'x' } }, names }
    expect(fitMapping(file, current, place).patch.interpretation).toMatchObject({
      quoteLink: 'x',
      linkHosts: ['a.example'],
    })
  })
})

describe('a file that is none', () => {
  test.each([
    ['', 'no JSON'],
    ['{"a":', 'no JSON'],
    ['[]', 'no mapping that was exported'],
    ['{"format":"something","version":1}', 'no mapping that was exported'],
    ['{"format":"commerce-integrator-mapping","version":2}', 'version 2'],
    ['{"format":"commerce-integrator-mapping","version":1}', 'exportedAt'],
  ])('%s', (text, problem) => {
    expect(problemOf(text)).toContain(problem)
  })

  test('a wrong value is told with its place; a file of megabytes is not read', () => {
    const file = mappingFile(defaultMapping, names, about)
    const wrong = JSON.stringify({ ...file, mapping: { ...file.mapping, quoteStatus: { '3': 'x' } } })
    expect(problemOf(wrong)).toContain('mapping.quoteStatus.3')
    expect(problemOf(' '.repeat(2_000_001))).toContain('too large')
    expect(problemOf(`\uFEFF${JSON.stringify(file)}`)).toBe('fine')
  })
})
