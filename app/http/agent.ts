import { Agent, Client, type Dispatcher, Pool } from 'undici'
import { newOpening, type Opening, openConnection } from './connect.ts'
import type { Network } from './network.ts'

/** A handler that wants to know what opening its connection took. */
type TimedHandler = Dispatcher.DispatchHandler & { line?: Line }

/** One connection's story: its opening, whose times belong to the first request on it alone. */
export type Line = { opening: Opening | null; isFresh: boolean }

type AgentOptions = {
  readonly network: Network
  readonly connectMs: number
  readonly headersMs: number
  readonly bodyMs: number
  readonly connections: number
}

/** undici's agent over connections of ours. `close` ends every connection, also those that are being opened. */
export function createAgent(options: AgentOptions): {
  dispatch(request: Dispatcher.DispatchOptions, handler: TimedHandler): void
  close(): Promise<void>
} {
  const closing = new AbortController()
  const agent = new Agent({
    factory: (origin) =>
      new Pool(origin, {
        connections: options.connections,
        factory: (address) => tracedClient(address, options, closing.signal),
      }),
  })
  return {
    dispatch: (request, handler) => {
      agent.dispatch(request, handler)
    },
    close: async () => {
      closing.abort()
      await agent.destroy()
    },
  }
}

function tracedClient(origin: URL, options: AgentOptions, signal: AbortSignal): Client {
  const line: Line = { opening: null, isFresh: false }
  const isSecure = origin.protocol === 'https:'
  return new TracedClient(line, origin, {
    headersTimeout: options.headersMs,
    bodyTimeout: options.bodyMs,
    pipelining: 1,
    connect: ({ hostname, port }, callback) => {
      const opening = newOpening()
      line.opening = opening
      line.isFresh = true
      const target = { host: hostname, port: Number(port) || (isSecure ? 443 : 80), isSecure }
      const asked = { network: options.network, timeoutMs: options.connectMs, signal }
      openConnection(target, asked, opening).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      )
    },
  })
}

/** A Client that tells its handlers which line they are on; undici itself does not say. */
class TracedClient extends Client {
  readonly #line: Line
  constructor(line: Line, origin: URL, options: Client.Options) {
    super(origin, options)
    this.#line = line
  }
  override dispatch(options: Dispatcher.DispatchOptions, handler: TimedHandler): boolean {
    handler.line = this.#line
    return super.dispatch(options, handler)
  }
}
