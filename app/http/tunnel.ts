import type { Socket } from 'node:net'
import { fault } from '../model/fault.ts'
import { ConnectTrouble, faultOfError } from './fault-of.ts'
import type { ProxyWay } from './network.ts'

type Tunnelled = { readonly host: string; readonly port: number }
type Watch = { readonly timeoutMs: number; readonly signal: AbortSignal }

/** A proxy's answer head beyond this is no answer. */
const longestHead = 16_384

/**
 * Asks the proxy at the other end of `line` for a tunnel to the target (CONNECT, RFC 9110 §9.3.6) and resolves with the line itself, now leading to
 * the target. Rejects with ConnectTrouble: proxy-login (407), proxy-failed (any other refusal, no HTTP, a closed line), timeout, cancelled.
 */
export function openTunnel(line: Socket, proxy: ProxyWay, target: Tunnelled, watch: Watch): Promise<Socket> {
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const finish = () => {
      clearTimeout(timer)
      watch.signal.removeEventListener('abort', abort)
      line.off('data', read).off('error', failed).off('close', closed)
    }
    const giveUp = (trouble: ConnectTrouble) => {
      finish()
      // The trouble is told; a late error of the same line must not end the process.
      line.on('error', () => line.destroy())
      line.destroy()
      reject(trouble)
    }
    const read = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0 && head.length <= longestHead) return
      const trouble = judge(head.subarray(0, end < 0 ? 0 : end).toString('latin1'), proxy, authority)
      if (trouble) return giveUp(trouble)
      finish()
      line.pause()
      if (head.length > end + 4) line.unshift(head.subarray(end + 4))
      resolve(line)
    }
    const failed = (error: Error) => giveUp(failure(proxy, faultOfError(error, proxy.url.hostname).raw ?? ''))
    const closed = () => giveUp(failure(proxy, 'The proxy closed the connection.'))
    const abort = () => giveUp(new ConnectTrouble(fault('cancelled')))
    const late = () => giveUp(failure(proxy, `No answer within ${watch.timeoutMs / 1000} s.`))
    const timer = setTimeout(late, watch.timeoutMs)
    watch.signal.addEventListener('abort', abort)
    line.on('data', read).once('error', failed).once('close', closed)
    line.write(request(authority, proxy))
    if (watch.signal.aborted) abort()
  })
}

function request(authority: string, proxy: ProxyWay): string {
  const login = proxy.authorization ? `Proxy-Authorization: ${proxy.authorization}\r\n` : ''
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Connection: keep-alive\r\n${login}\r\n`
}

function judge(head: string, proxy: ProxyWay, authority: string): ConnectTrouble | null {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0)
  if (status >= 200 && status < 300) return null
  const first = head.split('\r\n', 1)[0] ?? ''
  const facts = { proxy: proxy.url.host, target: authority, status }
  if (status !== 407) return new ConnectTrouble(fault('proxy-failed', { facts, raw: first }))
  const schemes = /^proxy-authenticate:\s*(.+)$/im.exec(head)?.[1]?.trim()
  return new ConnectTrouble(
    fault('proxy-login', { facts: { ...facts, ...(schemes ? { schemes } : {}) }, raw: first }),
  )
}

function failure(proxy: ProxyWay, raw: string): ConnectTrouble {
  return new ConnectTrouble(fault('proxy-failed', { facts: { proxy: proxy.url.host }, raw }))
}
