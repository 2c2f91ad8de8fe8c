import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outgoing } from '../../../app/model/mail/message.ts'
import type { MailServerInput } from '../../../app/model/mail/server.ts'
import { defaultTemplate } from '../../../app/model/mail/template.ts'
import { defaultNetwork } from '../../../app/model/network.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { createMailDesk, type MailDesk } from '../../../main/mail-desk.ts'
import { keyfileVault } from '../../../main/vault/keyfile.ts'
import type { Vault } from '../../../main/vault/vault.ts'
import { textOfPdf } from '../../pdf-text.ts'
import { type SmtpRules, type SmtpServer, serveSmtp } from '../../smtp/server.ts'
import { must, type TestClock, tempStore } from '../app/store/temp-store.ts'

let store: Store
let clock: TestClock
let tenant: Tenant
let vault: Vault
let desk: MailDesk & { close(): Promise<void> }
const servers: SmtpServer[] = []

const put = (resource: string, id: number, body: object, parentId: number | null = null): void => {
  const row = { id, parentId, modifiedAt: null, body: JSON.stringify({ id, ...body }) }
  store.sources.putPage(tenant.id, resource, [row], 1, { marksChildren: false })
}
const open = () =>
  createMailDesk({
    ...{ store, vault, who: 'person', timeoutMs: 5_000 },
    ...{ network: { settings: () => defaultNetwork }, onChange: () => undefined },
  })

beforeEach(() => {
  const made = tempStore()
  store = made.store
  clock = made.clock
  vault = keyfileVault(made.folder, clock)
  tenant = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }))
  put('customer', 10, { name: 'Northwind', billingAddress: '1 High Street', billingCity: 'London' })
  put(
    'contact',
    11,
    { customerID: 10, firstName: 'Ana', lastName: 'Trujillo', email: 'ana@northwind.example' },
    10,
  )
  const contact = { contactName: 'Ana Trujillo', contactEmail: 'Ana@Northwind.example' }
  const planted = { cost: 987_654, privateNote: 'planted-private-words' }
  put('quote', 30, {
    quoteNumber: 'Q/30',
    title: 'New servers',
    status: 1,
    customerID: 10,
    ...contact,
    ...planted,
  })
  put('quotesection', 40, { quoteID: 30, type: 0, lineNumber: 1, title: 'Hardware' }, 30)
  const line = {
    quoteSectionID: 40,
    price: 100,
    quantity: 2,
    tax: 40,
    taxRate: 20,
    isSelected: true,
    cost: 987_654,
  }
  put('quoteline', 50, { ...line, lineNumber: 1, title: 'Server' }, 40)
  desk = open()
})
afterEach(async () => {
  await desk.close()
  for (const server of servers.splice(0)) await server.close()
})

const settings = (port: number, more: Partial<MailServerInput> = {}): MailServerInput => ({
  ...{ host: '127.0.0.1', port, security: 'none', isPlainAccepted: true, user: '' },
  ...{ fromName: 'Brightwater', fromAddress: 'sales@brightwater.example', replyTo: '', copyTo: '' },
  ...more,
})

async function serve(rules: Partial<SmtpRules> = {}): Promise<SmtpServer> {
  const server = await serveSmtp({ tls: 'never', ...rules })
  servers.push(server)
  must(desk.setServer(settings(server.port)))
  return server
}

/** A mail as the dialog makes it: after a look at the preview. */
async function mail(more: Partial<Outgoing> = {}): Promise<Outgoing> {
  const { seen } = must(await desk.preview(tenant.id, 30))
  const { subject, text, to } = must(desk.draft(tenant.id, 30))
  return { token: crypto.randomUUID(), to: [to], cc: [], subject, text, seen, ...more }
}

