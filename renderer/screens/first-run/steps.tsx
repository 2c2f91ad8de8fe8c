import { Checkmark16Filled } from '@fluentui/react-icons'
import { Link } from 'wouter'
import css from './first-run.module.css'

const steps = [
  { id: 'connect', name: 'Connect Commerce' },
  { id: 'halo', name: 'Choose Halo' },
  { id: 'preview', name: 'Preview the first sync' },
] as const
export type Step = (typeof steps)[number]['id']

/** The three steps to the first sync. Those before are done, and a link back where there is something to change. */
export function Steps({ at, tenantId }: { at: Step; tenantId: number | null }) {
  const now = steps.findIndex(({ id }) => id === at)
  return (
    <ol className={css.steps} aria-label="Steps to the first sync">
      {steps.map(({ id, name }, index) => {
        const href = id === 'connect' ? `/tenants/${tenantId}/details` : `/start/${tenantId}/${id}`
        const mark = index < now ? <Checkmark16Filled aria-label="done" /> : index + 1
        return (
          <li
            key={id}
            className={css.step}
            data-state={index < now ? 'done' : index === now ? 'now' : 'next'}
            aria-current={index === now ? 'step' : undefined}
          >
            <span className={css.number}>{mark}</span>
            {index < now && tenantId !== null ? <Link href={href}>{name}</Link> : <span>{name}</span>}
          </li>
        )
      })}
    </ol>
  )
}
