import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { answerOAuth } from './auth.ts'
import { notInContract } from './contract.ts'
import { answerList } from './lists.ts'
import { type Quirks, type Trouble, usualQuirks } from './quirks.ts'
import { Refusal, refusalBody } from './refuse.ts'
import { runReport } from './report.ts'
import { newTables, type Row, type TableName, type Tables, tableNames } from './tables.ts'
import { take } from './take.ts'

export type { Quirks } from './quirks.ts'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
}

/** A Halo on this machine: stateful, over real HTTP, as strict as the real one is known to be. */
export type FakeHalo = {
  /** What a tenant enters as Halo's address. */
  readonly url: string
  readonly clientId: string
  readonly secret: string
  readonly tables: Tables
  readonly quirks: Quirks
  /** What was asked so far, without the token requests. */
  readonly asked: Asked[]
  /** Token requests so far. */
  readonly logins: URLSearchParams[]
  /** What did not fit the vendor's document. */
  readonly violations: string[]
  /** Takes back all tokens, as an administrator may. */
  revoke(): void
  close(): Promise<void>
}

export type Hall = Omit<FakeHalo, 'url' | 'close' | 'revoke'> & {
  readonly tokens: Map<string, number>
  origin: string
}
type Answer = {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export async function startFakeHalo(quirks: Partial<Quirks> = {}, port = 0): Promise<FakeHalo> {
  const hall: Hall = {
    clientId: 'fake-client',
    secret: 'fake-halo-secret-4711',
    tables: newTables(),
    quirks: { ...usualQuirks(), ...quirks },
    asked: [],
    logins: [],
    violations: [],
    tokens: new Map(),
    origin: '',
  }
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => void handle(hall, request, response))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  hall.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...hall,
    url: hall.origin,
    revoke: () => hall.tokens.clear(),
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function handle(hall: Hall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', hall.origin)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const trouble = nextTrouble(hall.quirks.trouble, request.method ?? '', url.pathname)
  if (trouble?.how === 'lost-before') return void request.socket.destroy()
  const early = trouble ? troubled(trouble, hall) : null
  const answer = early ?? answerOAuth(hall, url, text) ?? answerApi(hall, request, url, text)
  if (trouble?.how === 'lost-after') return void request.socket.destroy()
  const date = new Date(Date.now() + hall.quirks.clockAheadMs).toUTCString()
  response.sendDate = false
  const body = trouble?.how === 'half' ? answer.body.slice(0, answer.body.length / 2) : answer.body
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    date,
    ...answer.headers,
  })
  response.end(body)
}

function nextTrouble(troubles: Trouble[], method: string, path: string): Trouble | null {
  const at = troubles.findIndex((one) => one.method === method && path === `/api${one.path}`)
  const found = troubles[at]
  if (!found) return null
  if ((found.skip ?? 0) > 0) {
    found.skip = (found.skip ?? 0) - 1
    return null
  }
  troubles.splice(at, 1)
  return found
}

function troubled({ how }: Trouble, hall: Hall): Answer | null {
  const page = (status: number): Answer => ({
    status,
    body: '<!DOCTYPE html>\n<html><head><title>Back soon</title></head><body></body></html>',
    headers: { 'content-type': 'text/html' },
  })
  switch (how) {
    case 'busy':
      return { status: 429, body: '', headers: { 'retry-after': '7' } }
    case 'down':
      return { status: 503, body: '' }
    case 'page':
      return page(200)
    case 'page-502':
      return page(502)
    case 'no-token':
      return {
        status: 401,
        body: JSON.stringify({ message: 'Authorization has been denied for this request.' }),
      }
    case 'not-yet':
      hall.tokens.clear()
      return {
        status: 401,
        body: JSON.stringify({
          Message: 'IDX10222: Lifetime validation failed. The token is not yet valid.',
        }),
      }
    default:
      return null
  }
}

const ok = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) })

