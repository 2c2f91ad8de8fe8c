import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createNetwork } from '../../app/http/network.ts'
import type { FaultCode } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'
import type { MailServer } from '../../app/model/mail/server.ts'
import { type Mail, sendMail } from '../../main/mail/smtp.ts'
import { type SmtpRules, serveSmtp } from '../smtp/server.ts'
import { makeAuthority, makeCertificate } from '../unit/app/http/lines.ts'
import { must, tempFolder } from '../unit/app/store/temp-store.ts'

type Pair = { readonly cert: string; readonly key: string }
const pairs: Record<'good' | 'alone' | 'other' | 'expired', Pair> = {} as Record<
  'good' | 'alone' | 'other' | 'expired',
  Pair
>
let authority: Pair = { cert: '', key: '' }
beforeAll(async () => {
  authority = await makeAuthority()
  pairs.good = await makeCertificate('localhost', authority)
  pairs.alone = await makeCertificate('localhost')
  pairs.other = await makeCertificate('elsewhere.test', authority)
  pairs.expired = await makeCertificate('localhost', authority, [-30, -2])
}, 30_000)

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

const mail: Mail = {
  messageId: '<one@brightwater.example>',
  to: ['ana@northwind.example'],
  cc: ['bo@northwind.example'],
  bcc: ['archive@brightwater.example'],
  subject: 'Quote Q-10042: Grüße',
  text: 'Dear Ana,\n.a line with a dot\nGrüße',
  attachment: { name: 'Quote-Q-10042.pdf', data: new TextEncoder().encode('%PDF-1.3 not really') },
}

async function at(rules: SmtpRules, more: Partial<MailServer> = {}) {
  const server = await serveSmtp(rules)
  endings.push(server.close)
  const folder = tempFolder()
  const file = join(folder, 'ca.pem')
  writeFileSync(file, authority.cert)
  const network = createNetwork({
    settings: { proxy: { mode: 'none' }, trustSystemStore: false, extraCaFiles: [file] },
  })
  const security = ({ first: 'tls', starttls: 'starttls', never: 'none' } as const)[rules.tls]
  const settings: MailServer = {
    ...{
      host: 'localhost',
      port: server.port,
      security,
      isPlainAccepted: true,
      user: '',
      hasPassword: false,
    },
    ...{ fromName: 'Brightwater IT', fromAddress: 'sales@brightwater.example', replyTo: '', copyTo: '' },
    ...more,
  }
  const send = (password: string | null = null, sent: Partial<Mail> = {}, timeoutMs = 5_000) =>
    sendMail(
      { ...mail, ...sent },
      { server: settings, password, network, signal: new AbortController().signal, timeoutMs },
    )
  return { server, send }
}

async function refusal(rules: SmtpRules, more: Partial<MailServer> = {}, password: string | null = null) {
  const { send, server } = await at(rules, more)
  const sent = await send(password, {}, 2_000)
  return { fault: sent.ok ? null : sent.fault, server }
}

describe('a mail goes out', () => {
  it('encrypted from the start, signed in, with its document; the hidden copy is in no head', async () => {
    const login = { user: 'sales', password: 'a-planted-password' }
    const { send, server } = await at({ tls: 'first', certificate: pairs.good, login }, { user: 'sales' })
    expect(must(await send(login.password))).toEqual({ answer: '250 2.0.0 taken as ABC123', refused: [] })
    const [got] = server.received
    expect(got).toMatchObject({ from: 'sales@brightwater.example', isSecure: true, user: 'sales' })
    expect(got?.to).toEqual(['ana@northwind.example', 'bo@northwind.example', 'archive@brightwater.example'])
    expect(got?.mail).toContain('Message-ID: <one@brightwater.example>')
    expect(got?.mail).toContain('filename=Quote-Q-10042.pdf')
    expect(got?.mail).not.toContain('archive@')
    expect(got?.mail).toMatch(/^\.a line with a dot/m)
  })

  it('after STARTTLS: nothing but the question for it is said in the clear', async () => {
    const login = { user: 'sales', password: 'a-planted-password' }
    const { send, server } = await at({ tls: 'starttls', certificate: pairs.good, login }, { user: 'sales' })
    must(await send(login.password))
    expect(server.received[0]).toMatchObject({ isSecure: true, user: 'sales' })
    const begun = server.heard.indexOf('STARTTLS')
    expect(server.heard.slice(0, begun)).toEqual(['EHLO [127.0.0.1]'])
  })

  it('to a domain in another alphabet, as name servers know it', async () => {
    const { send, server } = await at({ tls: 'never' })
    must(await send(null, { to: ['ana@bücher.example'], cc: [], bcc: [] }))
    expect(server.received[0]?.to).toEqual(['ana@xn--bcher-kva.example'])
  })

  it('in the clear where a person accepted it, without a login', async () => {
    const { send, server } = await at({ tls: 'never' })
    must(await send())
    expect(server.received[0]).toMatchObject({ isSecure: false, user: null })
  })

  it('to those whom the server takes, and says whom it did not', async () => {
    const { send, server } = await at({ tls: 'never', answers: { 'RCPT TO:<bo@': '550 5.1.1 no such user' } })
    expect(must(await send()).refused).toEqual(['bo@northwind.example'])
    expect(server.received[0]?.to).toEqual(['ana@northwind.example', 'archive@brightwater.example'])
  })
})

