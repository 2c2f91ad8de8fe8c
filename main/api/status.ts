import { z } from 'zod'
import { ok } from '../../app/model/fault.ts'
import { call, router } from './trpc.ts'

/** Longest wait for news; below every proxy's and browser's own limit. */
export const longestWaitMs = 25_000

/** The engine itself, and the news that something has changed. */
export const statusRouter = router({
  get: call.query(({ ctx }) => ctx.engine.status.get()),
  /** The desktop tells the engine, and so every window, that a newer version can be had. */
  noteUpdate: call.input(z.object({ version: z.string().min(1).max(40) })).mutation(({ ctx, input }) => {
    ctx.engine.status.noteUpdate(input.version)
    return ok(null)
  }),
  /** Answers when the change counter is past `since`, else after 25 s with the counter as it is. A screen then asks again for what it shows. */
  changes: call.input(z.object({ since: z.int().min(0) })).query(async ({ ctx, input, signal }) => ({
    version: await ctx.engine.changes.wait(input.since, longestWaitMs, signal),
  })),
})
