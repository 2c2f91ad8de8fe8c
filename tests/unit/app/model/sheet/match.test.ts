import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sheetFields } from '../../../../../app/model/sheet/fields.ts'
import { alike, headingsKey, matchColumns, plainHeading, sure } from '../../../../../app/model/sheet/match.ts'
import { entities } from '../../../../../app/model/tenant.ts'

const pairs = (matches: ReturnType<typeof matchColumns>) =>
  Object.fromEntries(matches.map((match) => [match.field, match.column]))

describe('columns find their fields', () => {
  test('a template fits itself, whatever the order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...entities), fc.infiniteStream(fc.nat()), (entity, keys) => {
        const fields = sheetFields[entity]
        const shuffled = [...fields]
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => Number(a.key) - Number(b.key))
        const headings = shuffled.map(({ one }) => one.label)
        const samples = [shuffled.map(({ one }) => one.example)]
        const matched = matchColumns(headings, samples, fields)
        expect(pairs(matched)).toEqual(
          Object.fromEntries(fields.map((one) => [one.key, headings.indexOf(one.label)])),
        )
        expect(matched.every((match) => match.certainty >= sure && match.reason === 'same name')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('headings as other programs have them', () => {
    const headings = [
      'Company Name *',
      'VAT No',
      'Postcode',
      'TOWN',
      'Email Address',
      'first_name',
      'Notes of 2019',
    ]
    const row = ['Northwind', 'GB1', 'BS1', 'Bristol', 'a@b.co', 'Ada', 'x']
    expect(pairs(matchColumns(headings, [row, row], sheetFields.customers))).toEqual({
      name: 0,
      taxNumber: 1,
      postalCode: 2,
      city: 3,
      contactEmail: 4,
      contactFirstName: 5,
    })
  })

  test('a heading with a slip is found, with doubt', () => {
    const [match] = matchColumns(['Acount nummber'], [['1']], sheetFields.customers)
    expect(match).toMatchObject({ field: 'accountNumber', reason: 'similar name' })
    expect(match?.certainty).toBeLessThan(sure)
  })

  test('a good name over values that cannot be it is no longer sure', () => {
    const rows = [['next week'], ['soon'], ['later']]
    const [match] = matchColumns(['Order date'], rows, sheetFields.salesOrders)
    expect(match).toMatchObject({ field: 'orderDate' })
    expect(match?.certainty).toBeLessThan(sure)
  })

  test('e-mail addresses are known by their look, and only proposed', () => {
    const rows = [['a@b.co'], ['c@d.co'], ['e@f.co']]
    expect(matchColumns(['Column 7'], rows, sheetFields.customers)).toMatchObject([
      { field: 'contactEmail', reason: 'content', certainty: 0.5 },
    ])
  })

  test('what was chosen once for such a heading comes first', () => {
    const matched = matchColumns(['Name', 'Their name'], [['x', 'y']], sheetFields.customers, {
      name: 'their name',
    })
    expect(matched.find((match) => match.field === 'name')).toMatchObject({
      column: 1,
      reason: 'remembered',
      certainty: 1,
    })
  })

  test('no column is given twice, no field has two', () => {
    const heading = fc.constantFrom(
      'name',
      'customer',
      'email',
      'e-mail',
      'quantity',
      'price',
      '',
      'x',
      'status',
      'date',
      'number',
    )
    fc.assert(
      fc.property(fc.array(heading, { maxLength: 12 }), fc.constantFrom(...entities), (headings, entity) => {
        const matched = matchColumns(headings, [], sheetFields[entity])
        expect(new Set(matched.map((match) => match.column)).size).toBe(matched.length)
        expect(new Set(matched.map((match) => match.field)).size).toBe(matched.length)
        expect(matched.every((match) => match.column < headings.length)).toBe(true)
      }),
    )
  })
})

test('headings without their ornaments', () => {
  expect(plainHeading(' * Customer_Name: ')).toBe('customer name')
  expect(plainHeading('customerName')).toBe('customer name')
  expect(plainHeading('Ｎａｍｅ')).toBe('name')
})

test('files of the same making have the same key', () => {
  expect(headingsKey(['Name', 'E-Mail', null])).toBe(headingsKey(['e-mail', 'NAME *']))
  expect(headingsKey(['Name'])).not.toBe(headingsKey(['Name', 'City']))
})

test('likeness', () => {
  expect(alike('quantity', 'quantity')).toBe(1)
  expect(alike('ab', 'cd')).toBe(0)
  expect(alike('a', 'b')).toBe(0)
  expect(alike('quantity', 'quantty')).toBeGreaterThan(0.7)
})
