import { expect, it } from 'vitest'
import { fault } from '../../../app/model/fault.ts'
import { defaultNetwork } from '../../../app/model/network.ts'
import { networkInputSchema } from '../../../app/model/settings.ts'
import { draftOf, inputOf, refusedAt, wrongIn } from '../../../renderer/screens/settings/network-draft.ts'

const manual = {
  ...draftOf(defaultNetwork),
  mode: 'manual' as const,
  url: ' http://proxy.test:3128 ',
  user: 'ann',
  bypass: '<local>, 10.0.0.0/8\n*.internal.test',
  caFiles: ' C:\\a b\\root.pem \n\n/etc/ssl/own.pem',
}

it('sends what the engine takes: lists apart, blanks gone, the password only when it changes', () => {
  const sent = inputOf(manual)
  expect(networkInputSchema.parse(sent.network)).toEqual({
    proxy: {
      mode: 'manual',
      url: 'http://proxy.test:3128',
      user: 'ann',
      bypass: ['<local>', '10.0.0.0/8', '*.internal.test'],
    },
    trustSystemStore: true,
    extraCaFiles: ['C:\\a b\\root.pem', '/etc/ssl/own.pem'],
  })
  expect(sent).not.toHaveProperty('password')
  expect(inputOf({ ...manual, password: 'new' }).password).toBe('new')
  expect(inputOf({ ...manual, password: '', isPasswordForgotten: true }).password).toBeNull()
  expect(inputOf({ ...manual, mode: 'none', password: 'typed before' })).toEqual({
    network: expect.objectContaining({ proxy: { mode: 'none' } }),
  })
})

it('shows what is stored as it was sent', () => {
  const { network } = inputOf(manual)
  if (network.proxy.mode !== 'manual') throw new Error('not manual')
  const stored = { ...network, proxy: { ...network.proxy, hasPassword: true } }
  expect(inputOf(draftOf(stored)).network).toEqual(network)
})

it.each([
  [{ url: '' }, 'url'],
  [{ url: 'proxy.test:3128' }, 'url'],
  [{ url: 'http://ann:word@proxy.test' }, 'url'],
  [{ url: 'http://proxy.test:99999' }, 'url'],
  [{ user: ' ', password: 'word' }, 'user'],
  [{ bypass: 'ok.test\nwhat?' }, 'bypass'],
  [{ caFiles: 'https://example.test/root.pem' }, 'caFiles'],
] as const)('names the field of %j', (part, field) => {
  expect(wrongIn(manual)).toEqual({})
  expect(Object.keys(wrongIn({ ...manual, ...part }))).toEqual([field])
  if (field !== 'caFiles') expect(wrongIn({ ...manual, ...part, mode: 'system' })).toEqual({})
})

it('finds the field of what was refused', () => {
  const refused = (field: string) => refusedAt(fault('input-invalid', { facts: { field } }))
  expect(refused('extraCaFiles')).toHaveProperty('caFiles')
  expect(refused('network.proxy.url')).toHaveProperty('url')
  expect(refused('password')).toHaveProperty('password')
  expect(refused('elsewhere')).toBeNull()
})
