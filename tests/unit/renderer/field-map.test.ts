import { describe, expect, it } from 'vitest'
import { commerceFields } from '../../../app/model/commerce-fields.ts'
import type { HaloClientField } from '../../../app/model/halo-fields.ts'
import {
  blankRow,
  isFound,
  moved,
  outcomeOf,
  sampleOf,
  sourceChoices,
  targetChoices,
  targetKey,
  unmapped,
} from '../../../renderer/screens/tenants/field-map.ts'

const region: HaloClientField = {
  column: 'CFRegion',
  label: 'Sales region',
  type: 'text',
  maxLength: 40,
  isMandatory: false,
}
const targets = targetChoices([region])

describe('what can be chosen', () => {
  it('is every Commerce field, and a fixed value', () => {
    expect(sourceChoices).toHaveLength(commerceFields.length + 1)
    expect(new Set(sourceChoices.map(({ key }) => key)).size).toBe(sourceChoices.length)
  })

  it('names a custom field once, however the mapping spells it', () => {
    expect(targets.at(-1)).toEqual({
      key: 'cf:Region',
      label: 'Sales region',
      detail: 'Text, up to 40',
      group: 'Custom fields of clients',
    })
    expect(targetKey('cf:CFregion', targets)).toBe('cf:Region')
    expect(targetKey('cf:gone', targets)).toBe('cf:gone')
    expect(targetKey('customer.website', targets)).toBe('customer.website')
  })
})

describe('the rows', () => {
  it('move and keep their neighbours in order', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a'], 5, 0)).toEqual(['a'])
  })

  it('leave over what none takes and no sync brings by itself', () => {
    const names = unmapped([blankRow('contact.email', 'customer.website')]).map(({ name }) => name)
    expect(names).toContain('contact.phone')
    expect(names).not.toContain('contact.email')
    expect(names).not.toContain('name')
  })

  it('are found by either side', () => {
    const row = blankRow('contact.email', 'cf:region')
    for (const text of ['', 'E-MAIL', 'sales reg', 'cf:']) expect(isFound(row, text, targets)).toBe(true)
    expect(isFound(row, 'website', targets)).toBe(false)
  })
})

describe('what a row writes for one customer', () => {
  const values = {
    taxNumber: 'GB 1',
    createDate: '2026-05-01T00:00:00.000Z',
    hasCreditLimit: true,
    phone: null,
  }

  it('is the value in the form of its field', () => {
    expect(outcomeOf(blankRow('taxNumber', 'cf:region'), values)).toEqual({ kind: 'value', text: 'GB 1' })
    expect(outcomeOf(blankRow('hasCreditLimit', 'customer.isVip'), values)).toEqual({
      kind: 'value',
      text: '1',
    })
  })

  it('is nothing, or an emptied field, when Commerce has none', () => {
    const row = blankRow('phone', 'customer.website')
    expect(outcomeOf(row, values)).toEqual({ kind: 'left' })
    expect(outcomeOf({ ...row, whenEmpty: 'clear' }, values)).toEqual({ kind: 'cleared' })
  })

  it('is nothing when it does not fit', () => {
    expect(outcomeOf(blankRow('taxNumber', 'customer.startDate'), values)).toEqual({ kind: 'refused' })
    expect(outcomeOf(blankRow('nothing', 'customer.website'), values)).toEqual({ kind: 'refused' })
  })
})

it('shows samples as people read them', () => {
  expect([sampleOf(true), sampleOf(''), sampleOf(null), sampleOf(undefined), sampleOf(0)]).toEqual([
    'Yes',
    null,
    null,
    null,
    '0',
  ])
})
