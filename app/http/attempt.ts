import { performance } from 'node:perf_hooks'
import type { Dispatcher } from 'undici'
import type { ExchangeConnection } from '../model/exchange.ts'
import { fault } from '../model/fault.ts'
import type { Line } from './agent.ts'
import type { ConnectTimes } from './connect.ts'
import { Stopped } from './fault-of.ts'
import type { HttpCall } from './types.ts'

/** What one try brought, good or bad. */
export type Attempt = {
  /** 0 when no answer began. */
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** Bytes as they came, still compressed; what had come when it broke. */
  readonly body: Buffer
  /** null when the answer came whole. */
  readonly error: unknown
  /** What opening the connection took; null on a reused one. */
  readonly opened: ConnectTimes | null
  readonly connection: ExchangeConnection | null
  readonly waitMs: number | null
  readonly receiveMs: number | null
  readonly totalMs: number
}

type AttemptOptions = {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly maxBytes: number
}

type Dispatch = (request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => void

/** Sends one request once. Never rejects: what went wrong is `error`. */
export function attempt(
  dispatch: Dispatch,
  call: HttpCall,
  headers: Record<string, string>,
  options: AttemptOptions,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const url = new URL(call.url)
    const taken = new AttemptHandler(call, options, resolve)
    const body = call.body === undefined ? null : call.body
    const { origin, pathname, search } = url
    dispatch({ origin, path: `${pathname}${search}`, method: call.method, headers, body }, taken)
  })
}

class AttemptHandler implements Dispatcher.DispatchHandler {
  line?: Line
  #controller: Dispatcher.DispatchController | null = null
  #status = 0
  #headers: readonly (readonly [string, string])[] = []
  #chunks: Buffer[] = []
  #bytes = 0
  #opened: ConnectTimes | null = null
  #connection: ExchangeConnection | null = null
  readonly #begunAt = performance.now()
  #sentAt: number | null = null
  #answeredAt: number | null = null
  #endedAt: number | null = null
  #isDone = false
  readonly #timer: NodeJS.Timeout
  readonly #options: AttemptOptions
  readonly #resolve: (attempt: Attempt) => void
  readonly #stop = () => this.#end(new Stopped(fault('cancelled')))

  constructor(call: HttpCall, options: AttemptOptions, resolve: (attempt: Attempt) => void) {
    this.#options = options
    this.#resolve = resolve
    const facts = { host: new URL(call.url).hostname, seconds: options.timeoutMs / 1000 }
    this.#timer = setTimeout(() => this.#end(new Stopped(fault('timeout', { facts }))), options.timeoutMs)
    options.signal.addEventListener('abort', this.#stop)
    if (options.signal.aborted) this.#stop()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The wait for a connection was given up before it came about.
    if (this.#isDone) {
      controller.abort(new Stopped(fault('cancelled')))
      return
    }
    this.#controller = controller
    this.#takeLine()
    this.#sentAt = performance.now()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    this.#answeredAt = performance.now()
    // 1xx come before the answer itself.
    if (status < 200) return
    this.#status = status
    this.#headers = pairs(controller.rawHeaders)
    const announced = this.#headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
    if (Number(announced) > this.#options.maxBytes) this.#end(tooBig(this.#options.maxBytes))
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isDone) return
    this.#bytes += chunk.length
    if (this.#bytes > this.#options.maxBytes) this.#end(tooBig(this.#options.maxBytes))
    else this.#chunks.push(chunk)
  }

  /**
   * The end is told after undici has freed the connection (it does so in an immediate that it queues behind this call): told at once, the caller's
   * next request would find the connection busy and open another.
   */
  onResponseEnd(): void {
    this.#endedAt = performance.now()
    queueMicrotask(() => setImmediate(() => this.#end(null)))
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#takeLine()
    this.#end(error)
  }

  #takeLine(): void {
    const line = this.line
    if (!line?.opening) return
    this.#connection = line.opening.connection
    if (line.isFresh) this.#opened = line.opening.times
    line.isFresh = false
  }

  #end(error: Error | null): void {
    if (this.#isDone) return
    this.#isDone = true
    clearTimeout(this.#timer)
    this.#options.signal.removeEventListener('abort', this.#stop)
    const endedAt = this.#endedAt ?? performance.now()
    const [first, second] = this.#chunks
    this.#resolve({
      status: this.#status,
      headers: this.#headers,
      body: first && !second ? first : Buffer.concat(this.#chunks),
      error,
      opened: this.#opened,
      connection: this.#connection,
      waitMs: this.#sentAt === null ? null : (this.#answeredAt ?? endedAt) - this.#sentAt,
      receiveMs: this.#answeredAt === null ? null : endedAt - this.#answeredAt,
      totalMs: endedAt - this.#begunAt,
    })
    if (error) this.#controller?.abort(error)
  }
}

/** An answer larger than the cap; the rest of it is not read. */
export function tooBig(maxBytes: number): Stopped {
  return new Stopped(fault('answer-too-big', { facts: { limitBytes: maxBytes } }))
}

function pairs(raw: Dispatcher.DispatchController['rawHeaders']): readonly (readonly [string, string])[] {
  if (!Array.isArray(raw)) return []
  const texts = raw.map((part) => part.toString('utf8'))
  return Array.from({ length: texts.length >> 1 }, (_, at) => [texts[2 * at] ?? '', texts[2 * at + 1] ?? ''])
}
