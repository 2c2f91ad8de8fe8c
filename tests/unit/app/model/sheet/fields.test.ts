import { describe, expect, test } from 'vitest'
import { rowKeys, sheetFields } from '../../../../../app/model/sheet/fields.ts'
import { readValue, usualForm } from '../../../../../app/model/sheet/values.ts'
import { entities } from '../../../../../app/model/tenant.ts'

describe.each(entities)('%s', (entity) => {
  const fields = sheetFields[entity]

  test('keys and headings are unique', () => {
    expect(new Set(fields.map((one) => one.key)).size).toBe(fields.length)
    expect(new Set(fields.map((one) => one.label.toLowerCase())).size).toBe(fields.length)
  })
  test('synonyms are as headings are compared', () => {
    for (const one of fields) for (const word of one.synonyms) expect(word).toBe(word.toLowerCase().trim())
  })
  test('every example is a good value of its own field', () => {
    for (const one of fields) expect(readValue(one.example, one, usualForm), one.key).toHaveProperty('value')
  })
  test('there is no cost', () => {
    for (const one of fields) expect(`${one.key} ${one.label}`).not.toMatch(/cost|margin|buy/i)
  })
  test('what tells its rows apart is mandatory', () => {
    const key = rowKeys[entity]
    if (key !== null) expect(fields.find((one) => one.key === key)?.isMandatory).toBe(true)
  })
})
