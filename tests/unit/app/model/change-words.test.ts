import { describe, expect, it } from 'vitest'
import { writtenTables } from '../../../../app/halo/sql/tables/all.ts'
import * as halo from '../../../../app/halo/sql/tables/quotes.ts'
import { isTelling, nameOfChange, sayValue, type ValueNames } from '../../../../app/model/change-words.ts'

const names: ValueNames = {
  quoteStatus: new Map([[3, 'Accepted']]),
  orderStatus: new Map([[2, 'Processed']]),
  groups: new Map([[7, 'Hardware']]),
}
const format = {
  money: (value: number) => `£${value.toFixed(2)}`,
  number: String,
  date: (iso: string) => `on ${iso}`,
}
const say = (field: string, value: string | number | null) =>
  sayValue(value, nameOfChange(field).kind, names, format)

describe('a changed field', () => {
  it.each([
    ['QUOTATIONHEADER.QHtitle', 'Quote', 'Title'],
    ['QUOTATIONDETAIL#3.QDPrice', 'Line 3', 'Unit price'],
    ['ORDERLINE#2.OLSellingPrice', 'Line 2', 'Unit price'],
    ['ORDERLINE#2.oldiscount', 'Line 2', 'Discount a unit'],
    ['QUOTATIONDETAIL#3', 'Line 3', 'Removed'],
    ['AREA.aareadesc', 'Customer', 'Name'],
    ['AREA.CFregion', 'Customer', 'region'],
    ['AREA.AisVIP', 'Customer', 'VIP'],
    ['ADDRESSSTORE.ASLine5', 'Address', 'Postcode'],
    ['ITEM.Igeneric', 'Product', 'Product group'],
  ])('%s is %s, %s', (field, part, label) => {
    expect(nameOfChange(field)).toMatchObject({ part, label })
    expect(nameOfChange(field).kind).not.toBe('technical')
  })

  it('that is a key is technical; one of an unknown table keeps its name and is shown', () => {
    expect(nameOfChange('QUOTATIONHEADER.qhdattocommerceid').kind).toBe('technical')
    expect(nameOfChange('something.else')).toEqual({ part: '', label: 'something.else', kind: 'text' })
    expect(nameOfChange('')).toMatchObject({ label: '' })
  })

  it('tells nothing when it goes from nothing to nothing', () => {
    const change = { field: 'QUOTATIONDETAIL#1.QDDiscount', before: null, after: 0 }
    expect(isTelling(change)).toBe(false)
    expect(isTelling({ ...change, after: 5 })).toBe(true)
    expect(isTelling({ ...change, before: 5 })).toBe(true)
    expect(isTelling({ field: 'QUOTATIONHEADER.QHUserID', before: 1, after: 2 })).toBe(false)
  })

  it('has words for most of what a quote writes', () => {
    expect(writtenTables.length).toBeGreaterThan(5)
    const columns = halo.quotationdetail.columns.map(({ name }) => nameOfChange(`QUOTATIONDETAIL#1.${name}`))
    expect(columns.filter(({ kind }) => kind !== 'technical').length).toBeGreaterThan(10)
  })
})

describe('a value', () => {
  it('is said as a person reads it', () => {
    expect(say('QUOTATIONHEADER.QHstatus', 3)).toBe('Accepted')
    expect(say('QUOTATIONHEADER.QHstatus', 99)).toBe('99')
    expect(say('ORDERHEAD.OHUserStatus', 2)).toBe('Processed')
    expect(say('ITEM.Igeneric', 7)).toBe('Hardware')
    expect(say('QUOTATIONDETAIL#1.QDPrice', 12.5)).toBe('£12.50')
    expect(say('QUOTATIONDETAIL#1.qdtax_rate', 20)).toBe('20 %')
    expect(say('QUOTATIONDETAIL#1.QDBillingPeriod', 4)).toBe('quarterly')
    expect(say('QUOTATIONDETAIL#1.qdOptional', 0)).toBe('no')
    expect(say('QUOTATIONHEADER.QHDate', '2026-05-01 09:00:00')).toBe('on 2026-05-01T09:00:00Z')
    expect(say('QUOTATIONHEADER.QHDate', '2026-05-01T09:00:00.000Z')).toBe('on 2026-05-01T09:00:00.000Z')
  })

  it('that is empty or not what was expected is shown as it is', () => {
    expect(say('QUOTATIONHEADER.QHtitle', null)).toBeNull()
    expect(say('QUOTATIONHEADER.QHtitle', '')).toBeNull()
    expect(say('QUOTATIONHEADER.QHtitle', '00012')).toBe('00012')
    expect(say('QUOTATIONHEADER.QHDate', 'soon')).toBe('soon')
    expect(say('QUOTATIONHEADER.QHUserID', 'new')).toBe('new')
    expect(say('QUOTATIONHEADER.QHstatus', 'new')).toBe('new')
  })
})
