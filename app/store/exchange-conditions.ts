import type { FilterKey, Term } from '../model/inspector/filter.ts'
import { durationMs, momentMs, sizeBytes, statusSpan } from '../model/inspector/filter.ts'
import { wordsQuery } from './exchange-words.ts'

export type Value = string | number
/** A condition of SQL with what its question marks stand for. */
export type Said = { readonly sql: string; readonly values: readonly Value[] }

/** Now, and the beginning of today where the person is. */
export type Moment = { readonly nowMs: number; readonly midnightMs: number }

/** The term as a condition on the table `exchange`. A value that cannot be read matches nothing. */
export function termCondition(term: Term, moment: Moment): Said {
  const each = term.values.map((value) => meaning(term.key, value, moment))
  const sql = each.map((one) => one.sql).join(' OR ')
  const values = each.flatMap((one) => one.values)
  // A NULL is neither yes nor no to SQL; to a person "not run 5" includes what belongs to no run.
  return { sql: term.isNot ? `NOT coalesce((${sql}), 0)` : `(${sql})`, values }
}

const said = (sql: string, ...values: Value[]): Said => ({ sql, values })
const nothing = said('0')

const equals: Partial<Record<FilterKey, string>> = {
  method: 'method = ?',
  fault: 'fault_code = ?',
  cause: 'cause = ?',
  call: 'call_id = ?',
}

const kinds: Readonly<Record<string, Said>> = {
  failures: said('fault_code IS NOT NULL'),
  throttled: said("(status = 429 OR fault_code IN ('rate-limited', 'day-limit'))"),
  retried: said('attempt > 1'),
  'no-answer': said('status = 0'),
  cut: said('is_cut = 1'),
  people: said("purpose IN ('test', 'import', 'replay')"),
}

function meaning(key: FilterKey, value: string, moment: Moment): Said {
  switch (key) {
    case 'status': {
      const span = statusSpan(value)
      return span ? said('status BETWEEN ? AND ?', span.from, span.to) : nothing
    }
    case 'host':
      return ['commerce', 'halo', 'other'].includes(value)
        ? said('host = ?', value)
        : said('instr(server, ?) > 0', value)
    case 'path':
      return said('instr(lower(path), lower(?)) > 0', value)
    case 'kind':
      return kinds[value] ?? said('purpose = ?', value)
    case 'run':
      return said('run_id = ?', Number(value))
    case 'tenant':
      return said('tenant_id = ?', Number(value))
    case 'slower':
      return said('total_ms >= ?', durationMs(value) ?? 0)
    case 'faster':
      return said('total_ms < ?', durationMs(value) ?? 0)
    case 'larger':
      return said(`${largest} >= ?`, sizeBytes(value) ?? 0)
    case 'smaller':
      return said(`${largest} < ?`, sizeBytes(value) ?? 0)
    case 'since':
    case 'until': {
      const at = momentMs(value, moment.nowMs, moment.midnightMs)
      return at === null ? nothing : said(`started_ms ${key === 'since' ? '>=' : '<'} ?`, at)
    }
    case 'text':
      return textCondition(value)
    default:
      return said(equals[key] ?? '0', ...(equals[key] ? [value] : []))
  }
}

const largest = 'max(coalesce(request_bytes, 0), coalesce(response_bytes, 0))'

function textCondition(text: string): Said {
  const query = wordsQuery(text)
  return query
    ? said('id IN (SELECT rowid FROM words WHERE words MATCH ?)', query)
    : said(
        "(instr(lower(url), lower(?)) > 0 OR instr(lower(coalesce(error_text, '')), lower(?)) > 0)",
        text,
        text,
      )
}
