import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doorKey, newLife, type RequestHead, requestHead, seal, unseal } from '../../../main/door-seal.ts'

const token = 'a-token-of-the-door-of-32-letters'
const origin = 'http://127.0.0.1:8765'
const life = newLife()
const key = doorKey(token, origin, life)
const head: RequestHead = {
  ...{ id: '0123456789abcdef', method: 'POST', path: '/api/tenants.add?x=1' },
  headers: { 'content-type': 'application/json' },
}

describe('what is sealed for the door', () => {
  test('opens as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (body, path) => {
        const sealed = seal(key, 'request', { ...head, path: `/${path}` }, body)
        const opened = unseal(key, 'request', sealed, requestHead)
        expect(opened?.head.path).toBe(`/${path}`)
        expect([...(opened?.body ?? [])]).toEqual([...body])
      }),
    )
  })

  test('does not open when one bit of it was changed, or it was cut', () => {
    const sealed = seal(key, 'request', head, Buffer.from('{"key":"planted"}'))
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(unseal(key, 'request', changed, requestHead)).toBeNull()
        expect(unseal(key, 'request', sealed.subarray(0, at), requestHead)).toBeNull()
      }),
    )
  })

  test.each([
    ['another token', doorKey(`${token}x`, origin, life), 'request'],
    ['another port', doorKey(token, 'http://127.0.0.1:8766', life), 'request'],
    ['another start of the service', doorKey(token, origin, newLife()), 'request'],
    ['another purpose', key, 'answer 0123456789abcdef'],
  ])('does not open with %s', (_, other, purpose) => {
    expect(unseal(other, purpose, seal(key, 'request', head, Buffer.from('')), requestHead)).toBeNull()
  })

  test('never seals the same twice, and shows nothing of it', () => {
    const twice = [0, 1].map(() => Buffer.from(seal(key, 'request', head, Buffer.from('planted'))))
    expect(twice[0]?.equals(twice[1] ?? Buffer.alloc(0))).toBe(false)
    expect(twice[0]?.toString('latin1')).not.toMatch(/planted|tenants/)
  })
})
