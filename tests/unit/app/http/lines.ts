import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { generate } from 'selfsigned'
import { listen, shut } from './stage.ts'

const day = 86_400_000

/** A certificate authority made for one test run. */
export async function makeAuthority(): Promise<{ cert: string; key: string }> {
  const made = await generate(
    [
      { name: 'commonName', value: 'Corporate Inspection CA' },
      { name: 'organizationName', value: 'Example Works' },
    ],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  )
  return { cert: made.cert, key: made.private }
}

/** A certificate for a name; signed by the authority, else by itself. `days`: from when to when, counted from now. */
export async function makeCertificate(
  name: string,
  authority?: { cert: string; key: string },
  days: [number, number] = [-1, 30],
): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() + days[0] * day),
    notAfterDate: new Date(Date.now() + days[1] * day),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
    ...(authority ? { ca: authority } : {}),
  })
  return { cert: made.cert, key: made.private }
}

function watched(server: Server): { sockets: Set<Duplex>; close: () => Promise<void> } {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  return { sockets, close: () => shut(server, sockets) }
}

/** An https server on a free port. */
export async function serveTls(pair: ServerOptions, handler: RequestListener) {
  const server = createHttpsServer(pair, handler)
  server.on('tlsClientError', (_, socket) => socket.destroy())
  const rest = watched(server)
  return { port: await listen(server), ...rest }
}

export type ProxyRules = {
  /** "user:password" that it asks for. */
  readonly login?: string
  /** Status with which it refuses every tunnel. */
  readonly refuseWith?: number
  /** Instead of an answer. */
  readonly say?: (socket: Duplex) => void
  /** Speaks TLS itself. */
  readonly pair?: { cert: string; key: string }
}

/** A CONNECT proxy on a free port, which finds every name on this machine. */
export async function serveProxy(rules: ProxyRules = {}) {
  const asked: { target: string; login: string | undefined }[] = []
  const server: Server = rules.pair ? createHttpsServer(rules.pair) : createHttpServer()
  const rest = watched(server)
  server.on('connect', (request, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    const login = request.headers['proxy-authorization']
    asked.push({ target: request.url ?? '', login })
    if (rules.say) {
      socket.resume().on('end', () => socket.destroy())
      return rules.say(socket)
    }
    if (rules.refuseWith) return socket.end(`HTTP/1.1 ${rules.refuseWith} No Way\r\n\r\n`)
    const expected = rules.login && `Basic ${Buffer.from(rules.login).toString('base64')}`
    if (expected && login !== expected) {
      return socket.end(
        'HTTP/1.1 407 Who Are You\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
      )
    }
    const onward = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
  })
  return { port: await listen(server), asked, ...rest }
}
