import { Link } from 'wouter'
import { type Answers, api, useAsk } from '../../api.ts'
import { idIn } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { FixLink } from '../../ui/fix-link.tsx'
import { useNow } from '../../ui/now.ts'
import { Facts, Page, Panel, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { entityWords, resourceWord } from '../../words.ts'
import { BodyView } from '../inspector/body-view.tsx'
import { NotThere } from '../not-there.tsx'
import { HistoryPart } from '../records/history-part.tsx'
import css from './attention.module.css'
import { IgnoreButton, ReopenButton, RetryButton } from './failure-acts.tsx'
import { FailureMark, needsYou, triesBeforeParked } from './failure-words.tsx'

type Detail = NonNullable<Answers['failures']['get']>
type Failure = Detail['failure']

/** One failed record: why, what to do, each try, and what Commerce sent. */
export function FailurePage({ id }: { id: string }) {
  const failureId = idIn(id) ?? 0
  const { data, error, refetch } = useAsk(['failures.get', failureId], (signal) =>
    failureId === 0 ? Promise.resolve(null) : api.failures.get.query({ id: failureId }, { signal }),
  )
  if (data === null) return <NotThere what="This failure" />
  if (!data) {
    return (
      <Page title="Needs attention">
        {error ? <Unanswered error={error} again={() => void refetch()} /> : <Skeleton lines={8} />}
      </Page>
    )
  }
  return <Loaded detail={data} />
}

function Loaded({ detail: { failure, tries, payload } }: { detail: Detail }) {
  const { entity, tenantId, commerceId, label, fault } = failure
  const { one, path } = entityWords[entity]
  const tenant = useTenants().find(({ id }) => id === tenantId)
  const isOpen = failure.closedAt === null
  return (
    <Page
      title={label}
      beside={<FailureMark failure={failure} />}
      sub={
        <>
          <Link href="/attention">Needs attention</Link>
          {tenant && <Link href={`/tenants/${tenantId}`}>{tenant.name}</Link>}
          <Link href={`${path}/${tenantId}/${commerceId}`}>Open this {one}</Link>
          <Link href={`${path}/${tenantId}/${commerceId}?part=requests`}>Its requests</Link>
        </>
      }
      actions={isOpen && <Acts failure={failure} />}
    >
      <Trouble
        fault={fault}
        tone={isOpen ? (needsYou(failure) ? 'needs' : 'heals') : 'note'}
        actions={isOpen && <FixLink fault={fault} entity={entity} tenantId={tenantId} />}
      />
      <Panel>
        <Facts facts={factsOf(failure)} />
      </Panel>
      <Section title="Tries">
        <HistoryPart history={tries} />
        {failure.closedAt && <Healed failure={failure} />}
      </Section>
      {payload.map(({ name, text }) => (
        <Section key={name} title={`As Commerce sent it: ${resourceWord(name)}`}>
          <BodyView
            name={resourceWord(name)}
            body={{ text, bytes: new TextEncoder().encode(text).length, isCut: false }}
          />
        </Section>
      ))}
      {payload.length === 0 && <p className="quiet">What Commerce sent is not kept.</p>}
    </Page>
  )
}

function Acts({ failure }: { failure: Failure }) {
  const more = { which: { ids: [failure.id] }, what: failure.label }
  return failure.ignoredReason === null ? (
    <>
      <RetryButton {...more} label="Retry this" isPrimary />
      <IgnoreButton {...more} label="Ignore" />
    </>
  ) : (
    <ReopenButton {...more} label="Take back" isPrimary />
  )
}

/** A success closes a failure by itself. */
function Healed({ failure: { closedAt, closedByRun } }: { failure: Failure }) {
  return (
    <p className={css.story}>
      <span>
        Healed <Time at={closedAt} />: the record went through
        {closedByRun !== null && (
          <>
            {' '}
            in <Link href={`/runs/${closedByRun}`}>run {closedByRun}</Link>
          </>
        )}
        .
      </span>
    </p>
  )
}

function factsOf(failure: Failure): readonly (readonly [string, React.ReactNode])[] {
  const { ignoredReason, isParked, closedAt } = failure
  const next = isParked ? `None by itself, after ${triesBeforeParked}` : <NextTry failure={failure} />
  return [
    ['Commerce id', failure.commerceId],
    ['Tries', failure.tries],
    ['First', <Time key="first" at={failure.firstAt} />],
    ['Last', <Time key="last" at={failure.lastAt} />],
    ...(closedAt === null ? [['Next try', next] as const] : []),
    ...(ignoredReason === null ? [] : [['Ignored because', ignoredReason] as const]),
  ]
}

/** One that is due waits for the next run. */
function NextTry({ failure: { nextTryAt, ignoredReason } }: { failure: Failure }) {
  const now = useNow()
  if (nextTryAt !== null && Date.parse(nextTryAt) <= now) return <>With the next run</>
  return <Time at={nextTryAt} none={ignoredReason === null ? 'By hand' : 'None while ignored'} />
}
