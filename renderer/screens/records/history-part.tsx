import { Link } from 'wouter'
import { isTelling, nameOfChange } from '../../../app/model/change-words.ts'
import type { Answers } from '../../api.ts'
import { OutcomeMark } from '../../ui/mark.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { TroubleLine } from '../../ui/trouble.tsx'

type History = NonNullable<Answers['records']['get']>['history']

/** What became of a record, run by run, newest first. */
export function HistoryPart({ history }: { history: History }) {
  if (history.length === 0)
    return <p className="quiet">It never had to be written: it was found unchanged each time.</p>
  return (
    <div className={plain.frame}>
      <table className={plain.table} aria-label="What became of it">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Run</th>
            <th scope="col">When</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {history.map((row) => (
            <tr key={`${row.runId}/${row.seq}`}>
              <td>
                <OutcomeMark kind={row.kind} />
              </td>
              <td>
                <Link href={`/runs/${row.runId}`}>Run {row.runId}</Link>
              </td>
              <td>
                <Time at={row.at} />
              </td>
              <td className={plain.wrap}>
                {row.fault ? <TroubleLine fault={row.fault} /> : changedFields(row.changes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const fieldsNamed = 8

/** The fields that changed, as people call them; the run's page has their values. */
function changedFields(changes: History[number]['changes']): string {
  const named = changes.filter(isTelling).map(({ field }) => {
    const { part, label } = nameOfChange(field)
    return part.startsWith('Line') ? `${part}: ${label.toLowerCase()}` : label
  })
  const more = named.length - fieldsNamed
  return `${named.slice(0, fieldsNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
