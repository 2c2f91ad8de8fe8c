import { describe, expect, test } from 'vitest'
import { compareRecord } from '../../../../app/model/comparison.ts'
import { labelOfHalo } from '../../../../app/model/halo-labels.ts'

const halo = {
  fields: {
    'QUOTATIONHEADER.QHid': 5,
    'QUOTATIONHEADER.QHtitle': 'By hand',
    'QUOTATIONHEADER.QHStatusText': 'kept',
    'QUOTATIONHEADER.QHThirdPartyNumber': 'Q-1',
  },
  lines: [{ QDDesc: 'One' }, { QDDesc: 'Two' }],
}
const change = (field: string, before: string | number | null, after: string | number | null) => ({
  field,
  before,
  after,
})

describe('a comparison', () => {
  test('has Commerce’s value where a sync would write another, the same where it would not', () => {
    const { fields, differences } = compareRecord(halo, [
      change('QUOTATIONHEADER.QHtitle', 'By hand', 'New servers'),
    ])
    expect(
      fields.map(({ field, commerce, halo: there, differs }) => [field, commerce, there, differs]),
    ).toEqual([
      ['QUOTATIONHEADER.QHtitle', 'New servers', 'By hand', true],
      ['QUOTATIONHEADER.QHThirdPartyNumber', 'Q-1', 'Q-1', false],
      ['QUOTATIONHEADER.QHid', null, 5, false],
      ['QUOTATIONHEADER.QHStatusText', null, 'kept', false],
    ])
    expect(differences).toBe(1)
  })

  test('says of each line that differs how', () => {
    const { lines, differences, haloLines } = compareRecord(halo, [
      change('QUOTATIONDETAIL#1.QDPrice', 10, 12),
      ...['QDQHid', 'QDDesc', 'QDPrice', 'QDQuantity', 'QDsortseq'].map((column) =>
        change(`QUOTATIONDETAIL#2.${column}`, null, 'x'),
      ),
      change('QUOTATIONDETAIL#7', 'Added by hand', null),
    ])
    expect(lines.map(({ sequence, state, was }) => [sequence, state, was])).toEqual([
      [1, 'differs', ''],
      [2, 'missing', ''],
      [7, 'extra', 'Added by hand'],
    ])
    expect(lines[0]?.fields).toEqual([
      {
        field: 'QUOTATIONDETAIL.QDPrice',
        label: 'Unit price',
        commerce: 12,
        halo: 10,
        differs: true,
        isSynced: true,
      },
    ])
    expect([differences, haloLines]).toEqual([3, 2])
  })

  test('takes one empty field that is filled for a change, not for a new line', () => {
    const { lines } = compareRecord(halo, [change('QUOTATIONDETAIL#1.QDNote', null, 'Words')])
    expect(lines[0]?.state).toBe('differs')
  })

  test('shows a field that Halo would only get with the sync', () => {
    const { fields } = compareRecord({ fields: {}, lines: [] }, [change('AREA.CFregion', null, 'North')])
    expect(fields).toMatchObject([
      { label: 'Custom field region', commerce: 'North', halo: null, differs: true },
    ])
  })
})

test('fields have the names of people, custom and mappable ones too', () => {
  expect(labelOfHalo('QUOTATIONHEADER.QHtitle')).toBe('Title')
  expect(labelOfHalo('AREA.CFregion')).toBe('Custom field region')
  expect(labelOfHalo('AREA.AWebsite')).toBe('Website')
  expect(labelOfHalo('QUOTATIONHEADER.QHid')).toBeNull()
  expect(labelOfHalo('Quotation.title')).toBe('Title')
  expect(labelOfHalo('Client.CFregion')).toBe('Custom field region')
  expect(labelOfHalo('Client.website')).toBe('Website')
  expect(labelOfHalo('SalesOrder.deladdress5')).toBe('Delivery address, postcode')
  expect(labelOfHalo('Quotation.id')).toBeNull()
})
