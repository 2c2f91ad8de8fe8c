import { CheckmarkCircle20Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { api, type FailureGroup, useAsk } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { Choice, TenantChoice, useTenants } from '../../ui/filters.tsx'
import { count } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { TroubleLine, Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import css from './attention.module.css'
import { type FailureState, failureStates, stateWords } from './failure-words.tsx'
import { OpenGroup } from './open-group.tsx'

/** Failed records by cause. Two kinds, never mixed: those that need a person, and those that heal by themselves. */
export function Attention() {
  const { get } = useAddress()
  const state = oneOf(failureStates, get('state')) ?? 'open'
  const tenantId = idIn(get('tenant'))
  const filter = { state, ...(tenantId && { tenantId }) }
  const { data, error, refetch } = useAsk(['failures.groups', filter], (signal) =>
    api.failures.groups.query(filter, { signal }),
  )
  const byNeed = data && [...data.filter(isNeed), ...data.filter((group) => !isNeed(group))]
  const chosen = byNeed?.find((group) => placeOf(group) === placeIn(get)) ?? byNeed?.[0]
  return (
    <Page
      title="Needs attention"
      filters={
        <>
          <StateChoice tenantId={tenantId} />
          <TenantChoice />
        </>
      }
      body="table"
    >
      {error && !data && <Unanswered error={error} again={() => void refetch()} />}
      {!error && !data && <Skeleton lines={6} />}
      {byNeed?.length === 0 && <Nothing state={state} />}
      {byNeed && chosen && (
        <div className={css.columns}>
          <div className={css.groups}>
            {sectionsOf(state, byNeed).map(({ title, groups }) => (
              <Groups key={title} title={title} groups={groups} chosen={chosen} />
            ))}
          </div>
          <OpenGroup key={`${state} ${placeOf(chosen)}`} group={chosen} state={state} />
        </div>
      )}
    </Page>
  )
}

const isNeed = ({ kind }: FailureGroup): boolean => kind === 'needsYou'
const placeOf = ({ key, kind }: FailureGroup): string => `${kind} ${key}`
const placeIn = (get: (name: string) => string | null): string => `${get('kind')} ${get('group')}`

function sectionsOf(state: FailureState, groups: readonly FailureGroup[]) {
  if (state === 'ignored' || state === 'closed') return [{ title: stateWords[state], groups }]
  return [
    { title: 'Need you', groups: groups.filter(isNeed) },
    { title: 'Will be tried again', groups: groups.filter((group) => !isNeed(group)) },
  ]
}

/** Ignored and healed ones stay visible here. */
function StateChoice({ tenantId }: { tenantId: number | null }) {
  const filter = { ...(tenantId && { tenantId }) }
  const { data } = useAsk(['failures.states', filter], (signal) =>
    api.failures.states.query(filter, { signal }),
  )
  const word = (state: FailureState): string =>
    data ? `${stateWords[state]} (${count(data[state])})` : stateWords[state]
  return (
    <Choice
      name="state"
      label="State"
      all={word('open')}
      choices={failureStates
        .filter((state) => state !== 'open')
        .map((state) => [state, word(state)] as const)}
    />
  )
}

const emptyTitles: Record<FailureState, string> = {
  open: 'Nothing needs attention',
  parked: 'Nothing is parked',
  ignored: 'Nothing is ignored',
  closed: 'Nothing has healed lately',
}

function Nothing({ state }: { state: FailureState }) {
  return (
    <Empty icon={<CheckmarkCircle20Regular />} title={emptyTitles[state]}>
      {state === 'open' ? (
        <p>Every record that was read is in Halo, or was skipped by your own rules.</p>
      ) : (
        <Link href="/attention">Show what is open</Link>
      )}
    </Empty>
  )
}

type GroupsProps = {
  readonly title: string
  readonly groups: readonly FailureGroup[]
  readonly chosen: FailureGroup
}

function Groups({ title, groups, chosen }: GroupsProps) {
  const { get } = useAddress()
  const tenants = useTenants()
  if (groups.length === 0) return null
  const kept = ['state', 'tenant'].flatMap((name) => {
    const value = get(name)
    return value ? [[name, value]] : []
  })
  return (
    <section>
      <h2 className={css.groupTitle}>{title}</h2>
      <ul className={css.list}>
        {groups.map((group) => (
          <li key={placeOf(group)}>
            <Link
              href={`/attention?${new URLSearchParams([...kept, ['group', group.key], ['kind', group.kind]])}`}
              className={css.group}
              data-tone={isNeed(group) ? 'needs' : 'heals'}
              aria-current={group === chosen ? 'true' : undefined}
            >
              <span className={css.count}>{count(group.count)}</span>
              <span className={css.what}>
                <TroubleLine fault={group.fault} />
                <span className="quiet">
                  {entityWords[group.entity].many}
                  {tenants.length > 1 && ` · ${tenants.find(({ id }) => id === group.tenantId)?.name ?? ''}`}{' '}
                  · last <Time at={group.lastAt} />
                  {group.parked > 0 && ` · ${count(group.parked)} parked`}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