function answerApi(hall: Hall, request: IncomingMessage, url: URL, text: string): Answer {
  const path = url.pathname.replace(/^\/api/, '')
  const method = request.method ?? ''
  if (!url.pathname.startsWith('/api/')) return { status: 404, body: '<html><title>404</title></html>' }
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if ((hall.tokens.get(token) ?? 0) < Date.now())
    return { status: 401, body: JSON.stringify({ Message: 'The token has expired.' }) }
  let body: unknown = null
  try {
    body = text === '' ? null : JSON.parse(text)
  } catch {
    // The real one answers likewise to what is no JSON.
    return { status: 400, body: JSON.stringify({ Message: 'Unexpected character encountered.' }) }
  }
  hall.asked.push({ method, path, query: url.searchParams, body })
  hall.violations.push(...notInContract(method, path, url.searchParams, body))
  if (Buffer.byteLength(text) > hall.quirks.maxBytes) return { status: 413, body: '' }
  if (hall.quirks.forbidden.some((one) => one.method === method && one.path === path))
    return { status: 403, body: '' }
  try {
    if (method === 'DELETE') return remove(hall, path)
    return method === 'POST' ? post(hall, path, body) : get(hall, path, url.searchParams)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, body: refusalBody(error, hall.quirks.errorShape) }
  }
}

const tableOf = (path: string): TableName | undefined => tableNames.find((name) => `/${name}` === path)

function post({ tables, quirks }: Hall, path: string, body: unknown): Answer {
  const records = body as Readonly<Record<string, unknown>>[]
  if (path === '/Report') {
    if (quirks.reports === 'forbidden')
      throw new Refusal('You do not have permission to use reports', '', 403)
    if (quirks.reports === 'broken')
      return ok({ report: { rows: [], load_error: 'Reports are switched off.' } })
    return ok(runReport(tables, quirks.lacksColumns, records[0] ?? {}))
  }
  const table = tableOf(path)
  if (!table) return { status: 404, body: '' }
  if (quirks.broken.includes(path))
    throw new Refusal('Object reference not set to an instance of an object.', '', 500)
  const before = structuredClone(tables.rows[table])
  const taken: Row[] = []
  for (const [at, record] of records.entries()) {
    try {
      taken.push(take(tables, quirks, table, record))
    } catch (error) {
      if (error instanceof Refusal) {
        error.index = at
        // Model errors are found before anything is done; prose comes from the middle of the work.
        const isEarly = ['by-place', 'problem'].includes(quirks.errorShape) || !quirks.keepsPartOfBatch
        if (isEarly) for (const [id] of tables.rows[table]) if (!before.has(id)) tables.rows[table].delete(id)
      }
      throw error
    }
  }
  const first = taken[0]
  if (quirks.postAnswer === 'first') return ok(first, 201)
  if (quirks.postAnswer === 'first-in-list') return ok([first], 201)
  return ok(quirks.postAnswer === 'keyed' ? { [`${table.toLowerCase()}s`]: taken } : taken, 201)
}

/** One record goes, and with a client nothing but itself; what others refer to is refused, as a database does. */
function remove({ tables }: Hall, path: string): Answer {
  const single = /^\/(\w+)\/(\d+)$/.exec(path)
  const table = tableOf(`/${single?.[1]}`)
  const id = Number(single?.[2])
  if (!table || !tables.rows[table].has(id)) return { status: 404, body: '' }
  const held = [...tables.rows.Quotation.values(), ...tables.rows.SalesOrder.values()]
  const column = ({ Client: 'client_id', Site: 'site_id', Users: 'user_id' } as const)[table as 'Client']
  if (column && held.some((row) => row[column] === id))
    throw new Refusal('The DELETE statement conflicted with the REFERENCE constraint.', '')
  tables.rows[table].delete(id)
  return { status: 200, body: '' }
}

function get(hall: Hall, path: string, query: URLSearchParams): Answer {
  const { tables, quirks } = hall
  const single = /^\/(\w+)\/(\d+)$/.exec(path)
  const table = tableOf(single ? `/${single[1]}` : path)
  if (single && table) {
    const row = tables.rows[table].get(Number(single[2]))
    return row
      ? ok(query.get('includedetails') === 'true' || !quirks.hasThinLists ? row : { id: row.id })
      : { status: 404, body: '' }
  }
  if (table) return ok(answerList(tables, quirks, table, query))
  if (path === '/Status') return ok(tables.ticketStatuses)
  if (path === '/Tax') return ok(tables.taxes)
  if (path === '/Currency') return ok(tables.currencies)
  if (path === '/FieldInfo') return ok(query.get('typeid') === '2' ? tables.fields : [])
  if (path === '/Lookup') return ok(tables.lookups.get(Number(query.get('lookupid'))) ?? [])
  return { status: 404, body: '' }
}