describe('sending a quote', () => {
  it('begins with the contact, and texts by the template', () => {
    must(desk.setServer(settings(25)))
    expect(must(desk.draft(tenant.id, 30))).toMatchObject({
      to: 'ana@northwind.example',
      subject: 'Quote Q/30: New servers',
      fileName: 'Quote-Q-30.pdf',
      currency: 'GBP',
      sender: 'Brightwater <sales@brightwater.example>',
      text: expect.stringMatching(
        /^Dear Ana,\n\n.*It comes to £240\.00 and is valid until further notice\./s,
      ),
    })
  })

  it('tells the currency as long as nobody has saved the template', () => {
    must(desk.setTemplate(tenant.id, defaultTemplate))
    expect(must(desk.draft(tenant.id, 30)).currency).toBeNull()
  })

  it('keeps the very document, the words and the answer of the server; no cost is in any of it', async () => {
    const server = await serve()
    const sent = must(await desk.send(tenant.id, 30, await mail()))
    expect(sent).toMatchObject({
      state: 'sent',
      answer: '250 2.0.0 taken as ABC123',
      fault: null,
      who: 'person',
    })
    expect(desk.sent(tenant.id, 30)).toEqual([sent])
    const kept = desk.pdf(sent.id)
    const words = (await textOfPdf(kept?.data ?? new Uint8Array())).join(' ')
    expect(words).toContain('Northwind')
    expect(words).toContain('£240.00')
    const [got] = server.received
    expect(got?.mail).toContain(`Message-ID: ${sent.messageId}`)
    expect(`${words} ${JSON.stringify(sent)} ${got?.mail}`).not.toMatch(/987.?654|planted-private-words/)
    expect(store.audit.list(tenant.id, 0, 1)[0]).toMatchObject({
      what: 'quote sent by mail',
      after: { quote: 'Q/30' },
    })
  })

  it('happens once for each token, however often it is asked', async () => {
    const server = await serve()
    const one = await mail()
    const results = await Promise.all([desk.send(tenant.id, 30, one), desk.send(tenant.id, 30, one)])
    expect(results.map((result) => (result.ok ? 'sent' : result.fault.code)).sort()).toEqual([
      'mail-sent-once',
      'sent',
    ])
    expect(server.received).toHaveLength(1)
  })

  it('does not happen when what was seen is no longer what would go', async () => {
    const server = await serve()
    const seen = await mail()
    must(desk.setTemplate(tenant.id, { ...defaultTemplate, terms: 'Other terms.' }))
    expect(await desk.send(tenant.id, 30, seen)).toMatchObject({ ok: false, fault: { code: 'mail-changed' } })
    expect([server.received.length, desk.sent(tenant.id, 30).length]).toEqual([0, 0])
  })

  it('is kept as failed or as not known when it did not end well', async () => {
    await serve({ answers: { 'RCPT TO': '550 5.1.1 no such user' } })
    expect(await desk.send(tenant.id, 30, await mail())).toMatchObject({
      ok: false,
      fault: { code: 'mail-recipient' },
    })
    await serve({ afterMail: '' })
    expect(await desk.send(tenant.id, 30, await mail())).toMatchObject({
      ok: false,
      fault: { code: 'mail-unknown' },
    })
    expect(desk.sent(tenant.id, 30).map(({ state }) => state)).toEqual(['unknown', 'failed'])
  })

  it('that the program’s end cut short is not known at the next start, and is not begun again', async () => {
    const server = await serve({ isSilent: true })
    const sending = desk.send(tenant.id, 30, await mail())
    await expect.poll(() => desk.sent(tenant.id, 30)[0]?.state).toBe('sending')
    // As a power cut leaves it.
    const [left] = store.db.prepare<[], string>('SELECT state FROM sent_mail').pluck().all()
    expect(left).toBe('sending')
    const next = open()
    expect(next.sent(tenant.id, 30)[0]).toMatchObject({ state: 'unknown', fault: { code: 'mail-unknown' } })
    await desk.close()
    expect(await sending).toMatchObject({ ok: false })
    expect(server.received).toEqual([])
  })

  it('needs a mail server, and a quote that is there', async () => {
    expect(await desk.send(tenant.id, 30, await mail())).toMatchObject({
      ok: false,
      fault: { code: 'mail-no-server' },
    })
    expect(desk.draft(tenant.id, 31)).toMatchObject({ ok: false, fault: { code: 'not-found' } })
    expect(desk.draft(99, 30)).toMatchObject({ ok: false, fault: { code: 'tenant-unknown' } })
  })
})

describe('the mail server', () => {
  const secured = (more: Partial<MailServerInput> = {}) =>
    settings(465, { security: 'tls', isPlainAccepted: false, user: 'sales', ...more })

  it('keeps its password in the vault, for this server and user alone', () => {
    must(desk.setServer(secured(), 'a-planted-password'))
    expect(desk.server()).toMatchObject({
      server: { user: 'sales', hasPassword: true },
      password: { endsIn: 'word' },
    })
    must(desk.setServer(secured({ fromName: 'Other' })))
    expect(desk.setServer(secured({ host: 'evil.example' }))).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid', facts: { field: 'password' } },
    })
    expect(must(vault.get('mail-password'))).toBe('a-planted-password')
    must(desk.setServer(settings(25)))
    expect(vault.names()).toEqual([])
    expect(JSON.stringify(store.audit.list(null, 0, 10))).not.toContain('a-planted-password')
  })

  it('is tried as it is typed, and forgotten with its password', async () => {
    const server = await serveSmtp({ tls: 'never' })
    servers.push(server)
    expect(must(await desk.test(settings(server.port), 'ana@northwind.example')).answer).toMatch(/^250/)
    expect(server.received[0]?.mail).toContain('Subject: Test mail of Commerce Integrator')
    must(desk.setServer(secured(), 'a-planted-password'))
    must(desk.forgetServer())
    expect([desk.server().server, vault.names()]).toEqual([null, []])
  })
})

describe('what is kept', () => {
  it('goes with its tenant', async () => {
    await serve()
    must(desk.setTemplate(tenant.id, defaultTemplate))
    must(await desk.send(tenant.id, 30, await mail()))
    must(store.tenants.remove(tenant.id))
    const left = ['mail_template', 'mail_logo', 'sent_mail', 'sent_document'].map((table) =>
      store.db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get(),
    )
    expect(left).toEqual([0, 0, 0, 0])
  })

  it('goes with age and beyond its room, the oldest first', async () => {
    await serve()
    const ids: number[] = []
    for (const _ of [1, 2, 3]) ids.push(must(await desk.send(tenant.id, 30, await mail())).id)
    const [{ bytes } = { bytes: 0 }] = desk.sent(tenant.id, 30)
    expect(store.sentMails.prune()).toBe(false)
    expect(store.sentMails.prune(bytes * 2 + 1_000)).toBe(true)
    expect(desk.sent(tenant.id, 30).map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect(desk.pdf(ids[0] ?? 0)).toBeNull()
    clock.nowMs += 731 * 86_400_000
    while (store.sentMails.prune()) expect(store.sentMails.pdf(0)).toBeNull()
    expect(desk.sent(tenant.id, 30)).toEqual([])
  })
})
