import { wholeSpan } from '../../../app/model/inspector/timing.ts'
import type { Answers } from '../../api.ts'
import { duration, exactTime } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { StatusMark } from '../requests/status-mark.tsx'
import css from './detail.module.css'
import { Bar } from './waterfall.tsx'

type Attempt = NonNullable<Answers['inspector']['get']>['attempts'][number]
type AttemptsProps = {
  readonly attempts: readonly Attempt[]
  readonly openId: number
  readonly onOpen: (id: number) => void
}

/** All tries of the same request side by side, on one scale of time. */
export function AttemptsTab({ attempts, openId, onOpen }: AttemptsProps) {
  const span = wholeSpan(attempts)
  return (
    <div className={css.parts}>
      {attempts.length === 1 && <p className="quiet">It was sent once.</p>}
      <div className={plain.frame}>
        <table className={plain.table} aria-label="Attempts">
          <thead>
            <tr>
              <th scope="col">Try</th>
              <th scope="col">Answer</th>
              <th scope="col">Sent</th>
              <th scope="col">Took</th>
              <th scope="col">Then waited</th>
              <th scope="col">In time</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((row) => (
              <tr key={row.id}>
                <th scope="row" className={css.short}>
                  <button
                    type="button"
                    className={css.link}
                    aria-current={row.id === openId ? 'true' : undefined}
                    onClick={() => onOpen(row.id)}
                  >
                    {row.attempt}
                    <span className="visually-hidden"> of {attempts.length}: open it</span>
                  </button>
                </th>
                <td>
                  <StatusMark exchange={row} />
                </td>
                <td>{exactTime(row.startedAt)}</td>
                <td>{duration(row.totalMs)}</td>
                <td>{row.waitMs === null ? '–' : duration(row.waitMs)}</td>
                <td className={css.barCell}>
                  <Bar row={row} span={span} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
