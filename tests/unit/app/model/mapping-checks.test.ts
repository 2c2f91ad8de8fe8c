import { describe, expect, test } from 'vitest'
import type { HaloClientField } from '../../../../app/model/halo-fields.ts'
import {
  defaultMapping,
  type FieldMapping,
  type Interpretation,
  type Mapping,
} from '../../../../app/model/mapping.ts'
import { checkMapping, unfilledMandatory } from '../../../../app/model/mapping-checks.ts'

const region: HaloClientField = {
  column: 'CFregion',
  label: 'Region',
  type: 'text',
  maxLength: 20,
  isMandatory: true,
}
const since: HaloClientField = {
  column: 'CFsince',
  label: 'Since',
  type: 'date',
  maxLength: null,
  isMandatory: false,
}
const halo = { clientFields: [region, since], instanceUrl: 'https://sample.mydattocommerce.com/' }

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
    expect(checkMapping(mapping, { ...halo, clientFields: null })).toEqual([])
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

  test('judges custom fields by the type that Halo gives them', () => {
    expect(check(row('hasCreditLimit', 'cf:since'))).toEqual([['customerFields.0.from', 'error', 'type']])
    expect(check(row({ constant: 'x'.repeat(21) }, 'cf:region'))).toEqual([
      ['customerFields.0.from', 'error', 'too long'],
    ])
  })

  test('asks for what was not chosen yet', () => {
    expect(check(row('', ''))).toEqual([
      ['customerFields.0.to', 'error', 'unknown'],
      ['customerFields.0.from', 'error', 'unknown'],
    ])
  })

  test.each([
    '{base}',
    '{base}/quotes/{id}',
    '{base}/q/{code}?n={quoteNumber}',
    'https://SAMPLE.mydattocommerce.com/{id}',
    'https://portal.example.com/{id}',
    'http://localhost:4000/{id}',
    '',
  ])('accepts the link %s', (quoteLink) => {
    const linkHosts = ['Portal.example.com', 'localhost:4000']
    expect(checkMapping(withLinks({ quoteLink, linkHosts }), halo)).toEqual([])
  })

  test('lets a link lead to the own host and to those allowed, and to no other', () => {
    const orderLink = 'https://portal.example.com/{id}'
    expect(checkMapping(withLinks({ orderLink }), halo)).toMatchObject([
      { path: 'interpretation.orderLink', text: expect.stringContaining('portal.example.com') },
    ])
    const productLink = 'https://sample.mydattocommerce.com.evil.example/{id}'
    expect(checkMapping(withLinks({ productLink }), halo)).toHaveLength(1)
  })

  test('takes an https address for that of Halo, and nothing else', () => {
    for (const haloAddress of ['', 'https://halo.example', 'https://halo.example:8443/halo/'])
      expect(checkMapping(withLinks({ haloAddress }), halo)).toEqual([])
    for (const haloAddress of [
      'http://halo.example',
      'halo.example',
      'javascript:alert(1)',
      'https://h.example/?x=',
    ])
      expect(checkMapping(withLinks({ haloAddress }), halo)).toMatchObject([
        { path: 'interpretation.haloAddress' },
      ])
  })

  test.each(['', 'https://a.example', 'a.example/x', 'a b', '-a', 'a.example:x'])(
    'does not take "%s" for the name of a host',
    (host) => {
      const problems = checkMapping(withLinks({ linkHosts: [host] }), halo)
      expect(problems.map(({ path }) => path)).toEqual(['interpretation.linkHosts.0'])
    },
  )

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

test('unfilledMandatory: what Halo wants filled and no row fills', () => {
  expect(unfilledMandatory([row('name', 'cf:CFRegion')], halo.clientFields)).toEqual([])
  expect(unfilledMandatory([row('name', 'customer.website')], halo.clientFields)).toEqual([region])
})
