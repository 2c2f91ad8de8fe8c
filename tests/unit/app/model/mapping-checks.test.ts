import { describe, expect, test } from 'vitest'
import {
  defaultMapping,
  type FieldMapping,
  type Interpretation,
  type Mapping,
} from '../../../../app/model/mapping.ts'
import { checkMapping } from '../../../../app/model/mapping-checks.ts'

const halo = { customFields: ['CFregion'], instanceUrl: 'https://sample.mydattocommerce.com/' }

const row = (from: string | { constant: string }, to: string): FieldMapping => ({
  from: typeof from === 'string' ? { kind: 'field', name: from } : { kind: 'constant', value: from.constant },
  to,
  onlyNew: false,
  whenEmpty: 'leave',
})
const check = (...rows: FieldMapping[]) =>
  checkMapping({ ...defaultMapping, customerFields: rows }, halo).map((each) => [
    each.path,
    each.level,
    each.code,
  ])

const withLinks = (links: Partial<Interpretation>): Mapping => ({
  ...defaultMapping,
  interpretation: { ...defaultMapping.interpretation, ...links },
})

describe('checkMapping', () => {
  test('finds nothing in the mapping that a new tenant has', () => {
    expect(checkMapping(defaultMapping, halo)).toEqual([])
  })

  test('finds nothing in rows that fit', () => {
    const rows = [
      row('contact.email', 'customer.accountsEmail'),
      row('priceGroup', 'customer.customerType'),
      row('hasCreditLimit', 'customer.isVip'),
      row('createDate', 'customer.startDate'),
      row('hasCreditLimit', 'customer.userField1'),
      row('billingState', 'cf:region'),
      row({ constant: '14' }, 'customer.paymentTerms'),
      row({ constant: '' }, 'customer.endDate'),
    ]
    expect(check(...rows)).toEqual([])
  })

  test('finds two rows for one field, also when a custom field is written in two ways', () => {
    expect(check(row('name', 'customer.website'), row('taxNumber', 'customer.website'))).toEqual([
      ['customerFields.1.to', 'error', 'duplicate'],
    ])
    expect(check(row('name', 'cf:region'), row('name', 'cf:CFRegion'))).toEqual([
      ['customerFields.1.to', 'error', 'duplicate'],
    ])
  })

  test('finds fields that neither side has', () => {
    expect(check(row('cost', 'customer.website'))).toEqual([['customerFields.0.from', 'error', 'unknown']])
    expect(check(row('name', 'customer.shoeSize'))).toEqual([['customerFields.0.to', 'error', 'unknown']])
    expect(check(row('name', 'cf:nothing'))).toEqual([['customerFields.0.to', 'error', 'unknown']])
    expect(check(row('name', 'cf:drop table'))).toEqual([['customerFields.0.to', 'error', 'unknown']])
  })

  test('does not judge custom fields that Halo was not asked for', () => {
    const mapping = { ...defaultMapping, customerFields: [row('name', 'cf:nothing')] }
    expect(checkMapping(mapping, { ...halo, customFields: null })).toEqual([])
  })

  test('finds types that do not go together', () => {
    expect(check(row('createDate', 'customer.paymentTerms'))).toEqual([
      ['customerFields.0.from', 'error', 'type'],
    ])
    expect(check(row('name', 'customer.startDate'))).toEqual([['customerFields.0.from', 'warning', 'type']])
    expect(check(row({ constant: 'soon' }, 'customer.startDate'))).toEqual([
      ['customerFields.0.from', 'error', 'type'],
    ])
    expect(check(row({ constant: '1.5' }, 'customer.paymentTerms'))).toEqual([
      ['customerFields.0.from', 'error', 'type'],
    ])
    expect(check(row({ constant: 'perhaps' }, 'customer.isVip'))).toEqual([
      ['customerFields.0.from', 'error', 'type'],
    ])
    expect(check(row({ constant: 'x' }, 'customer.discountPercent'))).toEqual([
      ['customerFields.0.from', 'error', 'type'],
    ])
  })

  test('finds constants that do not fit', () => {
    expect(check(row({ constant: 'x'.repeat(51) }, 'customer.phone'))).toEqual([
      ['customerFields.0.from', 'error', 'too long'],
    ])
    expect(check(row({ constant: 'x'.repeat(50) }, 'customer.phone'))).toEqual([])
  })

  test.each([
    '{base}',
    '{base}/quotes/{id}',
    '{base}/q/{code}?n={quoteNumber}',
    'https://portal.example.com/{id}',
    'http://localhost:4000/{id}',
    '',
  ])('accepts the link %s', (quoteLink) => {
    expect(checkMapping(withLinks({ quoteLink }), halo)).toEqual([])
  })

  test.each([
    '{host}/x',
    'http://portal.example.com/{id}',
    'javascript:alert(1)',
    '{base}/a b',
    'quotes/{id}',
    'https://user:pw@example.com',
    `{base}/${'x'.repeat(250)}`,
  ])('refuses the link %s', (customerLink) => {
    const problems = checkMapping(withLinks({ customerLink }), halo)
    expect(problems.map((each) => [each.path, each.code])).toEqual([['interpretation.customerLink', 'link']])
  })
})
