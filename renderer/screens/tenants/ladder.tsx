import { CheckmarkCircle20Filled, Circle20Regular, ErrorCircle20Filled } from '@fluentui/react-icons'
import type { LadderStep } from '../../api.ts'
import { duration } from '../../ui/format.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { stepWords } from '../../words.ts'
import css from './ladder.module.css'

const looks = {
  passed: { icon: <CheckmarkCircle20Filled />, word: 'Passed' },
  failed: { icon: <ErrorCircle20Filled />, word: 'Failed' },
  skipped: { icon: <Circle20Regular />, word: 'Not tried' },
} as const

/** A connection test, rung by rung; the first that failed says why and what to do. */
export function Ladder({ steps, name = 'Connection test' }: LadderProps) {
  return (
    <ol className={css.ladder} aria-label={name}>
      {steps.map((step) => (
        <li key={step.id} className={css.step} data-state={step.state}>
          <span className={css.icon} aria-hidden="true">
            {looks[step.state].icon}
          </span>
          <div className={css.text}>
            <span className={css.name}>
              {stepWords[step.id]}
              <span className="visually-hidden">: {looks[step.state].word}.</span>
            </span>
            <span className="quiet">{step.state === 'skipped' ? 'Not tried' : step.found}</span>
            {step.fault && <Trouble fault={step.fault} />}
          </div>
          {step.state === 'passed' && (
            <span className={`${css.took} quiet number`}>{duration(step.durationMs)}</span>
          )}
        </li>
      ))}
    </ol>
  )
}

type LadderProps = {
  readonly steps: readonly LadderStep[]
  /** What is tried, for screen readers. */
  readonly name?: string
}
