import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillLink, isLinkAllowed } from '../../../../../app/model/map/link.ts'

const values = { base: 'https://sample.mydattocommerce.com//', id: 7, code: 'x&y=#1', quoteNumber: 'Q 1' }

describe('isLinkAllowed', () => {
  test.each([
    'https://a.example',
    'https://a.example:8443/x?y=1#z',
    'http://localhost:4000',
    'http://127.0.0.1/x',
    'http://[::1]:80/',
  ])('accepts %s', (link) => {
    expect(isLinkAllowed(link)).toBe(true)
  })
  test.each([
    'http://a.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://user@a.example',
    'https://a.example@evil.example',
    'javascript:alert(1)',
    'file:///c:/x',
    'https://',
    'https://a example',
    '//a.example',
    'https://a.example/<script>',
    ' https://a.example',
    'https://a.example\\@evil.example',
    'https://a.example/\nx',
    '',
  ])('refuses %j', (link) => {
    expect(isLinkAllowed(link)).toBe(false)
  })
})

describe('fillLink', () => {
  test.each([
    ['{base}', 'https://sample.mydattocommerce.com'],
    [
      '{base}/quote/{id}?c={code}&n={quoteNumber}',
      'https://sample.mydattocommerce.com/quote/7?c=x%26y%3D%231&n=Q%201',
    ],
    ['https://other.example/{id}/{id}', 'https://other.example/7/7'],
    ['{constructor}', ''],
    ['{code}', ''],
    ['', ''],
  ])('%s gives %s', (template, link) => {
    expect(fillLink(template, values)).toBe(link)
  })

  test('whatever the values are, stays on the host of the template', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    fc.assert(
      fc.property(text, text, (code, quoteNumber) => {
        const link = fillLink('https://other.example/{code}/{quoteNumber}', { ...values, code, quoteNumber })
        expect(link === '' || new URL(link).host === 'other.example').toBe(true)
      }),
    )
  })
})
