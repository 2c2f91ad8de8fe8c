import { initTRPC, type TRPCError } from '@trpc/server'
import { ZodError, z } from 'zod'
import { type Fault, fault } from '../../app/model/fault.ts'
import type { EnginePort, Window } from './port.ts'

/** Everything that travels is plain JSON. Saying so lets the screens see our own types instead of a guess at what JSON makes of them. */
const plainJson = { serialize: (value: unknown) => value, deserialize: (value: unknown) => value }

/**
 * How trouble travels over the API, the one way everywhere:
 * - a command answers `Result<T>`: expected trouble is its `fault`, whole, with HTTP status 200;
 * - a question answers data (null for "there is no such thing");
 * - input that fails its schema is a BAD_REQUEST whose `data.fault` is `input-invalid`, with the first wrong field in `facts.field`;
 * - a throw is a bug: INTERNAL_SERVER_ERROR whose `data.fault` is `bug`; its words stay in the log, not in the answer.
 */
const t = initTRPC.context<ApiContext>().create({
  isDev: false,
  transformer: plainJson,
  errorFormatter: ({ shape, error }) => {
    const trouble = faultOf(error)
    return {
      ...shape,
      message: trouble.code,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, fault: trouble },
    }
  },
})

type ApiContext = { readonly engine: EnginePort }

export const router = t.router
export const call = t.procedure

function faultOf(error: TRPCError): Fault {
  if (error.code === 'INTERNAL_SERVER_ERROR') return fault('bug')
  const issue = error.cause instanceof ZodError ? error.cause.issues[0] : undefined
  if (!issue) return fault('input-invalid', { raw: error.message.slice(0, 300) })
  return fault('input-invalid', { facts: { field: issue.path.join('.') }, raw: issue.message })
}

/** Ids come from addresses that people edit: anything but a positive whole number is refused here. */
export const idSchema = z.int().min(1)

/** A window of a long list; 500 rows at most, so that one answer stays small. */
export const windowSchema = z.object({
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
}) satisfies z.ZodType<Window>

/** Text to look for; trimmed, and short enough never to be a burden. */
export const searchSchema = z.string().trim().max(200)
