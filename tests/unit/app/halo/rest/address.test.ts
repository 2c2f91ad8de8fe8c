import { describe, expect, it } from 'vitest'
import { readAddress, tokenPlace } from '../../../../../app/halo/rest/address.ts'

describe('readAddress', () => {
  it.each([
    ['https://acme.halopsa.com', 'https://acme.halopsa.com', 'https://acme.halopsa.com/api'],
    [' acme.halopsa.com/ ', 'https://acme.halopsa.com', 'https://acme.halopsa.com/api'],
    ['https://acme.halopsa.com/api', 'https://acme.halopsa.com', 'https://acme.halopsa.com/api'],
    ['https://acme.halopsa.com/auth/', 'https://acme.halopsa.com', 'https://acme.halopsa.com/api'],
    ['https://SRV1:8443/halo/API', 'https://srv1:8443', 'https://srv1:8443/halo/api'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000', 'http://127.0.0.1:5000/api'],
    ['http://localhost/halo', 'http://localhost', 'http://localhost/halo/api'],
  ])('%s', (text, origin, api) => {
    expect(readAddress(text)).toEqual({ ok: true, value: { origin, api } })
  })

  it.each([
    ['', 'url-invalid'],
    ['not an address', 'url-invalid'],
    ['ftp://acme.halopsa.com', 'url-invalid'],
    ['https://user:secret@acme.halopsa.com', 'url-invalid'],
    ['http://acme.halopsa.com', 'url-insecure'],
    ['http://127.0.0.1.example.com', 'url-insecure'],
  ])('refuses %j', (text, code) => {
    const read = readAddress(text)
    expect(read.ok ? null : read.fault.code).toBe(code)
    expect(JSON.stringify(read)).not.toContain('secret')
  })
})

describe('tokenPlace', () => {
  it.each([
    ['https://acme.halopsa.com/auth', 'https://acme.halopsa.com/auth/token'],
    ['https://acme.halopsa.com/auth/', 'https://acme.halopsa.com/auth/token'],
    ['https://acme.halopsa.com/auth/token', 'https://acme.halopsa.com/auth/token'],
    ['http://acme.halopsa.com/auth', null],
    ['https://a:b@acme.halopsa.com/auth', null],
    ['nonsense', null],
  ])('%s', (base, url) => {
    expect(tokenPlace(base)?.url ?? null).toBe(url)
  })
})
