import { fail, fault, ok, type Result } from '../../model/fault.ts'
import { type HaloObject, isObject } from './answers.ts'
import type { HaloApi } from './api.ts'

/** A question to Halo's database through its report designer: these columns of the rows whose `where` column has one of `keys`. */
type ReportQuestion = {
  readonly table: string
  /** Column by the name that the answer's rows give it. */
  readonly columns: Readonly<Record<string, string>>
  readonly where: string
  /** Whole numbers alone: nothing else gets into the statement. */
  readonly keys: readonly number[]
  /** Whether the column holds text. */
  readonly isText?: boolean
}

/** Keys in one question; a statement of a few kilobytes. */
export const mostKeys = 400

/**
 * Asks by POST /Report with `_loadreportonly`, which runs a statement and keeps no report (apis.md §2.2; its rows in `report.rows`, its errors in
 * `report.load_error`). Faults: halo-rights when the agent may not, halo-refused when Halo does not run it; then lists are the way.
 */
export async function askReport(
  api: HaloApi,
  question: ReportQuestion,
): Promise<Result<readonly HaloObject[]>> {
  const keys = [...new Set(question.keys)].filter(Number.isSafeInteger)
  const rows: HaloObject[] = []
  for (let from = 0; from < keys.length; from += mostKeys) {
    const answer = await run(api, statementOf(question, keys.slice(from, from + mostKeys)))
    if (!answer.ok) return answer
    rows.push(...answer.value)
  }
  return ok(rows)
}

/** Whether this agent may ask at all: a question that no row answers. */
export async function mayAskReports(api: HaloApi): Promise<Result<null>> {
  const answer = await run(
    api,
    statementOf({ table: 'AREA', columns: { id: 'Aarea' }, where: 'Aarea', keys: [] }, [-1]),
  )
  return answer.ok ? ok(null) : answer
}

function statementOf({ table, columns, where, isText }: ReportQuestion, keys: readonly number[]): string {
  const list = Object.entries(columns).map(([name, column]) => `${column} AS ${name}`)
  const values = keys.map((key) => (isText ? `'${key}'` : `${key}`))
  return `SELECT ${list.join(', ')} FROM ${table} WHERE ${where} IN (${values.join(', ')})`
}

async function run(api: HaloApi, sql: string): Promise<Result<readonly HaloObject[]>> {
  const body = { id: 0, name: '', sql, _testonly: false, _loadreportonly: true }
  const answer = await api.post('/Report', [body], { isSafe: true })
  if (!answer.ok) return answer
  const whole: unknown = Array.isArray(answer.value) ? answer.value[0] : answer.value
  const report = isObject(whole) && isObject(whole.report) ? whole.report : whole
  if (!isObject(report)) return fail(fault('halo-refused', { facts: { label: 'report' } }))
  const trouble = report.load_error
  if (typeof trouble === 'string' && trouble !== '') {
    return fail(fault('halo-refused', { facts: { label: 'report' }, raw: trouble.slice(0, 2000) }))
  }
  return Array.isArray(report.rows)
    ? ok(report.rows.filter(isObject))
    : fail(fault('halo-refused', { facts: { label: 'report' } }))
}
