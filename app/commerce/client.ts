import { createRedactor } from '../http/redact.ts'
import type { HttpClient } from '../http/types.ts'
import type { ExchangePurpose } from '../model/exchange.ts'
import { type Fault, fail, fault, ok, type Result } from '../model/fault.ts'
import type { BudgetLimits } from '../model/ports.ts'
import { addressed, apiBase, asModifiedAfter } from './address.ts'
import { readJson } from './body.ts'
import { resources } from './resources/index.ts'
import type { Resource, ResourceName } from './resources/resource.ts'
import { type BadRow, type CommerceRow, claimsOf, readRow } from './rows.ts'

export type { BadRow, CommerceRow } from './rows.ts'

export type CommerceOptions = {
  readonly http: HttpClient
  readonly apiUrl: string
  readonly keyIn: 'header' | 'query'
  readonly key: string
  readonly tenantId: number | null
  readonly runId: number | null
  readonly purpose: ExchangePurpose
  /** `key` is a keyed hash; null: not counted. */
  readonly budget: { readonly key: string; readonly limits: BudgetLimits } | null
  readonly signal?: AbortSignal | undefined
}

export type PageFilter = {
  /** UTC ISO. Sent to the second; ignored by lists that do not know it. */
  readonly modifiedAfter?: string
  /** Every row's own parent id is checked against it. */
  readonly parentId?: number
  /** From 1. */
  readonly fromPage?: number
}

/** One page of a list, in the order in which it was sent. */
export type PageOf<Name extends ResourceName = ResourceName> = {
  readonly page: number
  readonly rows: readonly CommerceRow<Name>[]
  /** Records that break their schema. */
  readonly bad: readonly BadRow[]
  readonly isLast: boolean
  /** Rows of other parents than the one asked for, left out: the server ignored the filter (seen live, apis.md §1.3). */
  readonly foreignParents: number
}

/** What answered the connection test: null for an instance without a single customer, which is as good a sign. */
export type Found = { readonly customer: { readonly id: number; readonly name: string } | null }

export type Commerce = {
  /**
   * A list page by page until one is shorter than asked. A fault ends it. Faults: those of the HTTP client, not-json (a web page came),
   * json-broken (cut), not-commerce (JSON, but no list), page-repeated (the server sends the same page again), not-found (no such list).
   */
  pages<Name extends ResourceName>(
    name: Name,
    filter?: PageFilter,
  ): AsyncGenerator<Result<PageOf<Name>>, void, undefined>
  /** One record. `not-found` when Commerce does not know the id (it answers 400, apis.md §1.4), `record-invalid` when it breaks its schema. */
  one<Name extends ResourceName>(name: Name, id: number): Promise<Result<CommerceRow<Name>>>
  /** One customer: shows that Commerce answers and accepts the key. key-refused, not-commerce and the like say otherwise. */
  test(): Promise<Result<Found>>
}

/** The vendor's cap (apis.md §1.2): the fewest requests. */
const pageSize = 100

type Params = Readonly<Record<string, string>>
/** JSON that came, from where, and the exchange that shows it. */
type Got = {
  readonly json: unknown
  readonly url: string
  readonly exchange: { readonly exchangeId?: number }
}
type Get = (path: string, params: Params) => Promise<Result<Got>>

/** A reader of one tenant's Commerce. It keeps nothing between calls and throws nothing that is expected. */
export function createCommerce(options: CommerceOptions): Commerce {
  const get = makeGet(options)
  return {
    pages: (name, filter = {}) => readPages(get, name, filter),
    one: (name, id) => readOne(get, name, id),
    test: async () => {
      const read = await get(resources.customer.path, { page: '1', pageSize: '1' })
      if (!read.ok) return read
      const list = asList(read.value.json)
      if (!list) return fail(notCommerce(read.value))
      const [row] = list.map((raw) => readRow('customer', raw))
      if (row === undefined) return ok({ customer: null })
      // Any JSON array could answer here: what is in it must look like a customer.
      if (!('parsed' in row)) return fail(notCommerce(read.value))
      return ok({ customer: { id: row.id, name: row.parsed.name } })
    },
  }
}

