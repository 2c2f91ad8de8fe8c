import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matching } from '../../../renderer/palette/match.ts'

const all = [
  { name: 'Runs', words: 'syncs history' },
  { name: 'Needs attention', words: 'issues' },
  { name: 'Sync now: Northwind', words: 'run start' },
  { name: 'Sync now: Attic Ltd', words: 'run start' },
]
const names = (text: string) => matching(text, all).map(({ name }) => name)

it('puts first what begins so, then what has a word that begins so, then the rest', () => {
  expect(names('sync')).toEqual(['Sync now: Northwind', 'Sync now: Attic Ltd', 'Runs'])
  expect(names('att')).toEqual(['Needs attention', 'Sync now: Attic Ltd'])
  expect(names('now north')).toEqual(['Sync now: Northwind'])
  expect(names('ISSUES')).toEqual(['Needs attention'])
  expect(names('nothing of the kind')).toEqual([])
})

it('answers all for no text, and never anything that lacks a word', () => {
  expect(matching('   ', all)).toEqual(all)
  const word = fc.string({ minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(word, fc.array(fc.record({ name: fc.string(), words: fc.string() })), (text, many) => {
      const parts = text.trim().toLocaleLowerCase().split(/\s+/)
      for (const { name, words } of matching(text, many)) {
        const everything = `${name} ${words}`.toLocaleLowerCase()
        expect(parts.every((part) => everything.includes(part))).toBe(true)
      }
    }),
  )
})
