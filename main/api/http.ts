import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { lifeHeader } from '../door-seal.ts'
import type { Handler } from './handler.ts'
import { type SealedDoor, sealedDoor } from './sealed-door.ts'
import { textAnswer } from './text-answer.ts'

type HttpDoor = {
  readonly handler: Handler
  /** 0: any free port. */
  readonly port: number
  /** At least 128 random bits as URL-safe text. The same token after a restart keeps open windows signed in. */
  readonly token: string
}

export type HttpHost = {
  /** Where a person goes: carries the token, which the first answer turns into a cookie. A secret: for the console and the desktop alone. */
  readonly address: string
  /** The same place without the token. */
  readonly origin: string
  readonly port: number
  /** Answers what is waiting, closes every connection (within 2 s), frees the port. */
  stop(): Promise<void>
}

/** JSON bodies only; a file to import goes by its path, never through here. */
const bodyLimit = 1_000_000
const graceMs = 2_000

/**
 * Serves the handler on 127.0.0.1 alone. Whoever comes must know the token (once, in the address) or have the cookie made of it;
 * the Host must be our own name (DNS rebinding), and what changes something must come from our own page (Origin). No CORS.
 * A port that cannot be had is the fault `port-in-use` with `facts.port`.
 */
export async function serveHttp({ handler, port, token }: HttpDoor): Promise<Result<HttpHost>> {
  const stopping = new AbortController()
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 })
  server.listen({ host: '127.0.0.1', port, exclusive: true })
  const trouble = await listening(server)
  if (trouble) return fail(fault('port-in-use', { facts: { port }, raw: trouble }))

  const taken = portOf(server)
  const gate = { port: taken, origin: `http://127.0.0.1:${taken}`, token, cookie: cookieOf(token, taken) }
  const sealed = sealedDoor(token, gate.origin, handler)
  server.on('request', (request, response) => {
    void serve({ gate, handler, sealed, stopping: stopping.signal }, request, response)
  })
  return ok({
    address: `${gate.origin}/?token=${token}`,
    origin: gate.origin,
    port: taken,
    stop: () => stop(server, stopping),
  })
}

type Gate = {
  readonly port: number
  readonly origin: string
  readonly token: string
  readonly cookie: { readonly name: string; readonly value: string }
}
type Serving = {
  readonly gate: Gate
  readonly handler: Handler
  readonly sealed: SealedDoor
  readonly stopping: AbortSignal
}

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const answer = await answerTo(serving, request, AbortSignal.any([gone.signal, serving.stopping]))
  if (serving.stopping.aborted) answer.headers.set('connection', 'close')
  try {
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    if (answer.body) await pipeline(Readable.fromWeb(answer.body), response)
    else response.end()
  } catch (error) {
    // The other side hung up in the middle: there is nobody left to tell.
    if (!gone.signal.aborted) throw error
  }
}

async function answerTo(
  { gate, handler, sealed }: Serving,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> {
  if (sealed.isFor(request.url ?? '') && isOurHost(gate, request.headers.host))
    return throughSeal(sealed, request, signal)
  const refused = refusal(gate, request)
  if (refused) return refused
  const url = new URL(gate.origin + (request.url ?? '/'))
  const body = request.method === 'POST' ? await readBody(request) : undefined
  if (body === null) return tooMuch()
  const headers = new Headers()
  for (const name of ['accept', 'content-type', 'trpc-accept']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return handler(
    new Request(url, {
      method: request.method ?? 'GET',
      headers,
      signal,
      ...(body ? { body } : {}),
    }),
  )
}

/** For our own programs, which need no cookie: what they seal proves who they are. */
async function throughSeal(
  sealed: SealedDoor,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> {
  const body = request.method === 'POST' ? await readBody(request) : null
  if (body === null && request.method === 'POST') return tooMuch()
  const life = request.headers[lifeHeader]
  return sealed.answer(body, typeof life === 'string' ? life : undefined, signal)
}

const tooMuch = (): Response =>
  textAnswer(413, `At most ${bodyLimit} bytes are taken here.`, { connection: 'close' })

/** Why this request is not let in, or null. Order matters: whoever fails the first checks learns nothing about the later ones. */
function refusal(gate: Gate, request: IncomingMessage): Response | null {
  const { method = '', url = '' } = request
  if (!isOurHost(gate, request.headers.host)) return textAnswer(421, 'This name is not served here.')
  if (!['GET', 'HEAD', 'POST'].includes(method)) {
    return textAnswer(405, 'Only GET, HEAD and POST are answered here.', { allow: 'GET, HEAD, POST' })
  }
  if (!url.startsWith('/')) return textAnswer(400, 'The address must be a path.')
  const entered = enteredWith(gate, request)
  if (entered) return entered
  if (!isSame(cookieIn(request, gate.cookie.name), gate.cookie.value)) {
    return textAnswer(
      401,
      'Please open the address that the program printed when it started. It carries the token that lets you in.',
    )
  }
  if (!isOurPage(gate, request)) return textAnswer(403, 'Requests from other pages are not answered here.')
  if (method === 'POST' && !request.headers['content-type']?.startsWith('application/json')) {
    return textAnswer(415, 'The body must be JSON.')
  }
  return null
}

/** The first visit: the token in the address is changed for a cookie, and the address is cleaned by a redirect. */
function enteredWith(gate: Gate, request: IncomingMessage): Response | null {
  if (request.method !== 'GET') return null
  const url = new URL(gate.origin + request.url)
  const token = url.searchParams.get('token')
  if (token === null || !isSame(token, gate.token)) return null
  url.searchParams.delete('token')
  return new Response(null, {
    status: 303,
    headers: {
      location: url.pathname + url.search,
      'set-cookie': `${gate.cookie.name}=${gate.cookie.value}; Path=/; HttpOnly; SameSite=Strict`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  })
}

function isOurHost(gate: Gate, host: string | undefined): boolean {
  return host === `127.0.0.1:${gate.port}` || host === `localhost:${gate.port}`
}

/** A browser tells where a request comes from; a navigation may come from anywhere, all else only from our own page. */
function isOurPage(gate: Gate, request: IncomingMessage): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  const isRead = request.method !== 'POST'
  if (origin === undefined ? !isRead : !isOurHost(gate, origin.replace(/^http:\/\//, ''))) return false
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return isRead && mode === 'navigate'
}

/** Cookies are shared by all ports of a host, so the name carries ours. The value is made of the token, so it outlives a restart with the same one. */
function cookieOf(token: string, port: number): { name: string; value: string } {
  return {
    name: `commerce_integrator_${port}`,
    value: createHmac('sha256', token).update('session cookie').digest('base64url'),
  }
}

function cookieIn(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

/** Compares without telling by its duration how much was right; hashing first makes both the same length. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}

/** The whole body, or null when it is past the limit. */
async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return null
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > bodyLimit) return null
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

async function listening(server: Server): Promise<string | null> {
  try {
    await once(server, 'listening')
    return null
  } catch (error) {
    if (error instanceof Error && 'code' in error && portCodes.includes(String(error.code)))
      return error.message
    throw error
  }
}
/** EACCES: a port below 1024, or one that Windows keeps for itself. */
const portCodes = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL']

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function stop(server: Server, stopping: AbortController): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  stopping.abort()
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(force)
}
