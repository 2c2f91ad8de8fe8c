import { createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { listen, shut } from '../unit/app/http/stage.ts'

/** What a mail server got: its envelope, and the mail as it came over the line. */
export type Received = {
  readonly from: string
  readonly to: readonly string[]
  readonly mail: string
  readonly isSecure: boolean
  readonly user: string | null
}

export type SmtpRules = {
  /** From the first byte, when asked for, or never. */
  readonly tls: 'first' | 'starttls' | 'never'
  readonly certificate?: { readonly cert: string; readonly key: string }
  readonly login?: { readonly user: string; readonly password: string }
  /** Answers instead of the usual ones, by the beginning of what was said: `{ 'RCPT TO:<bad@': '550 5.1.1 no such user' }`. '' hangs up. */
  readonly answers?: Readonly<Record<string, string>>
  /** Of the whole mail, after its closing dot: another answer, or '' to hang up without one. */
  readonly afterMail?: string
  /** Hangs up in the middle of the mail. */
  readonly cutsMail?: boolean
  readonly extensions?: readonly string[]
  /** Words that follow the answer to STARTTLS in the clear, as somebody in between would slip them in. */
  readonly slippedIn?: string
  readonly greeting?: string
  /** Says nothing at all. */
  readonly isSilent?: boolean
}

export type SmtpServer = {
  readonly port: number
  readonly received: readonly Received[]
  /** Everything said by those who came, but for mails. */
  readonly heard: readonly string[]
  close(): Promise<void>
}

/** A small mail server on a free port of this machine: enough of RFC 5321, 3207 and 4954 to be sent to, with faults as they are asked for. */
export async function serveSmtp(rules: SmtpRules): Promise<SmtpServer> {
  const received: Received[] = []
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    if (rules.isSilent) return
    const line = rules.tls === 'first' ? secured(socket, rules) : socket
    talk(line, rules, { received, heard, greets: true })
  })
  const port = await listen(server)
  return { port, received, heard, close: () => shut(server, sockets) }
}

function secured(socket: Socket, { certificate }: SmtpRules): TLSSocket {
  const line = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(certificate) })
  line.on('error', () => line.destroy())
  return line
}

type Books = { readonly received: Received[]; readonly heard: string[]; readonly greets: boolean }
type State = { from: string; to: string[]; user: string | null; mail: string | null; secret: boolean }

function talk(line: Socket, rules: SmtpRules, books: Books): void {
  const state: State = { from: '', to: [], user: null, mail: null, secret: false }
  const isSecure = line instanceof TLSSocket
  let rest = ''
  const say = (answer: string): void => {
    if (answer === '') line.destroy()
    else line.write(`${answer}\r\n`)
  }
  if (books.greets) say(rules.greeting ?? '220 mail.example ESMTP')
  const onData = (chunk: Buffer): void => {
    rest += chunk.toString('latin1')
    if (state.mail !== null && rules.cutsMail) {
      line.destroy()
      return
    }
    for (let at = rest.indexOf('\r\n'); at >= 0; at = rest.indexOf('\r\n')) {
      const said = rest.slice(0, at)
      rest = rest.slice(at + 2)
      if (state.mail !== null) takeMail(said)
      else if (said === 'STARTTLS' && offersTls()) {
        upgrade()
        return
      } else answer(said)
    }
  }
  const offersTls = (): boolean => rules.tls === 'starttls' && !isSecure
  const upgrade = (): void => {
    books.heard.push('STARTTLS')
    const other = rules.answers?.STARTTLS
    if (other !== undefined) {
      say(other)
      return
    }
    line.write(`220 go ahead\r\n${rules.slippedIn ?? ''}`)
    line.off('data', onData)
    talk(secured(line, rules), rules, { ...books, greets: false })
  }
  const takeMail = (said: string): void => {
    if (said !== '.') {
      state.mail += `${said.startsWith('.') ? said.slice(1) : said}\r\n`
      return
    }
    const { from, to, mail, user } = state
    if (rules.afterMail === undefined || rules.afterMail === '')
      books.received.push({ from, to: [...to], mail: mail ?? '', isSecure, user })
    state.mail = null
    say(rules.afterMail ?? '250 2.0.0 taken as ABC123')
  }
  const answer = (said: string): void => {
    books.heard.push(said)
    const own = Object.entries(rules.answers ?? {}).find(([begin]) => said.startsWith(begin))
    say(own ? own[1] : usual(said, state, rules, isSecure))
  }
  line.on('data', onData)
}

function usual(said: string, state: State, rules: SmtpRules, isSecure: boolean): string {
  if (state.secret) {
    state.secret = false
    return signIn(said, state, rules)
  }
  if (said.startsWith('EHLO')) {
    const lines = ['mail.example', ...(rules.extensions ?? ['SIZE 20000000', '8BITMIME'])]
    if (rules.tls === 'starttls' && !isSecure) lines.push('STARTTLS')
    if (rules.login && (isSecure || rules.tls === 'never')) lines.push('AUTH PLAIN')
    return lines.map((line, at) => `250${at === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n')
  }
  if (said.startsWith('AUTH PLAIN ')) return signIn(said.slice(11), state, rules)
  if (said.startsWith('MAIL FROM:')) {
    state.from = /<([^>]*)>/.exec(said)?.[1] ?? ''
    return '250 2.1.0 ok'
  }
  if (said.startsWith('RCPT TO:')) {
    state.to.push(/<([^>]*)>/.exec(said)?.[1] ?? '')
    return '250 2.1.5 ok'
  }
  if (said === 'DATA') {
    state.mail = ''
    return '354 go on'
  }
  return said === 'QUIT' ? '221 2.0.0 goodbye' : '500 5.5.1 not understood'
}

function signIn(said: string, state: State, { login }: SmtpRules): string {
  const [, user = '', password = ''] = Buffer.from(said, 'base64').toString('utf8').split('\0')
  if (!login || user !== login.user || password !== login.password)
    return '535 5.7.8 Authentication credentials invalid'
  state.user = user
  return '235 2.7.0 welcome'
}
