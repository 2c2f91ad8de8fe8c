import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUnattended } from '../../../main/unattended.ts'

const good = `# one tenant, all that can be said
run: service
tenants:
  - name: North
    url: https://north.mydattocommerce.com/anything
    key: { env: NORTH_KEY }
    schedule: { kind: every, minutes: 15 }
    syncFrom: 2026-01-01T00:00:00+01:00
network:
  proxy: { mode: manual, url: 'http://proxy:3128', user: me, bypass: [<local>] }
  trustSystemStore: true
  extraCaFiles: []
proxyPassword: { file: proxy.txt }
updates: { mode: automatic, window: { from: '02:00', to: '04:00' }, feedUrl: https://feed.example/ }
`

const mistakesIn = (text: string): string[] => {
  const read = readUnattended(text)
  return read.ok ? [] : read.mistakes.map(({ line, reason }) => `${line} ${reason}`)
}

/** The good file with one line in place of another. */
const withLine = (from: string, to: string): string => {
  expect(good).toContain(from)
  return good.replace(from, to)
}

describe('a set-up file that is right', () => {
  it('is read, with what a schedule leaves out filled in', () => {
    const read = readUnattended(good)
    expect(read).toMatchObject({
      ok: true,
      plan: {
        run: 'service',
        tenants: [
          { name: 'North', syncFrom: '2025-12-31T23:00:00.000Z', schedule: { minutes: 15, between: null } },
        ],
        updates: { mode: 'automatic' },
      },
    })
  })

  it('may be JSON', () => {
    const json = { tenants: [{ name: 'N', url: 'n.mydattocommerce.com', key: { file: 'k' } }] }
    expect(readUnattended(JSON.stringify(json, null, 2))).toMatchObject({ ok: true, plan: json })
  })

  it('is what the example is', () => {
    const example = new URL('../../../build/installer/setup-example.yml', import.meta.url)
    expect(mistakesIn(readFileSync(example, 'utf8'))).toEqual([])
  })

  it('may name no tenant', () => {
    expect(readUnattended('tenants: []')).toMatchObject({ ok: true })
  })
})

describe('mistakes are told with their line', () => {
  it.each<[string, string, RegExp]>([
    [
      'an unknown setting',
      withLine('    key:', '    colour: red\n    key:'),
      /^6 .*no setting named "colour"/,
    ],
    [
      'a key written as itself',
      withLine('{ env: NORTH_KEY }', 'abc123'),
      /^6 tenants.0.key: .*never as itself/,
    ],
    [
      'a broken address',
      withLine('https://north.mydattocommerce.com/anything', 'not an address'),
      /^5 tenants.0.url/,
    ],
    ['an address without TLS', withLine('https://north', 'http://north'), /^5 tenants.0.url/],
    ['a schedule that is none', withLine('minutes: 15', 'minutes: 0'), /^7 tenants.0.schedule.minutes/],
    ['a zone that is none', withLine('minutes: 15', 'minutes: 15, zone: Mars'), /^7 .*time zone/],
    ['an instant without a zone', withLine('00:00:00+01:00', '00:00:00'), /^8 tenants.0.syncFrom/],
    ['no list of tenants', 'run: desktop', /^1 tenants/],
    ['something else than settings', '- a\n- b', /^1 the file/],
    ['nothing at all', '', /^1 the file/],
    ['a password without a proxy', withLine('mode: manual', 'mode: none'), /^1[03] /],
    ['an update window without length', withLine("to: '04:00'", "to: '02:00'"), /^14 updates.window/],
    ['a feed without TLS', withLine('https://feed.example/', 'http://feed.example/'), /^14 updates.feedUrl/],
    ['a setting given twice', `${good}run: desktop\n`, /^15 .*unique/],
    ['broken YAML', withLine('{ env: NORTH_KEY }', '{ env: NORTH_KEY'), /^\d+ /],
    ['a reference', 'tenants: &a []\nnetwork: *a', /^2 References/],
  ])('%s', (_, text, expected) => {
    const found = mistakesIn(text)
    expect(found).not.toEqual([])
    expect(found.join('\n')).toMatch(expected)
  })

  it('all at once, from top to bottom', () => {
    const text = withLine('run: service', 'run: nowhere')
      .replace('minutes: 15', 'minutes: 9999')
      .replace('mode: automatic', 'mode: never')
    expect(mistakesIn(text).map((one) => one.split(' ')[0])).toEqual(['2', '7', '14'])
  })

  it('names that differ only in their case', () => {
    const tenant = (name: string) =>
      `  - { name: ${name}, url: 'https://n.mydattocommerce.com', key: { env: K } }`
    expect(mistakesIn(`tenants:\n${tenant('One')}\n${tenant('ONE')}\n`)).toEqual([
      expect.stringMatching(/^3 tenants.1.name: "ONE" is the name of tenants.0, too/),
    ])
  })

  it('never throws, whatever the text, and always names a line of it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const read = readUnattended(text)
        if (read.ok) return
        expect(read.mistakes.length).toBeGreaterThan(0)
        for (const { line } of read.mistakes) expect(line).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})
