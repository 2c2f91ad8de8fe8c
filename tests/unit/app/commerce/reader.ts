import { onTestFinished } from 'vitest'
import { type CommerceOptions, createCommerce, type PageFilter } from '../../../../app/commerce/client.ts'
import type { ResourceName } from '../../../../app/commerce/resources/resource.ts'
import {
  type SampleApi,
  type SampleApiOptions,
  startSampleApi,
} from '../../../../app/commerce/sample-api/index.ts'
import type { Result } from '../../../../app/model/fault.ts'
import { type Handler, serve, stage } from '../http/stage.ts'

/** A reader over the real HTTP client, which tries twice and never sleeps. */
export function readerOf(apiUrl: string, more: Partial<CommerceOptions> = {}) {
  const { client, sink } = stage()
  onTestFinished(() => client.close())
  const http = {
    send: (call: Parameters<typeof client.send>[0]) => client.send({ ...call, maxAttempts: 2 }),
    close: client.close,
  }
  const usual = { http, apiUrl, keyIn: 'header', key: 'sample-api-key', tenantId: 1, runId: 2 } as const
  const commerce = createCommerce({ ...usual, purpose: 'sync', budget: null, ...more })
  return { commerce, sink }
}

/** A sample API with a reader of it. */
export async function sampled(options: SampleApiOptions = {}, more: Partial<CommerceOptions> = {}) {
  const api: SampleApi = await startSampleApi({
    requestsPerMinute: 100_000,
    requestsPerDay: 10_000_000,
    ...options,
  })
  onTestFinished(() => api.stop())
  return { api, world: api.world, ...readerOf(api.url, more) }
}

/** A reader of a server that answers as told. */
export async function answered(handler: Handler, more: Partial<CommerceOptions> = {}) {
  const server = await serve(handler)
  onTestFinished(() => server.close())
  return { ...readerOf(server.url, more), server }
}

/** What a generator of results gives until it ends. */
export async function all<T>(results: AsyncIterable<Result<T>>): Promise<Result<T>[]> {
  const found: Result<T>[] = []
  for await (const result of results) found.push(result)
  return found
}

/** The values of results, none of which may be a fault. */
export async function values<T>(results: AsyncIterable<Result<T>>): Promise<T[]> {
  return (await all(results)).map(good)
}

/** The value of a result that must not be a fault. */
export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.fault)}`)
  return result.value
}

/** The fault that ends a list. */
export async function faultOf(reader: ReturnType<typeof readerOf>, name: ResourceName, filter?: PageFilter) {
  const last = (await all(reader.commerce.pages(name, filter))).at(-1)
  if (!last || last.ok) throw new Error('expected a fault')
  return last.fault
}
