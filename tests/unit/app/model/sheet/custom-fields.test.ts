import { describe, expect, it } from 'vitest'
import type { HaloClientField } from '../../../../../app/model/halo-fields.ts'
import { recordBuilder, rowChecker, type SheetPlan } from '../../../../../app/model/sheet/check.ts'
import { customFields } from '../../../../../app/model/sheet/custom-fields.ts'
import { shapeRecord } from '../../../../../app/model/sheet/to-record.ts'
import { usualForm } from '../../../../../app/model/sheet/values.ts'
import { tenant } from '../map/builders.ts'

const field = (column: string, type: HaloClientField['type'], more: Partial<HaloClientField> = {}) => ({
  ...{ column, label: column.slice(2), type, maxLength: null, isMandatory: false },
  ...more,
})
const values = [
  { id: 4, name: 'Gold' },
  { id: 7, name: 'Silver' },
]
const custom = customFields([
  field('CFregion', 'text', { maxLength: 5 }),
  field('CFseats', 'whole number'),
  field('CFsince', 'date'),
  field('CFvip', 'yes/no'),
  field('CFtier', 'whole number', { list: { keeps: 'id', values } }),
  field('CFzone', 'text', { list: { keeps: 'word', values } }),
])
const keys = ['name', 'cf:region', 'cf:seats', 'cf:since', 'cf:vip', 'cf:tier', 'cf:zone', 'currency']
const plan: SheetPlan = {
  entity: 'customers',
  columns: Object.fromEntries(keys.map((key, at) => [key, at])),
  constants: {},
  forms: { 'cf:since': { ...usualForm, dates: 'dmy' } },
  skipsHidden: false,
  identifier: 'name',
  custom,
}

function recordOf(cells: readonly string[]) {
  const row = rowChecker(plan)({ number: 2, cells, isHidden: false, formulas: [] })
  const builder = recordBuilder(plan)
  if (row) builder.add(row)
  const record = builder.end()
  if (!record) throw new Error('no record')
  return record
}
const shapedFrom = (cells: readonly string[], of = tenant()) =>
  shapeRecord(
    'customers',
    recordOf(cells),
    { customer: null, products: new Map(), quote: null, group: null },
    of,
  ).record.extra

describe('custom fields in a sheet of customers', () => {
  it('are read by their types and lists', () => {
    const wrong = ['A', 'Northern', 'many', '31/02/2020', 'maybe', 'Bronze', 'Bronze', '']
    expect(recordOf(wrong).problems.map(({ field: key, code }) => `${key} ${code}`)).toEqual([
      'cf:region too-long',
      'cf:seats no-number',
      'cf:since no-date',
      'cf:vip no-yes-no',
      'cf:tier unknown-choice',
      'cf:zone unknown-choice',
    ])
    expect(recordOf(['A', 'North', '3', '1/2/2020', 'no', 'gold', 'Silver', '']).problems).toEqual([])
  })

  it('go to Halo as it keeps them; an empty cell leaves what is there', () => {
    expect(shapedFrom(['A', 'North', '3', '1/2/2020', 'no', 'gold', 'silver', 'eur'])).toEqual([
      { to: 'CFregion', value: 'North', onlyNew: false },
      { to: 'CFseats', value: 3, onlyNew: false },
      { to: 'CFsince', value: '2020-02-01T00:00:00Z', onlyNew: false },
      { to: 'CFvip', value: 0, onlyNew: false },
      { to: 'CFtier', value: 4, onlyNew: false },
      { to: 'CFzone', value: 'Silver', onlyNew: false },
      { to: 'customer.currencyIsoCode', value: 'EUR', onlyNew: false },
    ])
    expect(shapedFrom(['A', '', '', '', '', '', '', ''])).toEqual([])
  })

  it('go before what the mapping would put there', () => {
    const rule = {
      from: { kind: 'constant' as const, value: 'South' },
      onlyNew: false,
      whenEmpty: 'leave' as const,
    }
    const customerFields = [
      { ...rule, to: 'cf:Region' },
      { ...rule, to: 'customer.website' },
    ]
    const of = { ...tenant(), mapping: { ...tenant().mapping, customerFields } }
    const extra = shapedFrom(['A', 'North', '', '', '', '', '', ''], of)
    expect(extra.map(({ to, value }) => [to, value])).toEqual([
      ['customer.website', 'South'],
      ['CFregion', 'North'],
    ])
    const [kept] = shapedFrom(['A', '', '', '', '', '', '', ''], of)
    expect(kept).toMatchObject({ value: 'South' })
  })
})
