import type { HttpAnswer, HttpCall, HttpClient } from '../../http/types.ts'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import { isWebPage } from '../../model/halo-error.ts'
import { haloRefusal } from '../../model/halo-refusal.ts'
import type { Clock } from '../../model/ports.ts'
import { type AuthPlace, type HaloPlace, tokenPlace } from './address.ts'
import { isObject } from './answers.ts'

/** Who asks, of which Halo. */
export type HaloLogin = {
  readonly place: HaloPlace
  /** The authorisation server that a person entered; null: found out, and then only the host of Halo itself is believed. */
  readonly authAddress: string | null
  /** Sent with the request where Halo hosts for many; null: none. */
  readonly tenant: string | null
  readonly clientId: string
  readonly secret: string
}

/** Facts that every call of a run shares. */
export type CallFacts = Pick<HttpCall, 'purpose' | 'tenantId' | 'runId' | 'signal'>

export type Tokens = {
  /** A token that holds for a while yet. Faults: halo-login, halo-clock, halo-not-api, redirected, and those of the network. */
  get(): Promise<Result<string>>
  /** Halo refused this token: the next `get` asks for another. */
  drop(token: string): void
  /** How far Halo's clock is ahead of ours in milliseconds, as its last answer's date says; null when it said none. */
  skewMs(): number | null
}

/** A token is renewed this long before it ends, or after half its life when that is shorter. */
const earlyMs = 120_000
/** Lifetime when the answer names none; samples say 3600 seconds (apis.md §2.1). */
const usualMs = 3_600_000

type Held = { readonly token: string; readonly renewAtMs: number }

/**
 * OAuth 2 client credentials (RFC 6749 §4.4): one token for all calls, asked for once however many wait for it, renewed before it ends. It is kept
 * in memory alone.
 */
export function createTokens(http: HttpClient, clock: Clock, login: HaloLogin, facts: CallFacts): Tokens {
  let held: Held | null = null
  let asking: Promise<Result<Held>> | null = null
  let skew: number | null = null
  let auth: AuthPlace | null = null

  const ask = async (): Promise<Result<Held>> => {
    if (!auth) {
      const found = await findAuth(http, login, facts)
      if (!found.ok) return found
      auth = found.value
    }
    const startedMs = clock.now()
    const sent = await http.send(tokenCall(login, auth, facts))
    if (!sent.ok) return fail(refusedLogin(sent.fault, auth))
    const said = Date.parse(sent.value.headers.date ?? '')
    if (!Number.isNaN(said)) skew = said - clock.now()
    return readToken(sent.value, auth, startedMs)
  }

  return {
    async get() {
      if (held && clock.now() < held.renewAtMs) return ok(held.token)
      asking ??= ask().finally(() => {
        asking = null
      })
      const answered = await asking
      if (!answered.ok) return answered
      held = answered.value
      return ok(held.token)
    },
    drop(token) {
      if (held?.token === token) held = null
    },
    skewMs: () => skew,
  }
}

/** The authorisation server: entered, else named by /api/authinfo, else `/auth` beside the API (apis.md §2.1). */
async function findAuth(http: HttpClient, login: HaloLogin, facts: CallFacts): Promise<Result<AuthPlace>> {
  const { place, authAddress } = login
  if (authAddress !== null && authAddress.trim() !== '') {
    const entered = tokenPlace(authAddress.trim())
    return entered ? ok(entered) : fail(fault('url-invalid', { facts: { url: authAddress } }))
  }
  const usual: AuthPlace = {
    url: `${place.api.replace(/\/api$/, '')}/auth/token`,
    host: new URL(place.origin).host,
  }
  const asked = await http.send({
    ...facts,
    method: 'GET',
    url: `${place.api}/authinfo`,
    host: 'halo',
    secrets: [],
  })
  if (!asked.ok) return isAbsent(asked.fault) ? ok(usual) : asked
  const named = authUrlOf(asked.value.body)
  const found = named === null ? usual : tokenPlace(named)
  if (!found) return ok(usual)
  // Whoever answers could name any server, and the secret would be its.
  if (new URL(found.url).origin === place.origin) return ok(found)
  const { exchangeId } = asked.value
  return fail(
    fault('halo-auth-elsewhere', {
      facts: { host: new URL(place.origin).host, target: found.host },
      ...(exchangeId === null ? {} : { exchangeId }),
    }),
  )
}

/** authinfo is optional: a Halo without it says not found, not allowed, or something of its own. */
const isAbsent = (found: Fault): boolean => found.side === 'halo' && found.code !== 'halo-unreachable'

function authUrlOf(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body)
    return isObject(answer) && typeof answer.auth_url === 'string' && answer.auth_url !== ''
      ? answer.auth_url
      : null
  } catch {
    // A page instead of the answer names no server.
    return null
  }
}

function tokenCall(login: HaloLogin, auth: AuthPlace, facts: CallFacts): HttpCall {
  const url = new URL(auth.url)
  if (login.tenant !== null) url.searchParams.set('tenant', login.tenant)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: login.clientId,
    client_secret: login.secret,
    scope: 'all',
  })
  return {
    ...facts,
    method: 'POST',
    url: url.href,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    host: 'halo',
    // Asking for a token twice makes two tokens, and harms nobody.
    isSafe: true,
    secrets: [login.secret],
  }
}

function refusedLogin(found: Fault, auth: AuthPlace): Fault {
  const status = Number(found.facts?.status ?? 0)
  if (found.side !== 'halo' || status < 400 || status === 429 || status >= 500) return found
  // The token address is wrong, not the login.
  const code = status === 404 || status === 405 ? 'halo-not-api' : null
  const read = haloRefusal(status, found.raw ?? '', { host: auth.host })
  const kept = ['halo-clock', 'halo-rights', 'halo-not-api'].includes(read.code)
  const { exchangeId } = found
  return {
    ...(code
      ? fault(code, { facts: { host: auth.host, status } })
      : kept
        ? read
        : fault('halo-login', {
            ...(read.facts ? { facts: read.facts } : {}),
            ...(read.raw ? { raw: read.raw } : {}),
          })),
    ...(exchangeId === undefined ? {} : { exchangeId }),
  }
}

function readToken(answer: HttpAnswer, auth: AuthPlace, startedMs: number): Result<Held> {
  const bad = (): Result<Held> =>
    fail(
      fault('halo-not-api', {
        facts: { host: auth.host, status: answer.status },
        ...(answer.exchangeId === null ? {} : { exchangeId: answer.exchangeId }),
      }),
    )
  if (isWebPage(answer.body)) return bad()
  let body: unknown
  try {
    body = JSON.parse(answer.body)
  } catch {
    // Not JSON: not an OAuth server, then.
    return bad()
  }
  if (!isObject(body) || typeof body.access_token !== 'string' || body.access_token === '') return bad()
  const seconds = Number(body.expires_in)
  const lifeMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : usualMs
  return ok({ token: body.access_token, renewAtMs: startedMs + Math.max(lifeMs - earlyMs, lifeMs / 2) })
}
