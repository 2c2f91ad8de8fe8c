import { expect, test } from 'vitest'
import type { HaloTarget } from '../../../../app/model/halo-target.ts'
import { defaultMapping } from '../../../../app/model/mapping.ts'
import { haloAddressOf, ticketLinkOf } from '../../../../app/model/ticket-link.ts'

const { interpretation } = defaultMapping
const file: HaloTarget = { kind: 'sqlite', file: 'halo.db' }
const api = (address: string): string =>
  haloAddressOf({ kind: 'rest', address, tenant: null, clientId: 'c' }, interpretation)
const said = (haloAddress: string): string => haloAddressOf(file, { ...interpretation, haloAddress })

test('A Halo is opened where its API is, or where the settings say', () => {
  expect(api('https://north.halopsa.com')).toBe('https://north.halopsa.com')
  expect(api(' https://Halo.example:8443/halo/api/ ')).toBe('https://Halo.example:8443/halo')
  expect(api('http://127.0.0.1:9000/')).toBe('http://127.0.0.1:9000')
  expect(said(' https://halo.example/ ')).toBe('https://halo.example')
  expect(haloAddressOf(file, interpretation)).toBe('')
})

test('What may not be opened is no address', () => {
  for (const address of [
    'http://halo.example',
    'javascript:alert(1)',
    'ftp://halo.example',
    '',
    'https://a@b.example',
  ])
    expect([api(address), said(address)]).toEqual(['', ''])
})

test('A ticket’s page is on that Halo', () => {
  expect(ticketLinkOf('https://halo.example', 7)).toBe('https://halo.example/ticket?id=7')
  expect([ticketLinkOf('', 7), ticketLinkOf('https://halo.example', null)]).toEqual(['', ''])
})
