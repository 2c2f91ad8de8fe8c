import { Readable } from 'node:stream'
import type SmtpConnection from 'nodemailer/lib/smtp-connection'
import type { Network } from '../../app/http/network.ts'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { MailServer } from '../../app/model/mail/server.ts'
import { openLine } from './line.ts'
import { mailFaultOf } from './mail-fault.ts'

/** A mail as it goes out. Addresses are bare; everything was checked before. */
export type Mail = {
  readonly messageId: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly subject: string
  readonly text: string
  readonly attachment: { readonly name: string; readonly data: Uint8Array } | null
}

/** `refused`: receivers that the server did not take, while it took others. */
export type Delivered = { readonly answer: string; readonly refused: readonly string[] }

export type SmtpOptions = {
  readonly server: MailServer
  /** null: the server asks for no login. */
  readonly password: string | null
  readonly network: Network
  readonly signal: AbortSignal
  /** For each step: opening, greeting, an answer. Default 30 seconds; the answer to a whole mail may take ten times as long (RFC 5321 §4.5.3.2.6). */
  readonly timeoutMs?: number
}

/**
 * Hands a mail to the server, once. Faults: those of mail-fault.ts, of which none but mail-unknown leaves it open whether the mail went out; tls-untrusted
 * and its kin name the issuer that was seen.
 */
export async function sendMail(mail: Mail, options: SmtpOptions): Promise<Result<Delivered>> {
  const { server } = options
  let isHandedOver = false
  let connection: SmtpConnection | null = null
  try {
    const message = await compose(mail, server)
    connection = await signedIn(options)
    const pieces = Readable.from(inPieces(message.bytes))
    // The closing dot follows the last piece: before it, no server may deliver.
    pieces.once('end', () => {
      isHandedOver = true
    })
    return ok(await hand(connection, message.envelope, pieces))
  } catch (error) {
    const found = isRefusal(error) ? error.found : mailFaultOf(error, server)
    const isAnswered = error instanceof Error && 'responseCode' in error
    if (!isHandedOver || isAnswered) return fail(found)
    const { host } = server
    return fail(fault('mail-unknown', { facts: { host }, ...(found.raw ? { raw: found.raw } : {}) }))
  } finally {
    if (connection) part(connection)
  }
}

/** Says goodbye; a server that does not answer it is not waited for. */
function part(connection: SmtpConnection): void {
  connection.quit()
  setTimeout(() => connection.close(), 5_000).unref()
}

/** A fault found between the steps, on its way out of them. */
class Refusal extends Error {
  readonly found: ReturnType<typeof fault>
  constructor(found: ReturnType<typeof fault>) {
    super(found.code)
    this.found = found
  }
}
const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal

type Envelope = { from: string; to: string[]; size: number }
type Composed = { readonly bytes: Buffer; readonly envelope: Envelope }

/** The whole mail as it goes over the line, and to whom; domains in other alphabets as name servers know them. */
async function compose(mail: Mail, server: MailServer): Promise<Composed> {
  const { fromName, fromAddress, replyTo } = server
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const { attachment } = mail
  const composer = new MailComposer({
    messageId: mail.messageId,
    from: { name: fromName, address: fromAddress },
    ...(replyTo === '' ? {} : { replyTo }),
    to: [...mail.to],
    cc: [...mail.cc],
    // No head names it: the composer leaves it out.
    bcc: [...mail.bcc],
    subject: mail.subject,
    text: mail.text,
    attachments: attachment
      ? [{ filename: attachment.name, content: Buffer.from(attachment.data), contentType: 'application/pdf' }]
      : [],
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  const whole = composer.compile()
  const bytes = await whole.build()
  const { from, to } = whole.getEnvelope()
  return { bytes, envelope: { from: from || fromAddress, to, size: bytes.length } }
}

async function signedIn({ server, password, network, signal, timeoutMs = 30_000 }: SmtpOptions) {
  const { host, port, user } = server
  if (user !== '' && password === null)
    throw new Refusal(fault('secret-lost', { facts: { name: 'mail-password' } }))
  const line = await openLine(server, { network, timeoutMs, signal })
  const breakOff = (): void => void line.destroy()
  signal.addEventListener('abort', breakOff)
  line.once('close', () => signal.removeEventListener('abort', breakOff))
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const isSecure = server.security !== 'none'
  const connection = new Connection({
    ...{ host, port, connection: line, secure: isSecure, secured: isSecure, ignoreTLS: true, logger: false },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs * 10 },
  })
  // An error is told to whoever waits (below); unheard it would end the process.
  connection.on('error', () => connection.close())
  await told<void>(connection, (done) => connection.connect((error) => done(error)))
  if (user === '' || password === null) return connection
  if (!connection.allowsAuth) {
    connection.close()
    throw new Refusal(fault('mail-login-not-offered', { facts: { host, port } }))
  }
  await told<void>(connection, (done) => connection.login({ user, pass: password }, (error) => done(error)))
  return connection
}

/** What a call answers, or the error that ends the connection meanwhile. */
function told<T>(
  connection: SmtpConnection,
  ask: (done: (error?: Error | null, value?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error)
    connection.once('error', failed)
    ask((error, value) => {
      connection.off('error', failed)
      if (error) reject(error)
      else resolve(value)
    })
  })
}

async function hand(connection: SmtpConnection, envelope: Envelope, message: Readable): Promise<Delivered> {
  type Info = { readonly response: string; readonly rejected: readonly string[] }
  const info = await told<Info>(connection, (done) =>
    connection.send(envelope, message, (error, found) =>
      done(error, found && { response: found.response, rejected: found.rejected }),
    ),
  )
  return { answer: info?.response ?? '', refused: info?.rejected ?? [] }
}

const pieceBytes = 16_384
function* inPieces(message: Buffer): Generator<Buffer> {
  for (let at = 0; at < message.length; at += pieceBytes) yield message.subarray(at, at + pieceBytes)
}
