import { expect, test } from 'vitest'
import type { HaloTarget } from '../../../../app/model/halo-target.ts'
import { ticketLinkOf } from '../../../../app/model/ticket-link.ts'

const at = (address: string): HaloTarget => ({ kind: 'rest', address, tenant: null, clientId: 'c' })

test('A ticket’s page is on the tenant’s own Halo', () => {
  expect(ticketLinkOf(at('https://north.halopsa.com'), 7)).toBe('https://north.halopsa.com/ticket?id=7')
  expect(ticketLinkOf(at(' https://Halo.Example:8443/api '), 7)).toBe('https://halo.example:8443/ticket?id=7')
  expect(ticketLinkOf(at('http://127.0.0.1:9000'), 7)).toBe('http://127.0.0.1:9000/ticket?id=7')
})

test('No ticket, no address or none that may be opened gives no link', () => {
  expect(ticketLinkOf(at('https://north.halopsa.com'), null)).toBe('')
  expect(ticketLinkOf({ kind: 'sqlite', file: 'halo.db' }, 7)).toBe('')
  for (const address of [
    'http://halo.example',
    'javascript:alert(1)',
    'ftp://halo.example',
    '',
    'https://a@b.example',
  ])
    expect(ticketLinkOf(at(address), 7)).toBe('')
})
