import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'

/** The value of a result that must be good. */
export function good<T>(result: { ok: true; value: T } | { ok: false; fault: unknown }): T {
  if (!result.ok) throw new Error(`A fault instead of a value: ${JSON.stringify(result.fault)}`)
  return result.value
}

/** A folder that goes when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'integrator-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** All rows of all tables, ordered, as text. */
export function dumpFile(file: string): string {
  const sql = new Database(file, { readonly: true })
  try {
    const tables = sql
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
    return tables
      .map(
        (table) => `${table}\n${JSON.stringify(sql.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).all())}`,
      )
      .join('\n')
  } finally {
    sql.close()
  }
}

export type MovingClock = { nowMs: number; now(): number; pass(minutes: number): void }

/** A day after the sample world's past ends; it moves when a test says so, and when something sleeps on it. */
export function movingClock(startMs = Date.UTC(2026, 5, 2, 8)): MovingClock {
  return {
    nowMs: startMs,
    now() {
      return this.nowMs
    },
    pass(minutes) {
      this.nowMs += minutes * 60_000
    },
  }
}

/** The widest grant: nothing waits. */
export const lifted = { requestsPerMinute: 1_000_000, requestsPerDay: 10_000_000 }
