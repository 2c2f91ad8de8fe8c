import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpClient } from '../../../../app/http/client.ts'
import { fault } from '../../../../app/model/fault.ts'
import { printFilter } from '../../../../app/model/inspector/filter-line.ts'
import { budgetBook } from '../../../../app/store/budget.ts'
import { openExchanges } from '../../../../app/store/exchanges.ts'
import { createInspectorDesk } from '../../../../main/inspector/desk.ts'
import { openLog } from '../../../../main/log.ts'
import { call, type Handler, serve } from '../../app/http/stage.ts'
import { tempStore } from '../../app/store/temp-store.ts'
import { testInspector } from './test-inspector.ts'

/** What the program knows to be secret; the letters need escaping everywhere. */
const apiKey = 'pl4nted-api"key\\with/ +&=<ü>'
const haloSecret = "pl4nted-halo-secret'of?the#client"
const proxyPassword = 'pl4nted:proxy@password'
/** What only its name or its place gives away. */
const named = {
  token: 'pl4nted-access-token-0123456789',
  refresh: 'pl4nted-refresh-token-0123456789',
  cookie: 'pl4nted-session-cookie',
  form: 'pl4nted-password-in-a-form',
  xml: 'pl4nted-password-in-xml',
  attribute: 'pl4nted-password-in-an-attribute',
  connection: 'pl4nted-password-of-a-connection-string',
  login: 'pl4nted-login-in-an-address',
  query: 'pl4nted-signature-in-a-query',
  header: 'pl4nted-key-in-a-header',
  nested: 'pl4nted-secret-in-json-in-json',
  bearer: 'pl4nted-0123456789-bearer-token',
} as const

/** A secret in all the shapes in which it may turn up. */
function shapes(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const bytes = Buffer.from(secret)
  const inner = (before: string): string => {
    const whole = Buffer.concat([Buffer.from(before), bytes]).toString('base64')
    return whole.slice(4, -4)
  }
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  return [
    ...new Set([
      secret,
      json,
      JSON.stringify(json).slice(1, -1),
      encodeURIComponent(secret),
      encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
      new URLSearchParams({ a: secret }).toString().slice(2),
      html,
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
      bytes.toString('hex').length > 1_000 ? '' : inner('a:'),
      inner('ab:'),
      inner('abc:'),
    ]),
  ].filter((shape) => shape.length > 5)
}

const endings: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** Says every secret back in every way that a server, a proxy or a careless programmer could. */
const nasty: readonly ((request: Parameters<Handler>[0], answer: Parameters<Handler>[1]) => void)[] = [
  (_, answer) =>
    answer
      .writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': `session=${named.cookie}; HttpOnly`,
        'x-api-key': named.header,
        'x-echo': encodeURIComponent(apiKey),
        authorization: `Basic ${Buffer.from(`user:${haloSecret}`).toString('base64')}`,
      })
      .end(
        JSON.stringify({
          ...{
            access_token: named.token,
            refreshToken: named.refresh,
            apiKey,
            said: `the key ${apiKey} is fine`,
          },
          body: JSON.stringify({
            client_secret: named.nested,
            deeper: JSON.stringify({ password: named.nested }),
          }),
          encoded: Buffer.from(`user:${haloSecret}`).toString('base64'),
          url: `https://name:${named.login}@host.example/?sig=${named.query}`,
        }),
      ),
  (_, answer) =>
    answer
      .writeHead(400, { 'content-type': 'text/xml' })
      .end(
        `<r><Password type="x">${named.xml}</Password><login password="${named.attribute}" key='1'/><q>${new URLSearchParams({ k: apiKey })}</q></r>`,
      ),
  (_, answer) =>
    answer
      .writeHead(302, {
        location: `https://u:${named.login}@elsewhere.example/?apiKey=${encodeURIComponent(apiKey)}`,
      })
      .end(),
  (_, answer) =>
    answer.writeHead(403, { 'content-type': 'text/html' }).end(
      `<!DOCTYPE html><title>No</title>${apiKey.replaceAll('&', '&amp;').replaceAll('<', '&lt;')} Authorization: Bearer ${named.bearer}
         Cookie: s=${named.cookie}; Server=db;User Id=sa;Password=${named.connection};`,
    ),
  (_, answer) =>
    answer
      .writeHead(401, { 'content-type': 'application/x-www-form-urlencoded' })
      .end(new URLSearchParams({ password: named.form, proxy: proxyPassword, apikey: apiKey }).toString()),
  (request) => request.socket.destroy(),
]

async function stage() {
  const { store, folder } = tempStore()
  const clock = { now: () => Date.now() }
  const log = openLog(folder, { clock, level: 'debug', onTrouble: () => undefined })
  for (const secret of [apiKey, haloSecret, proxyPassword]) log.hide(secret)
  const exchanges = openExchanges(folder, { clock })
  let turn = 0
  const server = await serve((request, answer) => nasty[turn++ % nasty.length]?.(request, answer))
  const http = createHttpClient({
    ...{ clock, sink: exchanges.sink, book: budgetBook(store.db), env: {}, sleep: async () => undefined },
    network: { proxy: { mode: 'none' }, trustSystemStore: false, extraCaFiles: [] },
    proxyPassword,
  })
  endings.push(
    () => log.close(),
    () => exchanges.close(),
    () => http.close(),
    server.close,
  )
  return { store, folder, log, exchanges, http, server, desk: testInspector(store, exchanges, clock.now()) }
}

