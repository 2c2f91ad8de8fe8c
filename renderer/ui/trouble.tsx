import { Button } from '@fluentui/react-components'
import {
  ArrowClockwise16Regular,
  ErrorCircle20Filled,
  Info20Regular,
  Warning20Filled,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Fault } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'
import { faultOf } from '../api.ts'
import { Time } from './time.tsx'
import css from './trouble.module.css'

const icons = { heals: <Warning20Filled />, needs: <ErrorCircle20Filled />, note: <Info20Regular /> }

/** A fault in full: what happened, why, what to do, the other side's own words, and a way there. */
export function Trouble({ fault, actions, tone = fault.next === 'retry' ? 'heals' : 'needs' }: TroubleProps) {
  const words = explain(fault)
  return (
    <div className={css.trouble} data-tone={tone}>
      <span className={css.icon} aria-hidden="true">
        {icons[tone]}
      </span>
      <div className={css.text}>
        <strong className={css.what}>{words.what}</strong>
        {words.why && <p>{words.why}</p>}
        <p>{words.doNow}</p>
        {fault.retryAt && (
          <p>
            Next try: <Time at={fault.retryAt} />
          </p>
        )}
        {fault.raw && (
          <details className={css.raw}>
            <summary>The exact words</summary>
            <pre>{fault.raw}</pre>
          </details>
        )}
        {(actions || fault.exchangeId) && (
          <div className={css.actions}>
            {actions}
            {fault.exchangeId && <Link href={`/requests/${fault.exchangeId}`}>Show the request</Link>}
          </div>
        )}
      </div>
    </div>
  )
}

type TroubleProps = {
  readonly fault: Fault
  readonly actions?: ReactNode
  /** heals: goes away by itself, with the next try. needs: a person must act. note: written, but worth knowing. Told by the fault unless given. */
  readonly tone?: keyof typeof icons
}

/** A fault in one line, for a table's cell. */
export function TroubleLine({ fault }: { fault: Fault }) {
  const { what } = explain(fault)
  return <span title={what}>{what}</span>
}

/** A question that was not answered. A lost engine has its own banner and heals by itself; anything else is shown here. */
export function Unanswered({ error, again }: { error: unknown; again?: () => void }) {
  return (
    <div className={css.unanswered}>
      <Trouble
        fault={faultOf(error)}
        actions={
          again && (
            <Button size="small" icon={<ArrowClockwise16Regular />} onClick={again}>
              Try again
            </Button>
          )
        }
      />
    </div>
  )
}
