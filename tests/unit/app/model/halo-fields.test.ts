import { describe, expect, test } from 'vitest'
import { commerceField, commerceFields, readCommerceField } from '../../../../app/model/commerce-fields.ts'
import { customFieldColumn, haloField, haloFields } from '../../../../app/model/halo-fields.ts'
import { address, contact, customer } from './map/builders.ts'

describe('the Halo fields', () => {
  test('have keys, columns and REST names of their own, and never a cost', () => {
    for (const of of [
      haloFields.map((each) => each.key),
      haloFields.map((each) => each.column),
      haloFields.map((each) => each.rest),
    ]) {
      expect(new Set(of.map((each) => each.toLowerCase())).size).toBe(haloFields.length)
    }
    expect(JSON.stringify(haloFields)).not.toMatch(/cost/i)
  })

  test('are found by their key', () => {
    expect(haloField('customer.phone')).toMatchObject({
      table: 'SITE',
      column: 'SPhoneNumber',
      maxLength: 50,
    })
    expect(haloField('toString')).toBeNull()
  })

  test.each([
    ['cf:region', 'CFregion'],
    ['cf:CFregion', 'CFregion'],
    ['CF:cfRegion_2', 'CFRegion_2'],
    ['cf:', null],
    ['cf:a b', null],
    ["cf:x'; drop", null],
    ['customer.phone', null],
  ])('%s is the custom field %s', (to, column) => {
    expect(customFieldColumn(to)).toBe(column)
  })
})

describe('the Commerce fields', () => {
  test('are named once, and found by name', () => {
    expect(new Set(commerceFields.map((each) => each.name)).size).toBe(commerceFields.length)
    expect(commerceField('contact.email')?.type).toBe('text')
    expect(commerceField('cost')).toBeNull()
  })

  test('read the first contact and address', () => {
    const source = {
      customer: customer({ taxNumber: '' }),
      contacts: [contact({ id: 9, email: 'b@x' }), contact({ id: 3, email: 'a@x' })],
      addresses: [address({ id: 9, city: 'Ulm' }), address({ id: 4, city: 'Bonn' })],
    }
    expect(readCommerceField('contact.email', source)).toBe('a@x')
    expect(readCommerceField('address.city', source)).toBe('Bonn')
    expect(readCommerceField('taxNumber', source)).toBeNull()
    expect(readCommerceField('hasCreditLimit', source)).toBe(false)
    expect(readCommerceField('contact.email', { ...source, contacts: [] })).toBeNull()
    expect(readCommerceField('contact.cost', source)).toBeUndefined()
  })
})
