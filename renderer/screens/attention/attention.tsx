import { Button } from '@fluentui/react-components'
import { ArrowClockwise16Regular, CheckmarkCircle20Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { api, type FailureGroup, useAsk, useCommand } from '../../api.ts'
import { idIn, useAddress } from '../../ui/address.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { TenantChoice, useTenants } from '../../ui/filters.tsx'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Page } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble, TroubleLine, Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import css from './attention.module.css'
import { FailureTable } from './failure-table.tsx'

/** As the badge counts them: a person must change something first, or they are parked and no longer tried by themselves. */
const needsYou = (group: FailureGroup): boolean =>
  group.fault.next === 'setup' || group.parked === group.count

/** Failed records by cause. Two kinds, never mixed: those that need a person, and those that heal by themselves. */
export function Attention() {
  const { get } = useAddress()
  const { data, error, refetch } = useAsk(['failures.groups'], (signal) =>
    api.failures.groups.query(undefined, { signal }),
  )
  const tenantId = idIn(get('tenant'))
  const groups = data?.filter((group) => tenantId === null || group.tenantId === tenantId)
  const chosen = groups?.find(({ key }) => key === get('group')) ?? groups?.find(needsYou) ?? groups?.[0]
  return (
    <Page title="Needs attention" filters={<TenantChoice />} body="table">
      {error && !data && <Unanswered error={error} again={() => void refetch()} />}
      {!error && !data && <Skeleton lines={6} />}
      {groups?.length === 0 && (
        <Empty icon={<CheckmarkCircle20Regular />} title="Nothing needs attention">
          <p>Every record that was read is in Halo, or was skipped by your own rules.</p>
        </Empty>
      )}
      {groups && groups.length > 0 && (
        <div className={css.columns}>
          <div className={css.groups}>
            <Groups title="Need you" groups={groups.filter(needsYou)} chosen={chosen?.key} />
            <Groups
              title="Will be tried again"
              groups={groups.filter((each) => !needsYou(each))}
              chosen={chosen?.key}
            />
          </div>
          {chosen && <Open key={chosen.key} group={chosen} />}
        </div>
      )}
    </Page>
  )
}

type GroupsProps = {
  readonly title: string
  readonly groups: readonly FailureGroup[]
  readonly chosen: string | undefined
}

function Groups({ title, groups, chosen }: GroupsProps) {
  const { get } = useAddress()
  const tenants = useTenants()
  if (groups.length === 0) return null
  const tenant = get('tenant')
  return (
    <section>
      <h2 className={css.groupTitle}>{title}</h2>
      <ul className={css.list}>
        {groups.map((group) => (
          <li key={group.key}>
            <Link
              href={`/attention?${new URLSearchParams({ ...(tenant && { tenant }), group: group.key })}`}
              className={css.group}
              data-tone={needsYou(group) ? 'needs' : 'heals'}
              aria-current={group.key === chosen ? 'true' : undefined}
            >
              <span className={css.count}>{count(group.count)}</span>
              <span className={css.what}>
                <TroubleLine fault={group.fault} />
                <span className="quiet">
                  {entityWords[group.entity].many}
                  {tenants.length > 1 && ` · ${tenants.find(({ id }) => id === group.tenantId)?.name ?? ''}`}{' '}
                  · last <Time at={group.lastAt} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Open({ group }: { group: FailureGroup }) {
  const notices = useNotices()
  const { one, many } = entityWords[group.entity]
  const what = plural(group.count, one, many.toLowerCase())
  const retry = useCommand((key: string) => api.failures.retry.mutate({ group: key }))
  return (
    <section className={css.open} aria-label="Cause and records">
      <Trouble
        fault={group.fault}
        tone={needsYou(group) ? 'needs' : 'heals'}
        actions={
          <Button
            size="small"
            appearance="primary"
            icon={<ArrowClockwise16Regular />}
            disabled={retry.isBusy}
            onClick={async () => {
              notices.tell(await retry.run(group.key), `Trying ${what} again.`)
            }}
          >
            Retry {group.count === 1 ? 'this one' : `all ${count(group.count)}`}
          </Button>
        }
      />
      <p className="quiet">
        {what}, first <Time at={group.firstAt} />, last <Time at={group.lastAt} />
        {group.parked > 0 && `; ${count(group.parked)} parked after 8 tries`}.
      </p>
      <FailureTable group={group} />
    </section>
  )
}
