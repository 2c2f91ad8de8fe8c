import type { Database } from 'better-sqlite3'
import { noStory, type RunLogLevel, type RunLogLine, type RunStory } from '../model/run-story.ts'
import { anyOf, lists, partOf, where } from './filter.ts'
import { toJson } from './json.ts'

/** A stored line; `seq` counts from 1 within the run. */
type StoredLogLine = RunLogLine & { readonly seq: number }
type RunLogList = { readonly rows: readonly StoredLogLine[]; readonly total: number }
type RunLogQuery = {
  /** None: every level. */
  readonly levels?: readonly RunLogLevel[]
  /** Part of a name, a list or a problem, any case. */
  readonly search?: string
  readonly offset: number
  readonly limit: number
}

type RawLine = Omit<StoredLogLine, 'facts'> & { readonly facts: string | null }

export type RunStories = ReturnType<typeof runStories>

/** What a run did besides its outcomes: tables run_story and run_log. Both go with their run. */
export function runStories(db: Database) {
  return { ...storyOf(db), ...logOf(db) }
}

function storyOf(db: Database) {
  const put = db.prepare(
    'INSERT OR REPLACE INTO run_story (run_id, tenant_id, story) SELECT id, tenant_id, ? FROM run WHERE id = ?',
  )
  const get = db.prepare<[number], string>('SELECT story FROM run_story WHERE run_id = ?').pluck()
  return {
    /** Keeps the story as it is now; nothing for a run whose tenant was removed meanwhile. */
    keepStory: (runId: number, story: RunStory): void => {
      put.run(JSON.stringify(story), runId)
    },
    /** Empty for a run of before stories were kept. */
    story: (runId: number): RunStory => {
      const text = get.get(runId)
      return text === undefined ? noStory : { ...noStory, ...JSON.parse(text) }
    },
  }
}

function logOf(db: Database) {
  const { rows, count } = lists(db)
  const tenantOf = db.prepare<[number], number>('SELECT tenant_id FROM run WHERE id = ?').pluck()
  const last = db.prepare<[number], number>('SELECT max(seq) FROM run_log WHERE run_id = ?').pluck()
  const add = db.prepare(
    'INSERT INTO run_log (run_id, seq, tenant_id, at, level, what, facts) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const addAll = db.transaction((runId: number, lines: readonly RunLogLine[]) => {
    const tenantId = tenantOf.get(runId)
    if (tenantId === undefined) return
    let seq = last.get(runId) ?? 0
    for (const { at, level, what, facts } of lines) {
      seq += 1
      add.run(runId, seq, tenantId, at, level, what, Object.keys(facts).length > 0 ? toJson(facts) : null)
    }
  })
  return {
    /** In one transaction; nothing for a run whose tenant was removed meanwhile. */
    addLog: (runId: number, lines: readonly RunLogLine[]): void => {
      if (lines.length > 0) addAll.immediate(runId, lines)
    },
    /** In the order of the work. */
    log: (runId: number, query: RunLogQuery): RunLogList => {
      const { sql, values } = where('TRUE', [
        ['run_id = ?', runId],
        ['level IN (SELECT value FROM json_each(?))', anyOf(query.levels)],
        ["instr(lower(what || ' ' || coalesce(facts, '')), ?) > 0", partOf(query.search)],
      ])
      const found = rows<RawLine>(
        `SELECT seq, at, level, what, facts FROM run_log WHERE ${sql} ORDER BY seq LIMIT ? OFFSET ?`,
        [...values, query.limit, query.offset],
      )
      return {
        rows: found.map((raw) => ({ ...raw, facts: raw.facts === null ? {} : JSON.parse(raw.facts) })),
        total: count(`SELECT count(*) AS n FROM run_log WHERE ${sql}`, values),
      }
    },
  }
}