function makeGet(options: CommerceOptions): Get {
  const { http, key, keyIn, tenantId, runId, purpose, budget, signal } = options
  const base = apiBase(options.apiUrl)
  const redactor = createRedactor([key])
  return async (path, params) => {
    if (!base.ok) return base
    if (key === '') return fail(fault('key-missing'))
    if (signal?.aborted) return fail(fault('cancelled'))
    const answer = await http.send({
      method: 'GET',
      ...addressed(base.value, path, params, { keyIn, key }),
      ...{ host: 'commerce', purpose, tenantId, runId, secrets: [key] },
      ...(budget ? { budget } : {}),
      ...(signal ? { signal } : {}),
    })
    if (!answer.ok) return fail({ ...answer.fault, facts: { path, ...answer.fault.facts } })
    const { exchangeId } = answer.value
    const exchange = exchangeId === null ? {} : { exchangeId }
    const json = readJson(answer.value, redactor)
    if (json.ok) return ok({ json: json.value, url: base.value + path, exchange })
    const facts = { host: new URL(base.value).host, path }
    return fail({ ...json.fault, facts: { ...facts, ...json.fault.facts }, ...exchange })
  }
}

const asList = (json: unknown): readonly unknown[] | null => (Array.isArray(json) ? json : null)
const notCommerce = ({ url, exchange }: Got): Fault => fault('not-commerce', { facts: { url }, ...exchange })

function paramsOf(resource: Resource, filter: PageFilter, page: number): Params {
  const { parentId, modifiedAfter } = filter
  const paging = resource.isPaged ? { page: String(page), pageSize: String(pageSize) } : {}
  const parent =
    resource.parent && parentId !== undefined ? { [resource.parent.query]: String(parentId) } : {}
  const since = resource.since && modifiedAfter ? { [resource.since]: asModifiedAfter(modifiedAfter) } : {}
  return { ...parent, ...since, ...paging }
}

async function* readPages<Name extends ResourceName>(
  get: Get,
  name: Name,
  filter: PageFilter,
): AsyncGenerator<Result<PageOf<Name>>, void, undefined> {
  const resource: Resource = resources[name]
  let before: string | null = null
  for (let page = filter.fromPage ?? 1; ; page++) {
    const read = await get(resource.path, paramsOf(resource, filter, page))
    if (!read.ok) return yield read
    const list = asList(read.value.json)
    if (!list) return yield fail(notCommerce(read.value))
    const marks = marksOf(resource, list)
    if (list.length > 0 && marks === before)
      return yield fail(fault('page-repeated', { facts: { resource: name, page }, ...read.value.exchange }))
    before = marks
    const isLast = !resource.isPaged || list.length < pageSize
    yield ok({ page, isLast, ...sortOut(name, list, filter.parentId) })
    if (isLast) return
  }
}

/** What tells one page from the next: its ids, or all of it where records have none. */
const marksOf = (resource: Resource, list: readonly unknown[]): string =>
  resource.hasSingle ? list.map((raw) => claimsOf(resource, raw).id).join() : JSON.stringify(list)

function sortOut<Name extends ResourceName>(
  name: Name,
  list: readonly unknown[],
  parentId: number | undefined,
) {
  const rows: CommerceRow<Name>[] = []
  const bad: BadRow[] = []
  let foreignParents = 0
  for (const raw of list) {
    const claimed = parentId === undefined ? null : claimsOf(resources[name], raw).parentId
    if (claimed !== null && claimed !== parentId) {
      foreignParents++
      continue
    }
    const row = readRow(name, raw)
    if ('parsed' in row) rows.push(row)
    else bad.push(row)
  }
  return { rows, bad, foreignParents }
}

async function readOne<Name extends ResourceName>(
  get: Get,
  name: Name,
  id: number,
): Promise<Result<CommerceRow<Name>>> {
  const facts = { resource: name, id }
  const read = await get(`${resources[name].path}/${id}`, {})
  if (!read.ok) {
    const isUnknown = read.fault.code === 'bad-request'
    const known = isUnknown ? fault('not-found') : {}
    return fail({ ...read.fault, ...known, facts: { ...read.fault.facts, ...facts } })
  }
  const row = readRow(name, read.value.json)
  if (!('parsed' in row)) {
    const problems = row.problems.join('; ')
    return fail(fault('record-invalid', { facts: { ...facts, problems }, ...read.value.exchange }))
  }
  // Another record than the one asked for would be written under the wrong name.
  return row.id === id ? ok(row) : fail(notCommerce(read.value))
}
