import { describe, expect, test } from 'vitest'
import { mapCustomer, notesOnCustomer, raiseQuoteLink } from '../../../../../app/model/map/customer.ts'
import type { FieldMapping } from '../../../../../app/model/mapping.ts'
import { address, contact, customer, tenant } from './builders.ts'

const bare = { customer: customer(), contacts: [], addresses: [] }

describe('mapCustomer', () => {
  test('takes over name, numbers, site and link', () => {
    const record = mapCustomer(
      { ...bare, customer: customer({ taxNumber: ' GB 123 ' }) },
      tenant({}, { customerLink: '{base}/c/{id}' }),
    )
    expect(record).toMatchObject({
      commerceId: 10,
      name: 'Northwind',
      reference: 'NW-1',
      taxNumber: 'GB 123',
      siteName: 'Main',
      url: 'https://sample.mydattocommerce.com/c/10',
      extra: [],
    })
  })

  test('gives a customer without contacts one named like itself', () => {
    expect(mapCustomer(bare, tenant()).contacts).toEqual([
      { commerceId: null, name: 'Northwind', firstName: '', lastName: '', email: '', phone: '', mobile: '' },
    ])
  })

  test('names a customer without a name by its number', () => {
    expect(mapCustomer({ ...bare, customer: customer({ name: ' \u0000 ' }) }, tenant()).name).toBe(
      'Customer NW-1',
    )
    expect(mapCustomer({ ...bare, customer: customer({ name: '', accountNumber: '' }) }, tenant()).name).toBe(
      'Customer 10',
    )
  })

  test('takes contacts in the order of their ids, with mail in lower case', () => {
    const contacts = [
      contact({
        id: 102,
        firstName: 'Bob',
        lastName: 'Stone',
        email: 'Bob@X.example',
        phone: '1',
        mobile: '2',
      }),
      contact({ id: 101, firstName: 'Ada Lovelace', email: '' }),
      contact({ id: 103, email: 'info@x.example' }),
      contact({ id: 104 }),
    ]
    expect(mapCustomer({ ...bare, contacts }, tenant()).contacts).toEqual([
      {
        commerceId: 101,
        name: 'Ada Lovelace',
        firstName: 'Ada',
        lastName: 'Lovelace',
        email: '',
        phone: '',
        mobile: '',
      },
      {
        commerceId: 102,
        name: 'Bob Stone',
        firstName: 'Bob',
        lastName: 'Stone',
        email: 'bob@x.example',
        phone: '1',
        mobile: '2',
      },
      {
        commerceId: 103,
        name: 'info@x.example',
        firstName: '',
        lastName: '',
        email: 'info@x.example',
        phone: '',
        mobile: '',
      },
      { commerceId: 104, name: 'Northwind', firstName: '', lastName: '', email: '', phone: '', mobile: '' },
    ])
  })

  test('keeps one contact of those that Halo could not tell apart, and none of another customer', () => {
    const contacts = [
      contact({ id: 3, firstName: 'Ann', email: 'a@x.example' }),
      contact({ id: 1, firstName: 'Ada', email: 'A@x.example' }),
      contact({ id: 2, firstName: 'ada' }),
      contact({ id: 4, firstName: 'Eve' }),
      contact({ id: 5, firstName: 'EVE' }),
      contact({ id: 6, customerID: 11, firstName: 'Mallory', email: 'm@x.example' }),
    ]
    expect(mapCustomer({ ...bare, contacts }, tenant()).contacts.map((each) => each.commerceId)).toEqual([
      1, 4,
    ])
  })

  test('splits the street in lines, and each part of the address keeps its own', () => {
    const parts = {
      billingCity: 'Leeds',
      billingState: '',
      billingCountry: 'UK',
      billingPostalCode: 'LS1 1AA',
    }
    const record = mapCustomer(
      { ...bare, customer: customer({ ...parts, billingAddress: 'Unit 4,\r\nOld Mill\nMill Lane' }) },
      tenant(),
    )
    expect(record.address).toEqual({
      line1: 'Unit 4',
      line2: 'Old Mill, Mill Lane',
      line3: 'Leeds',
      line4: 'UK',
      postcode: 'LS1 1AA',
    })
  })

  test('falls back to the first address of its own', () => {
    const addresses = [
      address({ id: 1, customerID: 99, city: 'Elsewhere' }),
      address({ id: 9, city: 'Second' }),
      address({
        id: 2,
        address: '1 High St',
        city: 'First',
        state: 'NSW',
        country: 'AU',
        postalCode: '2000',
      }),
    ]
    expect(mapCustomer({ ...bare, addresses }, tenant()).address).toEqual({
      line1: '1 High St',
      line2: '',
      line3: 'First',
      line4: 'NSW, AU',
      postcode: '2000',
    })
  })

  test.each([
    ['{base}/c/{code}', 'https://sample.mydattocommerce.com/c/NW%2F1%3F'],
    ['javascript:alert({id})', ''],
    ['{base}/{nothing}', ''],
    [`{base}/${'x'.repeat(300)}`, ''],
  ])('links by the template %s', (customerLink, url) => {
    const source = { ...bare, customer: customer({ accountNumber: 'NW/1?' }) }
    expect(mapCustomer(source, tenant({}, { customerLink })).url).toBe(url)
  })

  test('knows where to raise a quote', () => {
    expect(raiseQuoteLink(bare, tenant({}, { raiseQuoteLink: '{base}/new?c={id}' }))).toBe(
      'https://sample.mydattocommerce.com/new?c=10',
    )
  })
})