/** Everything of every file below a folder, and everything that leaves the program. */
function bytesBelow(folder: string): readonly (readonly [name: string, bytes: Buffer])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => [name, readFileSync(name)] as const)
}

describe('no secret is kept or let out', () => {
  it('whatever a server says, wherever it stands', async () => {
    const { store, folder, log, exchanges, http, server } = await stage()
    const secrets = [apiKey, haloSecret, proxyPassword]
    for (let n = 0; n < nasty.length; n++) {
      const answer = await http.send(
        call(`${server.url}/v1/quote?apiKey=${encodeURIComponent(apiKey)}&sig=${named.query}&n=${n}`, {
          secrets,
          maxAttempts: 1,
          headers: {
            apiKey: encodeURIComponent(apiKey),
            cookie: `c=${named.cookie}`,
            'x-api-key': named.header,
          },
        }),
      )
      const posted = await http.send(
        call(`${server.url}/auth/token`, {
          ...{ method: 'POST', host: 'halo', secrets },
          headers: { authorization: `Basic ${Buffer.from(`id:${haloSecret}`).toString('base64')}` },
          body: new URLSearchParams({ client_secret: haloSecret, password: named.form }).toString(),
        }),
      )
      // As a careless programmer would: the whole fault, and a crash with everything in its words.
      for (const each of [answer, posted]) {
        if (!each.ok) log.trouble(each.fault, 'a request failed')
        if (!each.ok) store.audit.add({ who: 'test', what: 'fault', tenantId: null, after: each.fault })
      }
    }
    const crash = new Error(`cannot read "${apiKey}" of Password=${named.connection}; Bearer ${named.bearer}`)
    log.trouble(fault('bug', { raw: crash.stack ?? '' }), 'worker')
    log.error('dump', {
      apiKey,
      nested: { password: named.form },
      text: JSON.stringify({ token: named.token }),
    })
    exchanges.flush()
    expect(exchanges.count()).toBe(nasty.length * 2)

    const desk = createInspectorDesk({
      ...{ store, exchanges, http, clock: { now: () => Date.now() }, onChange: () => undefined },
      tenants: { keyOf: () => ({ ok: true, value: apiKey }), budgetKeyOf: () => 'hash' },
      report: {
        ...{ version: '0', mode: 'service', startedAt: '', logFolder: log.folder, clean: log.clean },
        ...{ tenants: () => [], haloCheck: async () => ({ ok: true, value: [] }) as const },
        settings: () => ({ proxyPassword: null, note: `${proxyPassword} ${haloSecret}` }) as never,
      },
    })
    const rows = exchanges.list({}, { limit: 100 }).rows
    const artefacts: (readonly [string, Buffer])[] = [
      // The log of the databases is still there: nothing was closed.
      ...bytesBelow(folder),
      ['what the API answers', Buffer.from(JSON.stringify(rows.map(({ id }) => desk.get(id))))],
      ['HAR', Buffer.from([...desk.har({ q: '' }, false)].join(''))],
      ...Object.entries(unzipSync(await desk.report({ q: '' }, false))).map(
        ([name, bytes]) => [`report: ${name}`, Buffer.from(bytes)] as const,
      ),
      ['preview', Buffer.from(JSON.stringify(await desk.reportPreview({ q: '' }, false)))],
    ]
    expect(artefacts.map(([name]) => name).join()).toMatch(/exchanges\.db-wal.*\.log/s)
    const found = artefacts.flatMap(([name, bytes]) =>
      [...secrets, ...Object.values(named)].flatMap((secret) =>
        shapes(secret)
          .filter((shape) => bytes.includes(shape))
          .map((shape) => `${name}: ${shape}`),
      ),
    )
    expect(found).toEqual([])

    // The index of words holds letters by threes: it is asked, since its bytes would tell nothing.
    for (const secret of [...secrets, ...Object.values(named)]) {
      const q = printFilter([{ key: 'text', isNot: false, values: [secret] }])
      expect([secret, desk.list({ q }, { offset: 0, limit: 5 }).total]).toEqual([secret, 0])
    }
  })

  it('and the search would find one that is there', async () => {
    const { exchanges, desk, folder, log } = await stage()
    log.info('planted', { note: named.query })
    expect(bytesBelow(folder).some(([, bytes]) => bytes.includes(named.query))).toBe(true)
    exchanges.flush()
    expect(desk.list({ q: '' }, { offset: 0, limit: 5 }).total).toBe(0)
    expect(
      shapes(haloSecret).some((shape) => Buffer.from(`id:${haloSecret}`).toString('base64').includes(shape)),
    ).toBe(true)
  })
})
