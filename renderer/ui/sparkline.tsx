import { Link } from 'wouter'
import type { Run } from '../../app/model/outcome.ts'
import { runKindWords, runOutcomeWords } from '../words.ts'
import { readOf, totalOf } from './counts.tsx'
import { exactTime } from './format.ts'
import css from './sparkline.module.css'

/** The last 30 runs, oldest first: one bar each, as high as it read much, coloured by how it ended; a click leads to the run. */
export function Sparkline({ runs }: { runs: readonly Run[] }) {
  const bars = runs.slice(0, 30).toReversed()
  const most = Math.max(1, ...bars.map((run) => readOf(totalOf(run.counts))))
  return (
    <ul className={css.bars} aria-label="Last runs">
      {bars.map((run) => {
        const state = run.outcome ?? 'running'
        const height = 20 + 80 * Math.sqrt(readOf(totalOf(run.counts)) / most)
        const words = `${runKindWords[run.kind]} ${run.id}, ${exactTime(run.startedAt)}: ${runOutcomeWords[state]}`
        return (
          <li key={run.id}>
            <Link href={`/runs/${run.id}`} className={css.bar} title={words} aria-label={words} tabIndex={-1}>
              <span data-state={state} style={{ height: `${height}%` }} />
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
