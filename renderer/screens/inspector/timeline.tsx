import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { exactTime, plural } from '../../ui/format.ts'
import css from './timeline.module.css'

type TimelineProps = {
  readonly q: string
  readonly upTo: number
  /** Shows only what lies between two moments (UTC ISO). */
  readonly onPick: (since: string, until: string) => void
}

/** How many requests there were over time, failed ones below in red; a click shows those of one bar alone. */
export function Timeline({ q, upTo, onPick }: TimelineProps) {
  const { data } = useQuery({
    queryKey: ['inspector.timeline', q, upTo],
    queryFn: ({ signal }) => api.inspector.timeline.query({ q, upTo }, { signal }),
    placeholderData: (before) => before,
  })
  if (!data) return <div className={css.timeline} />
  const highest = Math.max(1, ...data.bars.map(({ all }) => all))
  const startOf = (bar: number): string => new Date(Date.parse(data.from) + bar * data.stepMs).toISOString()
  return (
    <fieldset className={css.timeline} aria-label="Requests over time">
      {data.bars.map(({ all, failed }, at) => {
        const words = `${exactTime(startOf(at))}: ${plural(all, 'request')}, ${failed} failed`
        return (
          <button
            key={startOf(at)}
            type="button"
            className={css.bar}
            disabled={all === 0}
            tabIndex={-1}
            title={words}
            aria-label={words}
            onClick={() => onPick(startOf(at), startOf(at + 1))}
          >
            <span className={css.good} style={{ height: `${heightOf(all - failed, highest)}%` }} />
            <span className={css.failed} style={{ height: `${heightOf(failed, highest)}%` }} />
          </button>
        )
      })}
    </fieldset>
  )
}

/** One of many must still be seen: anything at all is at least a tenth high. */
const heightOf = (value: number, highest: number): number => (value === 0 ? 0 : 10 + (value / highest) * 90)
