import { describe, expect, it } from 'vitest'
import { addressRule, keyRule, nameRule, numberRule } from '../../../renderer/screens/tenants/field-rules.ts'

describe('an address', () => {
  it.each([
    'https://name.mydattocommerce.com',
    ' https://name.mydattocommerce.com ',
    'http://127.0.0.1:4010',
    'http://localhost:4010',
    'http://[::1]:4010',
  ])('%s will do', (address) => {
    expect(addressRule(address)).toBe(true)
  })

  it.each([
    ['', 'Enter'],
    ['name.mydattocommerce.com', 'no web address'],
    ['ftp://name.mydattocommerce.com', 'starts with https'],
    ['http://name.mydattocommerce.com', 'this machine alone'],
    ['http://127.0.0.1.evil.example', 'this machine alone'],
    ['https://user:pass@name.mydattocommerce.com', 'user name'],
  ])('%s will not', (address, why) => {
    expect(addressRule(address)).toContain(why)
  })
})

it('a name is asked for, and not too long', () => {
  expect(nameRule('North')).toBe(true)
  expect(nameRule('  ')).not.toBe(true)
  expect(nameRule('x'.repeat(101))).not.toBe(true)
})

it('a key has no spaces inside; around it they are forgiven', () => {
  expect(keyRule(' abc-123 ')).toBe(true)
  expect(keyRule('')).not.toBe(true)
  expect(keyRule('two words')).not.toBe(true)
})

it('a number is whole and within its limits', () => {
  const rule = numberRule(1, 60)
  expect(['1', '60'].map(rule)).toEqual([true, true])
  for (const wrong of ['', '0', '61', '1.5', 'many', '-1']) expect(rule(wrong)).not.toBe(true)
})
