import { expect, it } from 'vitest'
import { fault } from '../../../app/model/fault.ts'
import { defaultUpdates, updateSettingsSchema } from '../../../app/model/settings.ts'
import { draftOf, refusedAt, settingsOf, wrongIn } from '../../../renderer/screens/settings/updates-draft.ts'

const draft = { ...draftOf(defaultUpdates), mode: 'automatic' as const, hasWindow: true }

it('keeps settings as they are', () => {
  const settings = { mode: 'automatic', window: { from: '22:00', to: '04:00' }, feedUrl: '' } as const
  expect(settingsOf(draftOf(settings))).toEqual(settings)
  expect(updateSettingsSchema.parse(settingsOf({ ...draft, feedUrl: ' https://a.test/feed ' })).feedUrl).toBe(
    'https://a.test/feed',
  )
})

it('says what is wrong only of what is used', () => {
  expect(wrongIn(draft)).toEqual({})
  expect(wrongIn({ ...draft, to: draft.from })).toHaveProperty('window')
  expect(wrongIn({ ...draft, to: '' })).toHaveProperty('window')
  expect(wrongIn({ ...draft, mode: 'notify', to: '' })).toEqual({})
  expect(wrongIn({ ...draft, feedUrl: 'http://a.test' })).toHaveProperty('feedUrl')
  expect(wrongIn({ ...draft, mode: 'off', feedUrl: 'nonsense' })).toEqual({})
})

it('finds the field of what was refused', () => {
  expect(refusedAt(fault('input-invalid', { facts: { field: 'updates.window.from' } }))).toHaveProperty(
    'window',
  )
  expect(refusedAt(fault('input-invalid', { facts: { field: 'mode' } }))).toBeNull()
})