describe('mapped fields', () => {
  const row = (name: string, to: string, more: Partial<FieldMapping> = {}): FieldMapping => ({
    from: { kind: 'field', name },
    to,
    onlyNew: false,
    whenEmpty: 'leave',
    ...more,
  })
  const constant = (value: string, to: string) => row('', to, { from: { kind: 'constant', value } })
  const source = {
    ...bare,
    customer: customer({
      billingState: 'North',
      hasCreditLimit: true,
      priceGroup: 2,
      createDate: '2020-01-02T00:00:00.000Z',
      taxNumber: '',
    }),
    contacts: [contact({ id: 1, email: 'Ada@X.example' })],
  }
  const extra = (...customerFields: FieldMapping[]) => mapCustomer(source, tenant({ customerFields })).extra
  const notes = (...customerFields: FieldMapping[]) =>
    notesOnCustomer(source, tenant({ customerFields })).map((each) => each.code)

  test('arrive in the type of their field', () => {
    expect(
      extra(
        row('billingState', 'cf:region', { onlyNew: true }),
        row('hasCreditLimit', 'customer.isVip'),
        row('hasCreditLimit', 'customer.userField1'),
        row('priceGroup', 'customer.customerType'),
        row('createDate', 'customer.startDate'),
        row('contact.email', 'customer.accountsEmail'),
        constant('30', 'customer.paymentTerms'),
        constant('no', 'customer.isTaxable'),
        row('priceGroup', 'cf:group'),
        row('hasCreditLimit', 'cf:credit'),
      ).map((each) => [each.to, each.value, each.onlyNew]),
    ).toEqual([
      ['CFregion', 'North', true],
      ['customer.isVip', 1, false],
      ['customer.userField1', 'Yes', false],
      ['customer.customerType', 2, false],
      ['customer.startDate', '2020-01-02T00:00:00.000Z', false],
      ['customer.accountsEmail', 'Ada@X.example', false],
      ['customer.paymentTerms', 30, false],
      ['customer.isTaxable', 0, false],
      ['CFgroup', 2, false],
      ['CFcredit', 1, false],
    ])
  })

  test('that are empty clear the field or leave it', () => {
    expect(
      extra(
        row('taxNumber', 'customer.taxNumber', { whenEmpty: 'clear' }),
        row('address.city', 'customer.website'),
      ),
    ).toEqual([
      { to: 'customer.taxNumber', value: '', onlyNew: false },
      { to: 'customer.website', value: null, onlyNew: false },
    ])
  })

  test('that do not fit leave the field alone, with a note', () => {
    const wrong = row('billingState', 'customer.startDate', { whenEmpty: 'clear' })
    expect(extra(wrong)).toEqual([{ to: 'customer.startDate', value: null, onlyNew: false }])
    expect(notes(wrong)).toEqual(['halo-value-refused'])
    expect(extra(constant('x'.repeat(60), 'customer.phone'))[0]?.value).toBe('x'.repeat(50))
    expect(notes(constant('x'.repeat(60), 'customer.phone'))).toEqual(['halo-value-too-long'])
  })

  test('that nobody knows are left out, with a note; the first of two rows for a field wins', () => {
    expect(extra(row('cost', 'customer.website'), row('name', 'customer.nothing'))).toEqual([])
    expect(notes(row('cost', 'customer.website'), row('name', 'customer.nothing'))).toEqual([
      'field-unmapped',
      'field-unmapped',
    ])
    expect(extra(row('name', 'customer.website'), row('billingState', 'customer.website'))).toEqual([
      { to: 'customer.website', value: 'Northwind', onlyNew: false },
    ])
  })
})
