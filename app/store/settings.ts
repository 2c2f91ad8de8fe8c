import type { Database } from 'better-sqlite3'
import type { z } from 'zod'
import type { Clock } from '../model/ports.ts'

export type Settings = ReturnType<typeof settings>

/** Settings of the program itself (a tenant's are in tenants.ts), as JSON by key. */
export function settings(db: Database, clock: Clock) {
  const get = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck()
  const set = db.prepare('INSERT OR REPLACE INTO setting (key, value, updated_at) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM setting WHERE key = ?')
  return {
    /** Null when it was never set, or no longer fits the schema: the caller's default holds then. */
    get: <T>(key: string, schema: z.ZodType<T>): T | null => {
      const text = get.get(key)
      if (text === undefined) return null
      const read = schema.safeParse(JSON.parse(text))
      return read.success ? read.data : null
    },
    set: (key: string, value: NonNullable<unknown>): void => {
      set.run(key, JSON.stringify(value), new Date(clock.now()).toISOString())
    },
    remove: (key: string): void => {
      remove.run(key)
    },
  }
}
