import type { Socket } from 'node:net'
import { newOpening, type OpenOptions, openTcp, openTls } from '../../app/http/connect.ts'
import { ConnectTrouble } from '../../app/http/fault-of.ts'
import { fault } from '../../app/model/fault.ts'
import type { MailServer } from '../../app/model/mail/server.ts'

type Place = Pick<MailServer, 'host' | 'port' | 'security'>

/**
 * An open line to a mail server on which the greeting comes next, encrypted as the settings say; the certificate is judged as everywhere else, before
 * a password goes out. Straight to the server: proxies are for the web. Rejects with ConnectTrouble only.
 */
export async function openLine(place: Place, options: OpenOptions): Promise<Socket> {
  const { host, port, security } = place
  const open = { ...options, protocols: [] }
  const tcp = await openTcp(host, port, open, newOpening())
  if (security === 'none') return tcp
  if (security === 'starttls') await askForTls(tcp, place, options)
  const line = await openTls(tcp, host, open, newOpening())
  // The greeting came before the encryption; whoever takes over waits for one (RFC 3207 has the session begin anew).
  if (security === 'starttls') line.unshift('220 ready\r\n')
  return line
}

async function askForTls(tcp: Socket, place: Place, options: OpenOptions): Promise<void> {
  const { host, port } = place
  const facts = { host, port }
  const talk = hear(tcp, place, options)
  try {
    const greeting = await talk.next()
    if (greeting.code !== 220) throw new ConnectTrouble(refusalOf(greeting, facts))
    tcp.write('EHLO [127.0.0.1]\r\n')
    const hello = await talk.next()
    const isOffered = hello.code === 250 && /^250[ -]STARTTLS\s*$/im.test(hello.text)
    if (!isOffered) throw new ConnectTrouble(fault('mail-no-starttls', { facts, raw: hello.text }))
    tcp.write('STARTTLS\r\n')
    const answer = await talk.next()
    if (answer.code !== 220) throw new ConnectTrouble(fault('mail-no-starttls', { facts, raw: answer.text }))
    // What came along before the encryption could be anybody's (RFC 3207 §6).
    if (talk.rest() !== '') throw new ConnectTrouble(fault('mail-not-smtp', { facts }))
  } catch (error) {
    tcp.destroy()
    throw error
  } finally {
    talk.end()
  }
}

type Reply = { readonly code: number; readonly text: string }

const refusalOf = ({ code, text }: Reply, facts: { host: string; port: number }) =>
  fault(code >= 400 && code < 500 ? 'mail-later' : 'mail-refused', { facts, raw: text })

const replyLimit = 65_536
/** All lines of a reply but the last have a hyphen behind the code (RFC 5321 §4.2.1). */
const wholeReply = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\r?\n/
const likeReply = /^(\d{0,3}|\d{3}[ -][\s\S]*|\d{3}\r?\n[\s\S]*)$/

/** The replies of a server, one by one. `next` rejects with ConnectTrouble when none comes, or what comes is none. */
function hear(socket: Socket, { host, port }: Place, { timeoutMs, signal }: OpenOptions) {
  const facts = { host, port }
  let heard = ''
  let isOver = false
  let wake: (() => void) | null = null
  const onData = (chunk: Buffer): void => {
    heard += chunk.toString('latin1')
    wake?.()
  }
  const onEnd = (): void => {
    isOver = true
    wake?.()
  }
  socket.on('data', onData).once('close', onEnd)
  signal.addEventListener('abort', onEnd)
  const taken = (): Reply | null => {
    const found = wholeReply.exec(heard)
    if (found) {
      heard = heard.slice(found[0].length)
      return { code: Number(found[1]), text: found[0].trim() }
    }
    if (heard.length > replyLimit || !likeReply.test(heard)) {
      throw new ConnectTrouble(fault('mail-not-smtp', { facts, raw: heard.slice(0, 300) }))
    }
    if (isOver) throw new ConnectTrouble(fault(signal.aborted ? 'cancelled' : 'connection-lost', { facts }))
    return null
  }
  const until = (endsAt: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = new ConnectTrouble(fault('timeout', { facts: { ...facts, seconds: timeoutMs / 1000 } }))
      const timer = setTimeout(() => reject(late), Math.max(endsAt - Date.now(), 0))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    next: async (): Promise<Reply> => {
      const endsAt = Date.now() + timeoutMs
      for (;;) {
        const reply = taken()
        if (reply) return reply
        await until(endsAt)
      }
    },
    rest: (): string => heard,
    end: (): void => {
      socket.off('data', onData).off('close', onEnd)
      signal.removeEventListener('abort', onEnd)
    },
  }
}
