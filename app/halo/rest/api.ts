import type { HttpAnswer, HttpCall, HttpClient } from '../../http/types.ts'
import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import { isWebPage } from '../../model/halo-error.ts'
import { haloRefusal } from '../../model/halo-refusal.ts'
import type { Clock } from '../../model/ports.ts'
import { type HaloObject, readList } from './answers.ts'
import { type CallFacts, createTokens, type HaloLogin } from './token.ts'

export type Query = Readonly<Record<string, string | number | boolean>>

/** Halo's API, one call at a time: with a token, retried where that is safe, its refusals read. Answers are parsed JSON, null for an empty one. */
export type HaloApi = {
  /** Null when Halo does not know the record (404). */
  get(path: string, query?: Query): Promise<Result<unknown>>
  /** `isSafe`: sending it twice does no harm. Without it a lost answer is a fault, and nobody knows whether Halo did it. */
  post(
    path: string,
    records: readonly HaloObject[],
    options?: { readonly isSafe?: boolean },
  ): Promise<Result<unknown>>
  /** Removes one record; one that Halo does not know (404) is removed, too. Sending it twice does no harm. */
  remove(path: string): Promise<Result<null>>
  /** All rows of a list, page after page, until one is short. `onRows` answers false to stop early. */
  walk(
    path: string,
    query: Query,
    onRows: (rows: readonly HaloObject[], total: number | null) => boolean,
  ): Promise<Result<null>>
  /** Just a token: what the connection test does first. */
  login(): Promise<Result<null>>
}

type HaloApiOptions = {
  readonly http: HttpClient
  readonly clock: Clock
  readonly login: HaloLogin
  readonly facts: CallFacts
}

/** Clients of this API use 50 to 100 rows a page (apis.md §2.2). */
export const pageSize = 100
/** Beyond this, clocks are to blame for a token that Halo does not take: token checks allow five minutes by custom, some servers none. */
const badSkewMs = 120_000
/** A list of more rows than this is not walked: 100,000 records. */
const mostPages = 1000

export function createHaloApi({ http, clock, login, facts }: HaloApiOptions): HaloApi {
  const tokens = createTokens(http, clock, login, facts)
  const { api } = login.place

  async function call(make: (token: string) => HttpCall): Promise<Result<HttpAnswer>> {
    for (let isSecond = false; ; isSecond = true) {
      const token = await tokens.get()
      if (!token.ok) return token
      const sent = await http.send(make(token.value))
      if (sent.ok || sent.fault.facts?.status !== 401) return sent
      // A token can be taken back before its time: one new one is tried.
      tokens.drop(token.value)
      if (isSecond) return fail(clockOf(sent.fault, tokens.skewMs()))
    }
  }

  const get: HaloApi['get'] = async (path, query = {}) => {
    const url = addressOf(api, path, query)
    const sent = await call((token) => ({
      ...facts,
      method: 'GET',
      url,
      headers: headersOf(token),
      host: 'halo',
      secrets: [token, login.secret],
    }))
    if (sent.ok) return readBody(sent.value, login)
    return sent.fault.code === 'not-found' ? ok(null) : fail(explained(sent.fault))
  }

  const walk: HaloApi['walk'] = async (path, query, onRows) => {
    let seen = 0
    let first: unknown
    for (let page = 1; page <= mostPages; page++) {
      // All three together, or Halo answers its own 50 rows (apis.md §2.2).
      const paging = { pageinate: true, page_no: page, page_size: pageSize }
      const answer = await get(path, { ...query, ...paging })
      if (!answer.ok) return answer
      const { rows, total } = readList(answer.value)
      // A list that does not page has the same rows on every page.
      if (page > 1 && rows[0]?.id === first) return ok(null)
      first = rows[0]?.id
      seen += rows.length
      if (rows.length === 0 || !onRows(rows, total)) return ok(null)
      // A bare array may be the whole list, whatever page was asked for; a cut page is one whose total says so.
      if (total === null ? rows.length !== pageSize : seen >= total) return ok(null)
    }
    return ok(null)
  }

  return {
    get,
    walk,
    post: async (path, records, options = {}) => {
      const sent = await call((token) => ({
        ...facts,
        method: 'POST',
        url: `${api}${path}`,
        headers: { ...headersOf(token), 'content-type': 'application/json' },
        body: JSON.stringify(records),
        host: 'halo',
        isSafe: options.isSafe ?? false,
        secrets: [token, login.secret],
      }))
      return sent.ok ? readBody(sent.value, login) : fail(explained(sent.fault))
    },
    remove: async (path) => {
      const sent = await call((token) => ({
        ...facts,
        method: 'DELETE',
        url: `${api}${path}`,
        headers: headersOf(token),
        host: 'halo',
        isSafe: true,
        secrets: [token, login.secret],
      }))
      return sent.ok || sent.fault.code === 'not-found' ? ok(null) : fail(explained(sent.fault))
    },
    login: async () => {
      const token = await tokens.get()
      return token.ok ? ok(null) : token
    },
  }
}

const headersOf = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  accept: 'application/json',
})

function addressOf(api: string, path: string, query: Query): string {
  const url = new URL(`${api}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url.href
}

/** What a refusal means, where the client only knew its status. Its own words were redacted by the client. */
function explained(found: Fault): Fault {
  const status = Number(found.facts?.status ?? 0)
  const isRefusal =
    found.side === 'halo' && status >= 400 && found.code !== 'rate-limited' && found.code !== 'halo-clock'
  if (!isRefusal) return found
  const host = found.facts?.host
  const read = haloRefusal(status, found.raw ?? '', host === undefined ? {} : { host })
  return {
    ...read,
    ...(found.retryAt === undefined ? {} : { retryAt: found.retryAt }),
    ...(found.exchangeId === undefined ? {} : { exchangeId: found.exchangeId }),
  }
}

/** A refused token right after it was made, with clocks apart: the clock is the reason. */
function clockOf(found: Fault, skewMs: number | null): Fault {
  if (skewMs === null || Math.abs(skewMs) < badSkewMs) return found
  const facts = { ...found.facts, minutes: Math.round(Math.abs(skewMs) / 60_000) }
  const { raw, exchangeId } = found
  return fault('halo-clock', {
    facts,
    ...(raw ? { raw } : {}),
    ...(exchangeId === undefined ? {} : { exchangeId }),
  })
}

function readBody(answer: HttpAnswer, login: HaloLogin): Result<unknown> {
  const text = answer.body.trim()
  if (text === '') return ok(null)
  const facts = { host: new URL(login.place.origin).host, status: answer.status }
  const seen = answer.exchangeId === null ? {} : { exchangeId: answer.exchangeId }
  // The page itself is in the recorded exchange, without its secrets.
  if (isWebPage(text)) return fail(fault('halo-not-api', { facts, ...seen }))
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    const raw = error instanceof SyntaxError ? 'The answer is not whole.' : String(error)
    return fail(fault('json-broken', { side: 'halo', facts, raw, ...seen }))
  }
}
