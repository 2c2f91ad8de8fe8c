import { QueryClient, type QueryKey, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import type { inferRouterOutputs } from '@trpc/server'
import { type Fault, fail, fault, type Result } from '../app/model/fault.ts'
import type { ApiRouter } from '../main/api/router.ts'
import { noteSignedOut } from './connection.ts'

const plainJson = { serialize: (value: unknown) => value, deserialize: (value: unknown) => value }

/** The typed API, over plain fetch in both hosts. */
export const api = createTRPCClient<ApiRouter>({
  links: [httpLink<ApiRouter>({ url: '/api', transformer: plainJson, fetch: askHost })],
})

async function askHost(url: RequestInfo | URL | string, options: HostOptions = {}): Promise<Response> {
  const { signal, ...others } = options
  const answer = await fetch(url, { ...others, signal: signal ?? null })
  if (answer.status === 401) noteSignedOut()
  return answer
}
type HostOptions = Omit<RequestInit, 'signal' | 'headers' | 'body'> & {
  readonly headers?: [string, string][] | Record<string, string> | HeadersInit
  readonly body?: BodyInit | null
  readonly signal?: AbortSignal | null | undefined
}

/** What the API answers, by router and procedure: `Answers['runs']['get']`. */
export type Answers = inferRouterOutputs<ApiRouter>
export type TenantView = Answers['tenants']['list'][number]
export type TenantHealth = Answers['tenants']['health'][number]
export type RecordRow = Answers['records']['list']['rows'][number]
export type RecordView = NonNullable<Answers['records']['view']>
export type OutcomeRow = Answers['runPage']['outcomes']['rows'][number]
export type TimelineRow = Answers['timeline']['list']['rows'][number]
export type FailureRow = Answers['failures']['list']['rows'][number]
export type FailureGroup = Answers['failures']['groups'][number]
export type ExchangeBrief = Answers['exchanges']['list']['rows'][number]
export type LadderStep = Extract<Answers['tenants']['test'], { ok: true }>['value'][number]
export type BudgetUse = TenantHealth['budget']

/** Answers stay good until the engine says that something changed (live.ts), so nothing is asked twice without a reason. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 300_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** One question to the engine. The key starts with the router and procedure; what is on screen is asked again after each change. */
export function useAsk<T>(key: QueryKey, ask: (signal: AbortSignal) => Promise<T>): UseQueryResult<T> {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => ask(signal) })
}

/** As useAsk, but asked anew whenever its screen opens, and not at every change (live.ts names these). */
export function useAskOnce<T>(key: QueryKey, ask: (signal: AbortSignal) => Promise<T>): UseQueryResult<T> {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => ask(signal), refetchOnMount: 'always' })
}

/** A question that was refused: the one way in which the query library takes a fault. */
class Refusal extends Error {
  readonly fault: Fault
  constructor(refused: Fault) {
    super(refused.code)
    this.fault = refused
  }
}

/** The value of an answer that may be a refusal, for a question: `faultOf` gives the fault back. */
export function answered<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal(result.fault)
  return result.value
}

/** What went wrong, as a fault, whatever it was: a refusal in the answer, refused input, a lost engine, a bug. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Refusal) return error.fault
  if (error instanceof TRPCClientError) {
    const known = error.data as { fault?: Fault } | null | undefined
    if (known?.fault) return known.fault
    return fault('connection-lost', { side: 'here', facts: { host: 'the engine of this program' } })
  }
  return fault('bug', { raw: error instanceof Error ? error.message : String(error) })
}

/** A command whose trouble comes back as a value, never as a throw: `run` answers the Result and `isBusy` says that it is under way. */
export function useCommand<I, T>(
  send: (input: I) => Promise<Result<T>>,
): {
  readonly run: (input: I) => Promise<Result<T>>
  readonly isBusy: boolean
} {
  const command = useMutation({
    mutationFn: async (input: I): Promise<Result<T>> => {
      try {
        return await send(input)
      } catch (error) {
        return fail(faultOf(error))
      }
    },
  })
  return { run: command.mutateAsync, isBusy: command.isPending }
}
