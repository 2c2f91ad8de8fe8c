import { z } from 'zod'
import { type Fault, fault } from '../../app/model/fault.ts'
import type { UpdateSettings } from '../../app/model/settings.ts'
import type { Handler } from '../api/handler.ts'
import { answers, factsOf, type ShellFacts } from './facts.ts'
import { pageOrigin } from './links.ts'

/** What tray and notifications ask of the engine: through the same handler as the page, so that a service's engine is no other case. */
export type HostApi = {
  /** Throws when the host does not answer. */
  facts(): Promise<ShellFacts>
  /** Resolves with the change counter when it moved, or after 25 s; throws when the host does not answer. */
  changed(since: number, signal: AbortSignal): Promise<number>
  /** Starts a sync; null, or why not. */
  sync(tenantId: number): Promise<Fault | null>
  /** UTC ISO, or null to go on. */
  pause(tenantId: number, until: string | null): Promise<Fault | null>
  /** Throws when the host does not answer. */
  updateSettings(): Promise<UpdateSettings>
  /** Tells the engine, and so every window, of a newer version; null, or why not (an older service knows no such thing). */
  noteUpdate(version: string): Promise<Fault | null>
}

const commandSchema = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), fault: z.custom<Fault>((given) => typeof given === 'object') }),
])

export function hostApi(handler: Handler): HostApi {
  const send = async <T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> => {
    const answer = await handler(new Request(`${pageOrigin}/api/${path}`, init))
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return z.object({ result: z.object({ data: schema }) }).parse(await answer.json()).result.data
  }
  const command = async (path: string, input: unknown): Promise<Fault | null> => {
    try {
      const done = await send(path, commandSchema, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
      return done.ok ? null : done.fault
    } catch (error) {
      // The host's own words for its bugs are in its log; here it is enough that it did not work.
      return fault('bug', { raw: error instanceof Error ? error.message : String(error) })
    }
  }
  return {
    facts: async () => {
      const tenants = await send('tenants.list', answers.tenants)
      const health = await send('tenants.health', answers.health)
      return factsOf(tenants, health, await send('runs.live', answers.live))
    },
    changed: async (since, signal) => {
      const input = encodeURIComponent(JSON.stringify({ since }))
      const { version } = await send(`status.changes?input=${input}`, z.object({ version: z.number() }), {
        signal,
      })
      return version
    },
    sync: (tenantId) => command('runs.start', { tenantId, kind: 'sync' }),
    pause: (tenantId, until) => command('tenants.update', { id: tenantId, patch: { pausedUntil: until } }),
    noteUpdate: (version) => command('status.noteUpdate', { version }),
    updateSettings: async () => (await send('settings.get', answers.settings)).updates,
  }
}
