import { type CsvFormat, csvRow, csvStart } from '../../../app/model/csv.ts'
import { explain } from '../../../app/model/fault-words.ts'
import type { Run } from '../../../app/model/outcome.ts'
import type { RunStory } from '../../../app/model/run-story.ts'
import { type Answers, api } from '../../api.ts'
import { entityWords, outcomeWords } from '../../words.ts'

type Outcome = Answers['runPage']['export'][number]

/** All outcomes of a run, part by part; ends early when `signal` fires. */
async function* outcomesOf(runId: number, signal: AbortSignal): AsyncGenerator<readonly Outcome[]> {
  let after = 0
  while (!signal.aborted) {
    const rows = await api.runPage.export.query({ runId, after }, { signal })
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.seq
  }
}

const titles = [
  ...['Number', 'Outcome', 'Record', 'Name', 'Commerce id', 'Halo id', 'When (UTC)'],
  ...['Problem', 'What to do', 'Notes', 'Changes'],
]

/** One outcome as a row of the report. */
export function reportRow(row: Outcome): (string | number | null)[] {
  const problem = row.fault && explain(row.fault)
  return [
    ...[row.seq, outcomeWords[row.kind], entityWords[row.entity].one, row.label],
    ...[row.commerceId, row.haloId, row.at.slice(0, 19).replace('T', ' ')],
    ...[problem?.what ?? '', problem?.doNow ?? '', row.notes.map((note) => explain(note).what).join(' ')],
    row.changes.map(({ field, before, after }) => `${field}: ${before ?? ''} -> ${after ?? ''}`).join('; '),
  ]
}

type Parts = { readonly signal: AbortSignal; readonly onProgress: (done: number) => void }

/** The outcomes as a CSV file. Null when it was stopped. */
export async function csvReport(runId: number, format: CsvFormat, parts: Parts): Promise<Blob | null> {
  const lines = [csvStart(format) + csvRow(titles, format)]
  let done = 0
  for await (const rows of outcomesOf(runId, parts.signal)) {
    lines.push(rows.map((row) => csvRow(reportRow(row), format)).join(''))
    done += rows.length
    parts.onProgress(done)
  }
  return parts.signal.aborted ? null : new Blob(lines, { type: 'text/csv;charset=utf-8' })
}

/** Run, story and outcomes as JSON, one outcome a line. Null when it was stopped. */
export async function jsonReport(run: Run, story: RunStory, parts: Parts): Promise<Blob | null> {
  const head = JSON.stringify({ run, story })
  const pieces = [`${head.slice(0, -1)},"outcomes":[`]
  let done = 0
  for await (const rows of outcomesOf(run.id, parts.signal)) {
    pieces.push(`${done === 0 ? '\n' : ',\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`)
    done += rows.length
    parts.onProgress(done)
  }
  pieces.push('\n]}\n')
  return parts.signal.aborted ? null : new Blob(pieces, { type: 'application/json' })
}