describe('a mail that does not go out is explained', () => {
  type Case = readonly [name: string, code: FaultCode, rules: () => SmtpRules, more?: Partial<MailServer>]
  const first = (certificate: Pair): SmtpRules => ({ tls: 'first', certificate })
  const cases: readonly Case[] = [
    ['a self-signed certificate', 'tls-untrusted', () => first(pairs.alone)],
    [
      'a self-signed certificate after STARTTLS',
      'tls-untrusted',
      () => ({ tls: 'starttls', certificate: pairs.alone }),
    ],
    ['a certificate of another host', 'tls-wrong-host', () => first(pairs.other)],
    ['a certificate that ran out', 'tls-expired', () => first(pairs.expired)],
    ['no STARTTLS', 'mail-no-starttls', () => ({ tls: 'never' }), { security: 'starttls' }],
    [
      'STARTTLS refused',
      'mail-no-starttls',
      () => ({ tls: 'starttls', answers: { STARTTLS: '454 4.7.0 not now' } }),
    ],
    [
      'words slipped in before the encryption',
      'mail-not-smtp',
      () => ({ tls: 'starttls', certificate: pairs.good, slippedIn: '250 ok\r\n' }),
    ],
    ['encryption asked of a server without', 'mail-not-smtp', () => ({ tls: 'never' }), { security: 'tls' }],
    [
      'something that is no mail server',
      'mail-not-smtp',
      () => ({ tls: 'never', greeting: 'HTTP/1.1 400 Bad Request' }),
      { security: 'starttls' },
    ],
    [
      'a server that says nothing',
      'mail-timeout',
      () => ({ tls: 'never', isSilent: true }),
      { security: 'starttls' },
    ],
    [
      'a sender that may not',
      'mail-sender',
      () => ({ tls: 'never', answers: { 'MAIL FROM': '550 5.7.60 not allowed to send as' } }),
    ],
    [
      'nobody whom it takes',
      'mail-recipient',
      () => ({ tls: 'never', answers: { 'RCPT TO': '550 5.1.1 no such user' } }),
    ],
    [
      'a login wanted',
      'mail-login-wanted',
      () => ({ tls: 'never', answers: { 'MAIL FROM': '530 5.7.0 Authentication required' } }),
    ],
    ['greylisting', 'mail-later', () => ({ tls: 'never', answers: { 'RCPT TO': '451 4.7.1 greylisted' } })],
    ['too large by its announcement', 'mail-too-large', () => ({ tls: 'never', extensions: ['SIZE 10'] })],
    ['too large in the end', 'mail-too-large', () => ({ tls: 'never', afterMail: '552 5.3.4 too big' })],
    ['taken for spam', 'mail-refused', () => ({ tls: 'never', afterMail: '554 5.7.1 looks like spam' })],
  ]
  it.each(cases.map(([name, code, rules, more]) => ({ name, code, rules, more })))(
    '$name: $code',
    async ({ code, rules, more }) => {
      const { fault, server } = await refusal(rules(), more)
      expect(fault).toMatchObject({ code })
      expect(server.received).toEqual([])
      // Nothing here is tried again by itself, so nothing may say so.
      if (fault && code.startsWith('mail-')) expect(explain(fault).doNow).not.toContain('by itself')
    },
  )

  it('a refused login, and the password is in no word of it', async () => {
    const rules: SmtpRules = {
      tls: 'first',
      certificate: pairs.good,
      login: { user: 'sales', password: 'right' },
    }
    const { fault } = await refusal(rules, { user: 'sales' }, 'a-planted-password')
    expect(fault).toMatchObject({
      code: 'mail-login',
      facts: { user: 'sales' },
      raw: expect.stringMatching(/^535/),
    })
    expect(JSON.stringify(fault)).not.toContain('a-planted-password')
    expect(JSON.stringify(fault)).not.toContain(Buffer.from('\0sales\0a-planted-password').toString('base64'))
  })

  it('a certificate nobody vouches for: before the password is said', async () => {
    const rules: SmtpRules = {
      tls: 'starttls',
      certificate: pairs.alone,
      login: { user: 'sales', password: 'p' },
    }
    const { fault, server } = await refusal(rules, { user: 'sales' }, 'p')
    expect(fault).toMatchObject({ code: 'tls-untrusted', facts: { host: 'localhost' } })
    expect(server.heard.some((said) => said.startsWith('AUTH'))).toBe(false)
  })

  it('no login where one is set', async () => {
    const { fault } = await refusal({ tls: 'first', certificate: pairs.good }, { user: 'sales' }, 'p')
    expect(fault?.code).toBe('mail-login-not-offered')
  })

  it('a server that is not there, and a name that nobody knows', async () => {
    const { send, server } = await at({ tls: 'never' })
    await server.close()
    const gone = await send()
    expect(gone.ok ? null : gone.fault.code).toBe('mail-unreachable')
    const unknown = await refusal({ tls: 'never' }, { host: 'no-such-host.invalid' })
    expect(unknown.fault?.code).toBe('mail-host-unknown')
  })
})

it('the line that breaks after the whole mail was handed over leaves it open whether it went out', async () => {
  const { fault, server } = await refusal({ tls: 'never', afterMail: '' })
  expect(fault).toMatchObject({ code: 'mail-unknown', next: 'stop' })
  expect(server.received).toHaveLength(1)
})

it('the line that breaks in the middle of a mail is told from that: no server may deliver half a mail', async () => {
  const { send, server } = await at({ tls: 'never', cutsMail: true })
  const attachment = { name: 'large.pdf', data: new Uint8Array(12_000_000) }
  const sent = await send(null, { attachment })
  expect(sent.ok ? null : sent.fault.code).toBe('mail-unreachable')
  expect(server.received).toEqual([])
})
