import { expect, test } from 'vitest'
import { importMemory } from '../../../main/import-memory.ts'
import { tempStore } from '../app/store/temp-store.ts'

const headings = ['Company', 'Contact', 'City']

test('columns, splits and the form of the text are known for a file with the same headings', () => {
  const { store } = tempStore()
  const memory = importMemory(store.settings)
  expect(memory.recall(1, 'customers', headings)).toEqual({ fields: {}, said: {}, text: null })
  const text = { encoding: 'windows-1252', separator: '|' } as const
  memory.rememberText(1, 'customers', headings, text)
  const made = [{ do: 'split', from: 1, by: 'first word', into: [3, 4] }] as const
  memory.remember(1, 'customers', headings, { name: 0, contactFirstName: 3, contactLastName: 4 }, made)
  expect(memory.recall(1, 'customers', ['city', 'CONTACT', ' Company '])).toEqual({
    fields: { name: 'company' },
    said: { split: [{ column: 'contact', by: 'first word', into: ['contactFirstName', 'contactLastName'] }] },
    text,
  })
  memory.rememberText(1, 'customers', headings, null)
  expect(memory.recall(1, 'customers', headings).text).toBeNull()
  expect(memory.recall(1, 'customers', headings).fields).toEqual({ name: 'company' })
  expect(memory.recall(1, 'quotes', headings).fields).toEqual({})
  expect(memory.recall(2, 'customers', headings).fields).toEqual({})
})

test('it goes with its tenant', () => {
  const { store } = tempStore()
  const memory = importMemory(store.settings)
  for (const tenant of [1, 2]) memory.remember(tenant, 'products', headings, { title: 0 })
  memory.forget(1)
  expect(memory.recall(1, 'products', headings).fields).toEqual({})
  expect(memory.recall(2, 'products', headings).fields).toEqual({ title: 'company' })
})
