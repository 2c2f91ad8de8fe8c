import { describe, expect, it } from 'vitest'
import { maskNamedValues, REDACTED } from '../../../../app/http/secret-names.ts'

describe('secrets in markup', () => {
  it.each([
    ['<Password>abc</Password>', `<Password>${REDACTED}</Password>`],
    ['<a:ApiKey xmlns:a="x">abc</a:ApiKey>', `<a:ApiKey xmlns:a="x">${REDACTED}</a:ApiKey>`],
    ['<login user="u" password="abc"/>', `<login user="u" password="${REDACTED}"/>`],
    ["<login client_secret = 'abc'/>", `<login client_secret = '${REDACTED}'/>`],
    ['<Password></Password><Name>abc</Name>', '<Password></Password><Name>abc</Name>'],
    ['<login password=""/>', '<login password=""/>'],
  ])('%s', (text, masked) => {
    expect(maskNamedValues(text)).toBe(masked)
    expect(maskNamedValues(masked)).toBe(masked)
  })
})
