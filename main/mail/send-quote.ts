import { hash, randomUUID } from 'node:crypto'
import { type Fault, fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { Outgoing } from '../../app/model/mail/message.ts'
import { documentOf } from '../../app/model/mail/quote-document.ts'
import type { SentMail } from '../../app/model/mail/sent.ts'
import type { MailServerInput } from '../../app/model/mail/server.ts'
import { defaultTemplate, type Template } from '../../app/model/mail/template.ts'
import type { Store } from '../../app/store/open.ts'
import { type MadePdf, makePdf } from './pdf.ts'
import { type QuoteSource, quoteSource } from './quote-source.ts'
import type { MailServerControl, MailServerNow } from './server-control.ts'
import { type Mail, sendMail } from './smtp.ts'

export type SendingParts = {
  readonly store: Store
  readonly servers: Pick<MailServerControl, 'now' | 'with'>
  readonly who: string
  readonly onChange: () => void
  /** Breaks off what is on its way. */
  readonly signal: AbortSignal
  /** For each step of a connection; default 30 seconds. */
  readonly timeoutMs?: number | undefined
}

/** A quote with the template that it is sent by. */
export type FoundQuote = QuoteSource & { readonly tenantId: number; readonly template: Template }

/** Faults: tenant-unknown, and those of quoteSource. */
export function findQuote(store: Store, tenantId: number, quoteId: number): Result<FoundQuote> {
  const tenant = store.tenants.get(tenantId)
  if (!tenant) return fail(fault('tenant-unknown', { facts: { id: tenantId } }))
  const found = quoteSource(store, tenant, quoteId)
  if (!found.ok) return found
  return ok({ ...found.value, tenantId, template: store.templates.get(tenantId) ?? defaultTemplate })
}

/** The quote as PDF, with the tenant's logo. `seen` is the same as long as the same stands in it. */
export async function pdfOf(
  store: Store,
  { source, template, tenantId }: FoundQuote,
): Promise<MadePdf & { readonly seen: string }> {
  const [document, logo] = [documentOf(source, template), store.templates.logo(tenantId)]
  const made = await makePdf(document, logo)
  return {
    ...made,
    seen: hash('sha256', `${JSON.stringify(document)}${logo?.data.toString('base64') ?? ''}`),
  }
}

/** Safe for every file system and mail program: letters, digits and hyphens of whatever alphabet. */
export const fileNameOf = (number: string): string =>
  `Quote-${number.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.pdf`

/** As a mail program shows it. */
export const senderOf = ({ fromName, fromAddress }: MailServerInput): string =>
  fromName === '' ? fromAddress : `${fromName} <${fromAddress}>`

/** Of the sender's own domain, as mail servers expect it; kept before anything is sent. */
const newMessageId = ({ fromAddress }: MailServerInput): string =>
  `<${randomUUID()}@${fromAddress.split('@')[1] ?? 'localhost'}>`

/**
 * Sends a quote once for each token; the mail is kept before it is handed over, and what became of it after. Faults: mail-sent-once, mail-changed, mail-no-server
 * and such before anything happened; then those of sendMail, with the mail kept as failed or unknown.
 */
export async function sendQuote(
  parts: SendingParts,
  tenantId: number,
  quoteId: number,
  mail: Outgoing,
): Promise<Result<SentMail>> {
  const { store, servers, who, onChange } = parts
  const found = findQuote(store, tenantId, quoteId)
  if (!found.ok) return found
  const ready = servers.now()
  if (!ready.ok) return ready
  const { server } = ready.value
  const { pdf, seen } = await pdfOf(store, found.value)
  if (seen !== mail.seen) return fail(fault('mail-changed'))
  const receivers = { to: mail.to, cc: mail.cc, bcc: server.copyTo === '' ? [] : [server.copyTo] }
  const fileName = fileNameOf(found.value.source.quote.number)
  const { token, subject, text } = mail
  const messageId = newMessageId(server)
  const id = store.sentMails.begin({
    ...{ token, tenantId, commerceId: quoteId, who, messageId, sender: senderOf(server), receivers },
    ...{ subject, text, fileName, pdf },
  })
  if (id === null) return fail(fault('mail-sent-once'))
  onChange()
  const attachment = { name: fileName, data: pdf }
  const outcome = await handOver(parts, ready.value, { ...receivers, messageId, subject, text, attachment })
  const kept = settle(store, id, outcome)
  store.audit.add({
    ...{ who, what: `quote ${outcomeWord[kept.state]}`, tenantId },
    after: { quote: found.value.source.quote.number, to: mail.to, subject, messageId },
  })
  onChange()
  return outcome.ok ? ok(kept) : outcome
}

const outcomeWord = {
  sending: 'being sent by mail',
  sent: 'sent by mail',
  failed: 'not sent by mail',
  unknown: 'perhaps sent by mail',
} as const

type Handed = Awaited<ReturnType<typeof sendMail>>

const handOver = ({ signal, timeoutMs }: SendingParts, now: MailServerNow, mail: Mail): Promise<Handed> =>
  sendMail(mail, { ...now, signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) })

function settle(store: Store, id: number, outcome: Handed): SentMail {
  const trouble: Fault | null = outcome.ok ? null : outcome.fault
  store.sentMails.end(id, {
    state: trouble === null ? 'sent' : trouble.code === 'mail-unknown' ? 'unknown' : 'failed',
    answer: outcome.ok ? outcome.value.answer : '',
    refused: outcome.ok ? outcome.value.refused : [],
    fault: trouble,
  })
  const kept = store.sentMails.get(id)
  if (!kept) throw new Error(`The mail ${id} was kept and is gone.`)
  return kept
}

/** A few words to an address. Faults: those of `ready` and of sendMail. */
export async function sendTest(
  parts: SendingParts,
  ready: Result<MailServerNow>,
  to: string,
): Promise<Result<{ readonly answer: string }>> {
  if (!ready.ok) return ready
  const done = await handOver(parts, ready.value, {
    ...{ messageId: newMessageId(ready.value.server), to: [to], cc: [], bcc: [], attachment: null },
    subject: 'Test mail of Commerce Integrator',
    text: 'This mail was sent to try the settings of the mail server. It arrived, so they work.\n',
  })
  return done.ok ? ok({ answer: done.value.answer }) : done
}
