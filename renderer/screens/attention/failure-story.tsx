import { Link } from 'wouter'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, useAsk } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { Time } from '../../ui/time.tsx'
import css from './attention.module.css'
import { FailureMark } from './failure-words.tsx'

type StoryProps = { readonly tenantId: number; readonly entity: Entity; readonly commerceId: number }

/** For a record's history: that it failed, how often, and that it healed, or how it stands. Nothing for one that never failed. */
export function FailureStory({ tenantId, entity, commerceId }: StoryProps) {
  const { data } = useAsk(['failures.ofRecord', tenantId, entity, commerceId], (signal) =>
    api.failures.ofRecord.query({ tenantId, entity, commerceId }, { signal }),
  )
  if (!data) return null
  return (
    <p className={css.story}>
      <FailureMark failure={data} />
      <span>
        Failed {plural(data.tries, 'time')}, first <Time at={data.firstAt} />, last <Time at={data.lastAt} />.{' '}
        {data.closedAt && (
          <>
            Closed by itself <Time at={data.closedAt} />
            {data.closedByRun !== null && (
              <>
                {' '}
                when <Link href={`/runs/${data.closedByRun}`}>run {data.closedByRun}</Link> succeeded
              </>
            )}
            .{' '}
          </>
        )}
        {data.ignoredReason !== null && !data.closedAt && <>Ignored: {data.ignoredReason}. </>}
        <Link href={`/attention/${data.id}`}>Each try</Link>
      </span>
    </p>
  )
}
