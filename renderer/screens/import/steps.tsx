import { Link } from 'wouter'
import css from './import.module.css'

export const importSteps = [
  { id: 'file', name: 'File' },
  { id: 'sheet', name: 'Sheet and headings' },
  { id: 'columns', name: 'Columns' },
  { id: 'values', name: 'Values' },
  { id: 'check', name: 'Check' },
  { id: 'preview', name: 'Preview' },
  { id: 'result', name: 'Import' },
] as const
export type ImportStep = (typeof importSteps)[number]['id']

type StepsProps = {
  readonly at: ImportStep
  /** Where a step leads; null: not from here. */
  readonly hrefOf: (step: ImportStep) => string | null
}

/** All steps, always in sight; back and forth is free. */
export function Steps({ at, hrefOf }: StepsProps) {
  const now = importSteps.findIndex(({ id }) => id === at)
  return (
    <nav aria-label="Steps of the import">
      <ol className={css.steps}>
        {importSteps.map(({ id, name }, index) => {
          const href = index === now ? null : hrefOf(id)
          const content = (
            <>
              <span className={css.stepNumber} aria-hidden="true">
                {index + 1}
              </span>
              {name}
            </>
          )
          return (
            <li key={id} data-state={index < now ? 'done' : index === now ? 'now' : 'next'}>
              {href ? (
                <Link href={href} className={css.step}>
                  {content}
                </Link>
              ) : (
                <span className={css.step} aria-current={index === now ? 'step' : undefined}>
                  {content}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
