import { useMemo } from 'react'
import { Link } from 'wouter'
import { type Answers, api, useAsk } from '../../api.ts'
import { useAddress } from '../../ui/address.ts'
import { count, dayOf, plural } from '../../ui/format.ts'
import { useNow } from '../../ui/now.ts'
import plain from '../../ui/plain-table.module.css'
import { runOutcomeWords } from '../../words.ts'
import css from './day-chart.module.css'
import { bordersOf, type Day, dayKey, lastDays } from './days.ts'

type DayFigures = Answers['timeline']['days'][number]
type Filter = Parameters<typeof api.timeline.days.query>[0]['filter']
type Shown = Day & { readonly figures: DayFigures; readonly isChosen: boolean; readonly href: string }

const daysShown = 30
/** From the bottom of a bar to its top. */
const order = ['done', 'cancelled', 'running', 'partial', 'stopped'] as const

const runsOf = ({ runs }: DayFigures): number => order.reduce((sum, outcome) => sum + runs[outcome], 0)

/** The last 30 days: runs a day by how they ended, and requests a day. A click shows that day; a table says the same. */
export function DayChart({ filter, chosen }: { filter: Filter; chosen: string | null }) {
  const today = dayKey(new Date(useNow()))
  // Anew when the day changes, not at each tick.
  const days = useMemo(() => lastDays(new Date(`${today}T12:00:00`).getTime(), daysShown), [today])
  const { data } = useAsk(['timeline.days', today, filter], (signal) =>
    api.timeline.days.query({ borders: bordersOf(days), filter }, { signal }),
  )
  const hrefOf = useDayLink()
  const shown = days.map((day, at) => ({
    ...day,
    figures: data?.[at] ?? none,
    isChosen: day.key === chosen,
    href: hrefOf(day.key === chosen ? null : day.key),
  }))
  const mostRuns = Math.max(1, ...shown.map(({ figures }) => runsOf(figures)))
  const mostRequests = Math.max(1, ...shown.map(({ figures }) => figures.requests))
  return (
    <section className={css.chart} aria-label="The last 30 days">
      <div className={css.scale} aria-hidden="true">
        <span>{count(mostRuns)} runs</span>
        <span>{count(mostRequests)} requests</span>
      </div>
      <ul className={css.bars} aria-label="Runs and requests, day by day">
        {shown.map((day) => (
          <li key={day.key}>
            <Bar day={day} mostRuns={mostRuns} mostRequests={mostRequests} />
          </li>
        ))}
      </ul>
      <div className={css.axis}>
        <span className="quiet">{dayOf(days[0]?.from ?? '')}</span>
        <Legend days={shown} />
        <span className="quiet">Today</span>
      </div>
      <details className={css.table}>
        <summary>As a table</summary>
        <DayTable days={shown} />
      </details>
    </section>
  )
}

const none: DayFigures = { runs: { done: 0, partial: 0, stopped: 0, cancelled: 0, running: 0 }, requests: 0 }

/** The address of this list with another day. */
function useDayLink(): (key: string | null) => string {
  const { get } = useAddress()
  const kept = ['tenant', 'kind', 'outcome'].flatMap((name) => {
    const value = get(name)
    return value ? [[name, value] as const] : []
  })
  return (key) => {
    const query = new URLSearchParams([
      ...kept.map(([name, value]) => [name, value]),
      ...(key ? [['day', key]] : []),
    ])
    return query.size > 0 ? `/runs?${query}` : '/runs'
  }
}

function wordsOf({ from, figures }: Shown): string {
  const kinds = order.filter((outcome) => figures.runs[outcome] > 0)
  const told = kinds.map(
    (outcome) => `${count(figures.runs[outcome])} ${runOutcomeWords[outcome].toLowerCase()}`,
  )
  const runs = runsOf(figures) === 0 ? 'no run' : `${plural(runsOf(figures), 'run')} (${told.join(', ')})`
  return `${dayOf(from)}: ${runs}, ${plural(figures.requests, 'request')}`
}

type BarProps = { readonly day: Shown; readonly mostRuns: number; readonly mostRequests: number }

function Bar({ day, mostRuns, mostRequests }: BarProps) {
  const words = wordsOf(day)
  let y = 100
  return (
    <Link
      href={day.href}
      replace
      className={css.bar}
      title={words}
      aria-label={words}
      aria-current={day.isChosen || undefined}
      tabIndex={-1}
    >
      <svg viewBox="0 0 10 100" preserveAspectRatio="none" className={css.runs} aria-hidden="true">
        {order.map((outcome) => {
          const value = day.figures.runs[outcome]
          if (value === 0) return null
          // A single failed run among hundreds must be seen.
          const height = Math.max(6, (value / mostRuns) * 100)
          y = Math.max(0, y - height)
          return <rect key={outcome} x={0} y={y} width={10} height={height} data-outcome={outcome} />
        })}
      </svg>
      <svg viewBox="0 0 10 100" preserveAspectRatio="none" className={css.requests} aria-hidden="true">
        <rect
          x={0}
          y={0}
          width={10}
          height={(day.figures.requests / mostRequests) * 100}
          data-outcome="requests"
        />
      </svg>
    </Link>
  )
}

function Legend({ days }: { days: readonly Shown[] }) {
  const met = order.filter((outcome) => days.some(({ figures }) => figures.runs[outcome] > 0))
  return (
    <span className={css.legend}>
      {met.map((outcome) => (
        <span key={outcome}>
          <svg viewBox="0 0 10 10" width={10} height={10} aria-hidden="true">
            <rect width={10} height={10} data-outcome={outcome} />
          </svg>
          {runOutcomeWords[outcome]}
        </span>
      ))}
      <span>
        <svg viewBox="0 0 10 10" width={10} height={10} aria-hidden="true">
          <rect width={10} height={10} data-outcome="requests" />
        </svg>
        Requests
      </span>
    </span>
  )
}

function DayTable({ days }: { days: readonly Shown[] }) {
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {order.map((outcome) => (
              <th key={outcome} scope="col" data-align="end">
                {runOutcomeWords[outcome]}
              </th>
            ))}
            <th scope="col" data-align="end">
              Requests
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.key}>
              <td>
                <Link href={day.href} replace aria-current={day.isChosen || undefined}>
                  {dayOf(day.from)}
                </Link>
              </td>
              {order.map((outcome) => (
                <td key={outcome} data-align="end">
                  {count(day.figures.runs[outcome])}
                </td>
              ))}
              <td data-align="end">{count(day.figures.requests)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
