import { describe, expect, test } from 'vitest'
import { fault, faultCodes } from '../../../../app/model/fault.ts'
import { explain, faultWords } from '../../../../app/model/fault-words.ts'

/** One of every fact of the table in fault-words.ts. */
const allFacts = {
  host: 'api.example.com',
  port: 443,
  path: '/v1/quote',
  url: 'https://api.example.com',
  target: 'login.example.com',
  status: 3,
  seconds: 30,
  reason: 'ECONNRESET',
  issuer: 'Northwind Proxy CA',
  subject: 'other.example.com',
  validTo: '2026-01-31T12:00:00.000Z',
  fingerprint: 'AA:BB',
  proxy: 'proxy.local:8080',
  schemes: 'Basic',
  perMinute: 60,
  perDay: 10_000,
  usedToday: 10_000,
  limitBytes: 1000,
  resource: 'quoteline',
  id: 77,
  label: 'Q-1001',
  number: 'SKU-9',
  customerId: 12,
  problems: 'price: not a number',
  problem: 'must not be empty',
  field: 'Trading name',
  to: 'cf:region',
  value: 'abc',
  takenAs: 'monthly',
  statusName: 'Won',
  table: 'AREA',
  tables: 'AREA, SITE',
  column: 'AREA.AWebsite',
  columns: 'AREA.Aarea, SITE.Ssitenum',
  length: 300,
  limit: 250,
  user: 'integrator',
  code: 'X1',
  group: 7,
  name: 'Northwind',
  file: 'C:\\halo.sqlite',
  folder: 'C:\\data',
  backup: 'C:\\data\\backups\\1',
  store: 9,
  program: 4,
  ownerHost: 'SRV1',
  pid: 4711,
  since: '2026-03-01T09:30:00.000Z',
} // prettier-ignore

const jargon =
  /\b(undefined|null|nan|payload|exception|json|http error|tls|dns|ssl|regex|boolean|schema|sqlite|sql|errno|stack|parse|parser|timeout|token|endpoint|deserial\w*|enum|string|object)\b/i

describe.each(faultCodes)('%s', (code) => {
  const bare = faultWords[code]
  const texts = [
    bare.what({}),
    bare.doNow({}),
    bare.what(allFacts),
    bare.doNow(allFacts),
    explain(fault(code)).what,
    explain(fault(code, { facts: allFacts, retryAt: '2026-03-01T10:00:00.000Z' })).doNow,
  ]

  test.each(texts)('is a full sentence: %s', (text) => {
    expect(text).toMatch(/^[A-Z"].*[.]$/s)
    expect(text).not.toMatch(/ {2}|\$|\( |\(\)| [.,;:)]|[.]{2}$|""/)
    expect(text).not.toMatch(/\b(we|our|us)\b/i)
    expect(text.replaceAll(/C:\\halo\.sqlite|SQL Server/g, '')).not.toMatch(jargon)
  })

  test('says something else than what to do', () => {
    expect(bare.what({})).not.toBe(bare.doNow({}))
  })
})

describe('explain', () => {
  test('names the side, its own words, and keeps them out when there are none', () => {
    const words = explain(fault('halo-login', { raw: 'Login failed for user' }))
    expect(words.whose).toBe('Halo')
    expect(words.raw).toBe('Login failed for user')
    expect('raw' in explain(fault('halo-login'))).toBe(false)
  })

  test('follows a side that is not the usual one', () => {
    const words = explain(fault('rate-limited', { side: 'halo' }))
    expect(words.whose).toBe('Halo')
    expect(words.what).toContain('Halo asks for a pause')
    expect(explain(fault('bad-request', { side: 'halo' })).what).not.toContain('Datto Commerce')
  })

  test('tells times in the zone and language asked for', () => {
    const found = fault('rate-limited', { retryAt: '2026-03-01T23:30:00.000Z' })
    expect(explain(found, { locale: 'en-GB', timeZone: 'Asia/Tokyo' }).doNow).toContain('2 Mar 2026, 08:30')
    const held = fault('folder-in-use', { facts: { since: '2026-03-01T23:30:00.000Z', pid: 4 } })
    expect(explain(held, { locale: 'en-GB', timeZone: 'UTC' }).what).toContain('1 Mar 2026, 23:30')
  })

  test('keeps a time that cannot be read as it is', () => {
    expect(explain(fault('rate-limited', { retryAt: 'soon' })).doNow).toContain('at soon')
  })

  test('says where a new API key comes from', () => {
    for (const code of ['key-refused', 'key-missing'] as const) {
      expect(explain(fault(code)).doNow).toMatch(/web portal.*account menu \(top right\).*Developer API/)
    }
  })

  test('cuts facts that are too long to read', () => {
    const words = explain(fault('record-invalid', { facts: { problems: 'x '.repeat(5000) } }))
    expect(words.what.length).toBeLessThan(500)
  })

  test('takes facts as text, not as patterns', () => {
    expect(explain(fault('name-taken', { facts: { name: '$& $1 $' } })).what).toBe(
      'The name "$& $1 $" is already in use.',
    )
  })
})
