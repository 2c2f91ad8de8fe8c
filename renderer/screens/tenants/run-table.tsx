import { Link } from 'wouter'
import type { Run } from '../../../app/model/outcome.ts'
import { totalOf } from '../../ui/counts.tsx'
import { count, duration } from '../../ui/format.ts'
import { RunMark } from '../../ui/mark.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { outcomeWords, runKindWords } from '../../words.ts'
import { wordsOfRun } from '../runs/outcome-words.ts'

/** A few runs, each with what it came to. */
export function RunTable({ runs }: { runs: readonly Run[] }) {
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            {['Result', 'Run', 'Started', 'Took'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            {['Requests', 'Created', 'Updated', 'Failed'].map((title) => (
              <th key={title} scope="col" data-align="end">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ run }: { run: Run }) {
  const total = totalOf(run.counts)
  const words = wordsOfRun(run)
  const isWouldBe = words !== outcomeWords
  return (
    <tr>
      <td>
        <RunMark outcome={run.outcome} />
      </td>
      <td>
        <Link href={`/runs/${run.id}`}>
          {runKindWords[run.kind]} {run.id}
        </Link>
      </td>
      <td>
        <Time at={run.startedAt} />
      </td>
      <td>{run.endedAt && duration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</td>
      <td data-align="end">{count(run.requests)}</td>
      {(['created', 'updated', 'failed'] as const).map((kind) => (
        <td key={kind} data-align="end">
          {isWouldBe ? (
            <span className="quiet" title="Nothing was written.">
              {count(total[kind])} {words[kind].toLowerCase()}
            </span>
          ) : (
            count(total[kind])
          )}
        </td>
      ))}
    </tr>
  )
}
