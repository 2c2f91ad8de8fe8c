import type { BudgetUse } from '../api.ts'
import css from './budget.module.css'
import { count } from './format.ts'
import { Time } from './time.tsx'

/** What a key has used of its two limits. */
export function Budget({ budget }: { budget: BudgetUse }) {
  return (
    <div className={css.budget}>
      <Meter name="This minute" used={budget.minute} of={budget.perMinute} />
      <Meter name="Today (UTC)" used={budget.day} of={budget.perDay} />
      {budget.blockedUntil && (
        <p className={css.blocked}>
          Commerce asked to wait; goes on <Time at={budget.blockedUntil} />.
        </p>
      )}
    </div>
  )
}

function Meter({ name, used, of }: { name: string; used: number; of: number }) {
  const share = Math.min(1, of === 0 ? 0 : used / of)
  return (
    <div className={css.meter}>
      <span className="quiet">{name}</span>
      <span className="number">
        {count(used)} of {count(of)} requests
      </span>
      <span className={css.track} aria-hidden="true">
        <span
          className={css.fill}
          data-level={share > 0.9 ? 'high' : undefined}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </div>
  )
}
