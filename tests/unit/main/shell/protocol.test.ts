import { describe, expect, test } from 'vitest'
import { ownPageOnly, registerScheme } from '../../../../main/shell/protocol.ts'
import { fakeElectron } from '../../../fake-electron.ts'

const answered = ownPageOnly(async () => new Response('in'))
const json = { 'content-type': 'application/json' }
const status = async (url: string, init: RequestInit = {}): Promise<number> =>
  (await answered(new Request(url, init))).status

describe('app://', () => {
  test('is standard and secure, and cannot be reached from elsewhere', () => {
    const { electron, seen } = fakeElectron()
    registerScheme(electron.protocol)
    expect(seen.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })
  test('answers our page', async () => {
    expect(await status('app://commerce-integrator/runs')).toBe(200)
    const headers = { ...json, origin: 'app://commerce-integrator', 'sec-fetch-site': 'same-origin' }
    expect(await status('app://commerce-integrator/api/x', { method: 'POST', headers, body: '{}' })).toBe(200)
  })
  test.each([
    ['another name', 'app://other/', {}, 421],
    ['another page', 'app://commerce-integrator/', { headers: { origin: 'https://evil.example' } }, 403],
    ['a page without origin', 'app://commerce-integrator/', { headers: { origin: 'null' } }, 403],
    ['another site', 'app://commerce-integrator/', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['another method', 'app://commerce-integrator/', { method: 'DELETE' }, 405],
    ['a form', 'app://commerce-integrator/api/x', { method: 'POST', body: 'a=b' }, 415],
  ])('refuses %s', async (_, url, init, code) => expect(await status(url, init)).toBe(code))
})
