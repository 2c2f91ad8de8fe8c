import { Button } from '@fluentui/react-components'
import { ArrowClockwise16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { type Answers, api, useCommand } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { entityWords } from '../../words.ts'
import css from './detail.module.css'

type Failures = NonNullable<Answers['inspector']['get']>['failures']

/** The records that failed because of a request, each with its page, and trying them again once the cause is gone. */
export function FailedRecords({ failures }: { failures: Failures }) {
  const notices = useNotices()
  const retry = useCommand((ids: number[]) => api.failures.retry.mutate({ ids }))
  const open = failures.filter(({ isOpen }) => isOpen).map(({ id }) => id)
  if (failures.length === 0) return null
  const act = async (): Promise<void> => {
    notices.tell(await retry.run(open), `${plural(open.length, 'record')} will be tried again.`)
  }
  return (
    <section>
      <h3 className={css.partTitle}>{plural(failures.length, 'failed record')} because of it</h3>
      <ul className={css.links}>
        {failures.map(({ id, tenantId, entity, commerceId, label, isOpen }) => (
          <li key={id}>
            <Link href={`${entityWords[entity].path}/${tenantId}/${commerceId}`}>
              {label || `${entityWords[entity].one} ${commerceId}`}
            </Link>
            {!isOpen && <span className="quiet"> (done since)</span>}
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <Button
          size="small"
          className={css.below}
          icon={<ArrowClockwise16Regular />}
          disabled={retry.isBusy}
          onClick={() => void act()}
        >
          Try {open.length === 1 ? 'it' : `these ${open.length}`} again
        </Button>
      )}
    </section>
  )
}
