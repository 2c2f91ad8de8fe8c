import { Link } from 'wouter'
import { api, type TenantView, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { TroubleLine } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import css from './overview.module.css'

const shown = 8

/** The causes of failed records, the newest first. */
export function GroupsBrief({ tenants }: { tenants: readonly TenantView[] }) {
  const { data } = useAsk(['failures.groups'], (signal) => api.failures.groups.query(undefined, { signal }))
  const nameOf = (id: number) => tenants.find(({ tenant }) => tenant.id === id)?.tenant.name ?? ''
  return (
    <Section
      title="Needs attention"
      actions={data && data.length > shown && <Link href="/attention">All {count(data.length)} causes</Link>}
    >
      {!data && <Skeleton lines={4} />}
      {data?.length === 0 && <p className={css.nothing}>Nothing: no record is failing.</p>}
      {data && data.length > 0 && (
        <ul className={`${css.list} ${css.groups}`}>
          {data.slice(0, shown).map((group) => (
            <li key={group.key}>
              <span className={css.clip}>
                <Link href={`/attention?group=${encodeURIComponent(group.key)}`}>
                  <TroubleLine fault={group.fault} />
                </Link>{' '}
                <span className="quiet number">
                  {count(group.count)}{' '}
                  {group.count === 1
                    ? entityWords[group.entity].one
                    : entityWords[group.entity].many.toLowerCase()}{' '}
                  · {nameOf(group.tenantId)}
                </span>
              </span>
              <span className={css.right}>
                <Time at={group.lastAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
