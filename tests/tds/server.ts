import { X509Certificate } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import {
  readBatch,
  readBulkLoad,
  readCall,
  readLogin,
  readTransaction,
  type TdsParameter,
  type TdsValue,
  type TransactionRequest,
} from './decode.ts'
import { cancelled, done, error, loginAck } from './encode.ts'

/** What stands behind the wire: answers are tokens (encode.ts). `hang`: nothing is answered, as by a server that is stuck. `drop`: the line goes dead. */
export type Answer = Buffer | 'hang' | 'drop'
export type TdsBackend = {
  login(given: { user: string; password: string; database: string }): Buffer | null
  batch(sql: string): Answer
  call(sql: string, parameters: readonly TdsParameter[]): Answer
  bulk(columns: readonly string[], rows: readonly (readonly TdsValue[])[]): Answer
  transaction(request: TransactionRequest): Answer
  /** The line is gone: what was open is rolled back. */
  left(): void
}

export type TdsServer = {
  readonly port: number
  readonly certificate: { readonly pem: string; readonly fingerprint: string }
  /** Ends every connection, as when the server is stopped. */
  dropAll(): void
  stop(): Promise<void>
  connections(): number
}

export type TdsOptions = {
  /** The name that the certificate is made for; default as SQL Server's own fallback. */
  readonly commonName?: string
  readonly port?: number
  /** False: says that it does not encrypt. */
  readonly canEncrypt?: boolean
}

/** A server that speaks just enough TDS over real TLS for an unchanged tedious to log in, ask, load and commit. It knows no SQL. */
export async function startTds(newBackend: () => TdsBackend, options: TdsOptions = {}): Promise<TdsServer> {
  const { commonName = 'SSL_Self_Signed_Fallback', port = 0, canEncrypt = true } = options
  const made = await certificateFor(commonName)
  const context = createSecureContext({ key: made.private, cert: made.cert })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // A client that goes away in the middle is nothing to a stub.
    socket.on('error', () => undefined)
    const backend = newBackend()
    socket.once('close', () => {
      sockets.delete(socket)
      backend.left()
    })
    serve(socket, backend, context, canEncrypt)
  })
  await listen(server, port)
  const address = server.address()
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    certificate: { pem: made.cert, fingerprint: fingerprintOf(made.cert) },
    dropAll,
    connections: () => sockets.size,
    stop: async () => {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      dropAll()
      await closed.promise
    },
  }
}

const certificates = new Map<string, ReturnType<typeof generate>>()
/** A key takes longer to make than all the rest of a test. */
function certificateFor(commonName: string): ReturnType<typeof generate> {
  const known =
    certificates.get(commonName) ?? generate([{ name: 'commonName', value: commonName }], { keySize: 2048 })
  certificates.set(commonName, known)
  return known
}

function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', () => resolve())
  return promise
}

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256

const types = {
  batch: 1,
  call: 3,
  answer: 4,
  attention: 6,
  bulk: 7,
  transaction: 14,
  login: 16,
  prelogin: 18,
}

/** Messages are cut into packets: type, status (1: the last), length, and four bytes that nobody minds. */
function packets(type: number, data: Buffer): Buffer {
  const size = 4000
  const parts: Buffer[] = []
  for (let at = 0; at === 0 || at < data.length; at += size) {
    const part = data.subarray(at, at + size)
    const head = Buffer.from([type, at + size >= data.length ? 1 : 0, 0, 0, 0, 0, 1, 0])
    head.writeUInt16BE(part.length + 8, 2)
    parts.push(head, part)
  }
  return Buffer.concat(parts)
}

/** Puts packets together to messages. */
function messagesOf(onMessage: (type: number, data: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let parts: Buffer[] = []
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 8 && rest.length >= rest.readUInt16BE(2)) {
      const length = rest.readUInt16BE(2)
      const [type, status] = [rest.readUInt8(0), rest.readUInt8(1)]
      parts.push(Buffer.from(rest.subarray(8, length)))
      rest = Buffer.from(rest.subarray(length))
      if ((status & 1) === 0) continue
      const data = Buffer.concat(parts)
      parts = []
      onMessage(type, data)
    }
  }
}

/** VERSION, ENCRYPTION and the end; encryption 1: on, 2: not supported. */
const preloginAnswer = (canEncrypt: boolean): Buffer =>
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, canEncrypt ? 1 : 2])

function serve(
  socket: Socket,
  backend: TdsBackend,
  context: ReturnType<typeof createSecureContext>,
  canEncrypt: boolean,
): void {
  let phase: 'prelogin' | 'handshake' | 'open' = 'prelogin'
  let inner: Duplex | null = null
  const answers = messagesOf((type, data) => {
    // A request that is called off has an answer of its own, before that of the call.
    if (type === types.attention && isHanging) respond(done())
    respond(answer(type, data, backend))
  })
  let clear: TLSSocket | null = null
  let isHanging = false
  const respond = (given: Answer): void => {
    isHanging = given === 'hang'
    if (given === 'drop') socket.destroy()
    else if (given !== 'hang') clear?.write(packets(types.answer, given))
  }
  const beforeTls = messagesOf((_, data) => {
    if (phase === 'prelogin') {
      phase = 'handshake'
      socket.write(packets(types.answer, preloginAnswer(canEncrypt)))
      ;[inner, clear] = tlsInside(socket, context, () => {
        phase = 'open'
      })
      clear.on('data', answers)
    } else inner?.push(data)
  })
  socket.on('data', (chunk: Buffer) => (phase === 'open' ? inner?.push(chunk) : beforeTls(chunk)))
}

/** TLS whose handshake travels in PRELOGIN messages, one a flight, and whose records then travel as they are. */
function tlsInside(
  socket: Socket,
  context: ReturnType<typeof createSecureContext>,
  onOpen: () => void,
): [Duplex, TLSSocket] {
  let isShaking = true
  let flight: Buffer[] = []
  const flush = (): void => {
    if (flight.length === 0) return
    socket.write(packets(types.prelogin, Buffer.concat(flight)))
    flight = []
    if (!isShaking) onOpen()
  }
  let isOpen = false
  const inner = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, next) => {
      if (isOpen) socket.write(chunk)
      else {
        flight.push(chunk)
        setImmediate(() => {
          flush()
          if (!isShaking) isOpen = true
        })
      }
      next()
    },
  })
  const clear = new TLSSocket(inner, { isServer: true, secureContext: context })
  clear.once('secure', () => {
    isShaking = false
  })
  clear.on('error', () => socket.destroy())
  return [inner, clear]
}

function answer(type: number, data: Buffer, backend: TdsBackend): Answer {
  switch (type) {
    case types.login:
      return backend.login(readLogin(data)) ?? Buffer.concat([loginAck(), done()])
    case types.batch:
      return backend.batch(readBatch(data))
    case types.call: {
      const { sql, parameters } = readCall(data)
      return backend.call(sql, parameters)
    }
    case types.bulk: {
      const { columns, rows } = readBulkLoad(data)
      return backend.bulk(columns, rows)
    }
    case types.transaction:
      return backend.transaction(readTransaction(data))
    case types.attention:
      return cancelled()
    default: {
      const trouble = error(50_000, `The stub knows no message of type ${type}.`)
      return Buffer.concat([trouble, done({ hasError: true })])
    }
  }
}
