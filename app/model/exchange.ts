/** One attempt of one HTTP request, as the inspector and HAR show it. Secrets are gone before this exists. */
export type Exchange = {
  readonly id: number
  /** The logical call; its attempts share it. */
  readonly callId: string
  readonly attempt: number
  readonly tenantId: number | null
  readonly runId: number | null
  readonly host: 'commerce' | 'halo' | 'other'
  readonly purpose: ExchangePurpose
  readonly method: string
  readonly url: string
  readonly requestHeaders: readonly (readonly [string, string])[]
  readonly requestBody: CapturedBody | null
  /** 0 when no answer came (see `faultCode`). */
  readonly status: number
  readonly responseHeaders: readonly (readonly [string, string])[]
  readonly responseBody: CapturedBody | null
  readonly faultCode: string | null
  /** The error's own words, redacted. */
  readonly errorText: string | null
  /** What is known of the trouble (fault-words.ts names the facts), redacted; absent when nothing is. */
  readonly faultFacts?: Readonly<Record<string, string | number>>
  /** UTC ISO: the earliest moment at which trying again makes sense; absent when nobody said. */
  readonly retryAt?: string
  /** UTC ISO. */
  readonly startedAt: string
  readonly timing: ExchangeTiming
  /** The connection it went over; null when none came about. */
  readonly connection: ExchangeConnection | null
  /** Wait in milliseconds asked by Retry-After or by our back-off before the next attempt; null when there is none. */
  readonly waitMs: number | null
}

/** sync and retry are the engine's; test, import and replay are a person's and may use the reserve. */
export type ExchangePurpose = 'sync' | 'retry' | 'reconcile' | 'test' | 'import' | 'replay'

export type CapturedBody = {
  /** UTF-8 text, cut at the recorder's cap; null when the body was left out. */
  readonly text: string | null
  /** Bytes on the wire before any cut. */
  readonly bytes: number
  /** Bytes once unpacked, where the body came compressed: what `isCut` is measured against. */
  readonly unpackedBytes?: number
  readonly isCut: boolean
  /** Why the text is missing, in words. */
  readonly leftOut?: string
}

export type ExchangeConnection = {
  /** Address and port at the other end (the proxy's when there is one). */
  readonly remote: string | null
  /** host:port of the proxy; null for the direct way. */
  readonly proxy: string | null
  /** null on plain http. */
  readonly tls: {
    readonly protocol: string
    readonly issuer: string
    readonly subject: string
    /** UTC ISO. */
    readonly validTo: string | null
    readonly fingerprint: string | null
  } | null
}

/** Milliseconds; null where it could not be told apart (a reused connection has no DNS, connect or TLS). */
export type ExchangeTiming = {
  readonly queueMs: number
  readonly dnsMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
  readonly waitMs: number | null
  readonly receiveMs: number | null
  /** From the beginning of the attempt to its last byte; the queue comes before it and is not in it. */
  readonly totalMs: number
}

/** What the HTTP client hands to the recorder: everything but the row's id. */
export type ExchangeDraft = Omit<Exchange, 'id'>
