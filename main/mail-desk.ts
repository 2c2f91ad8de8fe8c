import { fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloContact } from '../app/model/halo.ts'
import type { Outgoing } from '../app/model/mail/message.ts'
import { filled } from '../app/model/mail/placeholders.ts'
import { valuesOf } from '../app/model/mail/quote-document.ts'
import type { SentMail } from '../app/model/mail/sent.ts'
import type { MailServerInput } from '../app/model/mail/server.ts'
import type { Template } from '../app/model/mail/template.ts'
import type { Store } from '../app/store/open.ts'
import {
  type FoundQuote,
  fileNameOf,
  findQuote,
  pdfOf,
  type SendingParts,
  senderOf,
  sendQuote,
  sendTest,
} from './mail/send-quote.ts'
import { createMailServer, type MailServerControl, type MailServerView } from './mail/server-control.ts'
import { createTemplateDesk, type TemplateDesk } from './mail/template-desk.ts'
import type { NetworkControl } from './network.ts'
import type { Vault } from './vault/vault.ts'

/**
 * What the dialog starts with. `contacts`: whom of the customer it can go to; `sender` null: no mail server is set up; `currency` of a template that
 * nobody has saved yet, else null: Commerce does not say which one its prices are in, so a person should.
 */
export type MailDraft = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly fileName: string
  readonly sender: string | null
  readonly currency: string | null
  readonly contacts: readonly Pick<HaloContact, 'name' | 'email'>[]
}

/** `pdf` is base64. `missing`: characters that the document cannot show. `seen` goes with what is sent after it. */
export type PdfPreview = { readonly pdf: string; readonly missing: readonly string[]; readonly seen: string }

/** Sending quotes by mail. Commerce and Halo are not told. */
export type MailDesk = TemplateDesk & {
  server(): MailServerView
  /** Faults: those of main/mail/server-control.ts. */
  setServer(given: MailServerInput, password?: string | null): Result<null>
  /** Nothing can be sent any more. */
  forgetServer(): Result<null>
  /** Sends a few words to an address, by settings that may not be saved. Answers the server's words. */
  test(
    given: MailServerInput,
    to: string,
    password?: string | null,
  ): Promise<Result<{ readonly answer: string }>>
  draft(tenantId: number, quoteId: number): Result<MailDraft>
  /** The quote as PDF, by a template that may not be saved. */
  preview(tenantId: number, quoteId: number, template?: Template): Promise<Result<PdfPreview>>
  /**
   * Once for each token: a second call answers mail-sent-once and sends nothing. A mail that failed or whose fate is unknown is kept, too; its fault
   * is the answer's.
   */
  send(tenantId: number, quoteId: number, mail: Outgoing): Promise<Result<SentMail>>
  /** Of a quote, newest first. */
  sent(tenantId: number, quoteId: number): readonly SentMail[]
  /** The very document that went with a mail; null: there is none. */
  pdf(id: number): { readonly name: string; readonly data: Buffer } | null
}

export type MailDeskParts = {
  readonly store: Store
  readonly vault: Vault
  readonly network: Pick<NetworkControl, 'settings'>
  readonly onChange: () => void
  /** For the audit trail and the kept copies. */
  readonly who: string
  readonly timeoutMs?: number
}

/** `close` breaks off what is on its way and keeps what is known of it. */
export function createMailDesk(given: MailDeskParts): MailDesk & { close(): Promise<void> } {
  const { store, who } = given
  const stopping = new AbortController()
  const servers = createMailServer(given)
  const parts: SendingParts = { ...given, servers, signal: stopping.signal }
  const onTheirWay = new Set<Promise<unknown>>()
  const watched = <T>(work: Promise<T>): Promise<T> => {
    onTheirWay.add(work)
    return work.finally(() => onTheirWay.delete(work))
  }
  // What was under way when the program ended: nobody knows whether it arrived.
  store.sentMails.settle(fault('mail-unknown'))
  return {
    ...createTemplateDesk(given),
    server: servers.view,
    setServer: (server, password) => servers.set(server, password, who),
    forgetServer: () => servers.forget(who),
    test: (server, to, password) => watched(sendTest(parts, servers.with(server, password), to)),
    draft: (tenantId, quoteId) => {
      const found = findQuote(store, tenantId, quoteId)
      return found.ok ? ok(draftOf(store, servers, found.value)) : found
    },
    preview: (tenantId, quoteId, template) => watched(preview(store, tenantId, quoteId, template)),
    send: (tenantId, quoteId, mail) => watched(sendQuote(parts, tenantId, quoteId, mail)),
    sent: store.sentMails.ofRecord,
    pdf: (id) => {
      const [mail, data] = [store.sentMails.get(id), store.sentMails.pdf(id)]
      return mail && data && { name: mail.fileName, data }
    },
    close: async () => {
      stopping.abort()
      await Promise.allSettled(onTheirWay)
    },
  }
}

async function preview(
  store: Store,
  tenantId: number,
  quoteId: number,
  template?: Template,
): Promise<Result<PdfPreview>> {
  const found = findQuote(store, tenantId, quoteId)
  if (!found.ok) return found
  const { pdf, missing, seen } = await pdfOf(store, template ? { ...found.value, template } : found.value)
  return ok({ pdf: pdf.toString('base64'), missing, seen })
}

function draftOf(store: Store, servers: MailServerControl, found: FoundQuote): MailDraft {
  const { source, template, contacts, tenantId } = found
  const values = valuesOf(source, template)
  const { server } = servers.view()
  return {
    to: source.contact.email,
    subject: filled(template.subject, values).trim(),
    text: filled(template.text, values).trim(),
    fileName: fileNameOf(source.quote.number),
    sender: server && senderOf(server),
    currency: store.templates.get(tenantId) === null ? template.currency : null,
    contacts: contacts.map(({ name, email }) => ({ name, email })),
  }
}
