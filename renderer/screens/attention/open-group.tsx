import type { FailureGroup } from '../../api.ts'
import { FixLink, fixOf } from '../../ui/fix-link.tsx'
import { count, plural } from '../../ui/format.ts'
import { useNow } from '../../ui/now.ts'
import { Time } from '../../ui/time.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import css from './attention.module.css'
import { IgnoreButton, ReopenButton, RetryButton } from './failure-acts.tsx'
import { FailureTable } from './failure-table.tsx'
import { type FailureState, triesBeforeParked } from './failure-words.tsx'

/** One cause: what it is, the one fix for it, and its records. */
export function OpenGroup({ group, state }: { group: FailureGroup; state: FailureState }) {
  const { one, many } = entityWords[group.entity]
  const what = plural(group.count, one, many.toLowerCase())
  return (
    <section className={css.open} aria-label="Cause and records">
      <Trouble
        fault={group.fault}
        tone={state === 'closed' ? 'note' : group.kind === 'needsYou' ? 'needs' : 'heals'}
        actions={<GroupActs group={group} state={state} what={what} />}
      />
      <p className="quiet">
        {what}, first <Time at={group.firstAt} />, last <Time at={group.lastAt} />
        {group.parked > 0 && `; ${count(group.parked)} parked after ${triesBeforeParked} tries`}
        {state !== 'closed' && <NextTry at={group.nextTryAt} />}.
      </p>
      <FailureTable group={group} state={state} />
    </section>
  )
}

type ActsProps = { readonly group: FailureGroup; readonly state: FailureState; readonly what: string }

function GroupActs({ group, state, what }: ActsProps) {
  if (state === 'closed') return null
  const which = { group: group.key, kind: group.kind }
  const all = group.count === 1 ? 'this one' : `all ${count(group.count)}`
  if (state === 'ignored')
    return <ReopenButton which={which} what={what} label={`Take back ${all}`} isPrimary />
  const hasFix = fixOf(group.fault, group.entity, group.tenantId) !== null
  return (
    <>
      <FixLink fault={group.fault} entity={group.entity} tenantId={group.tenantId} />
      <RetryButton which={which} what={what} label={`Retry ${all}`} isPrimary={!hasFix} />
      <IgnoreButton which={which} what={what} label={`Ignore ${all}`} />
    </>
  )
}

/** One that is due waits for the next run. */
function NextTry({ at }: { at: string | null }) {
  const now = useNow()
  if (at === null) return null
  return Date.parse(at) <= now ? (
    <>; tried again with the next run</>
  ) : (
    <>
      ; next try <Time at={at} />
    </>
  )
}
