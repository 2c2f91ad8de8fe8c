import { describe, expect, it } from 'vitest'
import {
  filled,
  type PlaceholderValues,
  unknownPlaceholders,
} from '../../../../../app/model/mail/placeholders.ts'

const values: PlaceholderValues = {
  'quote number': 'Q-1',
  'quote title': 'Servers {client}',
  client: 'Northwind',
  'contact name': 'Ana Trujillo',
  'contact first name': '',
  total: '£10.00',
  date: '4 May 2026',
  'expiry date': '',
  company: 'Brightwater',
}

describe('placeholders', () => {
  it('are filled, however they are spaced and written', () => {
    expect(filled('{quote number} for { Client }, {QUOTE  number}', values)).toBe('Q-1 for Northwind, Q-1')
  })

  it('have other words where there is no value', () => {
    expect(filled('Dear {contact first name|customer}, until {expiry date}.', values)).toBe(
      'Dear customer, until .',
    )
  })

  it('are never read out of a value, and what is none stays as it is', () => {
    expect(filled('{quote title} {nothing} {', values)).toBe('Servers {client} {nothing} {')
  })

  it('that stand for nothing are named, each once', () => {
    expect(unknownPlaceholders('{client} {quote nmber} {cost} {quote nmber|x} {cost}')).toEqual([
      '{quote nmber}',
      '{cost}',
      '{quote nmber|x}',
    ])
    expect(unknownPlaceholders('nothing { at all } } {\n}')).toEqual(['{ at all }'])
  })
})
