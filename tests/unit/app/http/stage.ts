import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket, Server as TcpServer } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { createHttpClient, type HttpClientOptions } from '../../../../app/http/client.ts'
import type { Sleep } from '../../../../app/http/retry.ts'
import type { HttpCall, HttpClient, WaitNotice } from '../../../../app/http/types.ts'
import type { ExchangeDraft } from '../../../../app/model/exchange.ts'
import type { BudgetBook, Clock, ExchangeSink } from '../../../../app/model/ports.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A real server on a free port of this machine. */
export async function serve(handler: Handler): Promise<{
  url: string
  port: number
  requests: IncomingMessage[]
  sockets: Set<Socket>
  close(): Promise<void>
}> {
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, requests, sockets, close: () => shut(server, sockets) }
}

export function listen(server: TcpServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

export function shut(server: TcpServer, sockets: Iterable<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** A clock that stands still until somebody sleeps on it. */
export function standingClock(startMs = Date.UTC(2026, 4, 10, 12, 0, 0)): Clock & {
  set(ms: number): void
  readonly slept: number[]
  readonly sleep: Sleep
} {
  let now = startMs
  const slept: number[] = []
  return {
    now: () => now,
    set: (ms) => {
      now = ms
    },
    slept,
    sleep: async (ms, signal) => {
      await setImmediate()
      if (signal.aborted) return
      slept.push(ms)
      now += ms
    },
  }
}

/** A sink that keeps what it gets. */
export function keepingSink(): ExchangeSink & { readonly drafts: ExchangeDraft[] } {
  const drafts: ExchangeDraft[] = []
  return { drafts, save: (draft) => drafts.push(draft) }
}

/** A book that grants everything but what was blocked. */
export function openBook(used = { minute: 0, day: 0 }): BudgetBook & { readonly blocks: number[] } {
  const blocks: number[] = []
  return {
    blocks,
    take: (_, __, nowMs) => {
      const until = Math.max(0, ...blocks)
      return until > nowMs
        ? { isGranted: false, waitUntilMs: until, because: 'blocked' }
        : { isGranted: true }
    },
    block: (_, untilMs) => {
      blocks.push(untilMs)
    },
    usage: () => ({ ...used, blockedUntilMs: null }),
  }
}

export type Stage = {
  readonly client: HttpClient
  readonly clock: ReturnType<typeof standingClock>
  readonly sink: ReturnType<typeof keepingSink>
  readonly book: ReturnType<typeof openBook>
  readonly notices: WaitNotice[]
}

/** A client on a standing clock with nothing but this machine around it. */
export function stage(options: Partial<HttpClientOptions> = {}, used = { minute: 0, day: 0 }): Stage {
  const clock = standingClock()
  const sink = keepingSink()
  const book = openBook(used)
  const notices: WaitNotice[] = []
  const client = createHttpClient({
    clock,
    sink,
    book,
    network: { proxy: { mode: 'none' }, trustSystemStore: false, extraCaFiles: [] },
    random: () => 0.5,
    sleep: clock.sleep,
    onWait: (notice) => notices.push(notice),
    ...options,
  })
  return { client, clock, sink, book, notices }
}

export const limits = { perMinute: 60, perDay: 10_000, reserve: 0.1 }

export function call(url: string, more: Partial<HttpCall> = {}): HttpCall {
  return {
    method: 'GET',
    url,
    host: 'commerce',
    purpose: 'sync',
    tenantId: 1,
    runId: 2,
    secrets: [],
    ...more,
  }
}
