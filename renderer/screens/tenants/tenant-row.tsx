import { Switch } from '@fluentui/react-components'
import { Link } from 'wouter'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, queries, type TenantHealth, useCommand } from '../../api.ts'
import { useAlikeQuestion } from '../../ui/alike.tsx'
import { count } from '../../ui/format.ts'
import { HealthMark } from '../../ui/mark.tsx'
import { useNotices } from '../../ui/notices.tsx'
import plain from '../../ui/plain-table.module.css'
import { RunButtons } from '../../ui/run-buttons.tsx'
import { Time } from '../../ui/time.tsx'
import { TroubleLine } from '../../ui/trouble.tsx'
import css from './tenant-page.module.css'

/** One tenant among others: how it does, its switch, and what went wrong last. */
export function TenantRow({ tenant, health }: { tenant: Tenant; health: TenantHealth | undefined }) {
  const failing = health ? health.failures.needsYou + health.failures.healing : 0
  return (
    <tr>
      <th scope="row">
        <Link href={`/tenants/${tenant.id}`}>{tenant.name}</Link>
        <div className="quiet">{tenant.instanceUrl}</div>
      </th>
      <td>
        <EnabledSwitch tenant={tenant} name={tenant.name} />
      </td>
      <td>{health && <HealthMark freshness={health.freshness} />}</td>
      <td>
        {health && <Time at={health.lastGoodAt} none="Never" />}
        {health?.nextDueAt && (
          <div className="quiet">
            Next <Time at={health.nextDueAt} />
          </div>
        )}
      </td>
      <td data-align="end">
        {failing > 0 ? <Link href={`/attention?tenant=${tenant.id}`}>{count(failing)}</Link> : '0'}
      </td>
      <td className={css.error}>{health && <LastError health={health} />}</td>
      <td>
        <div className={plain.actions}>
          <RunButtons tenantId={tenant.id} isEnabled={tenant.isEnabled} name={tenant.name} isShort />
        </div>
      </td>
    </tr>
  )
}

/** What stopped the last run that was stopped, unless a later one went well. */
function LastError({ health }: { health: TenantHealth }) {
  const last = health.recentRuns.find(({ fault, kind }) => fault !== null && kind !== 'preview')
  const isOver = last?.endedAt && health.lastGoodAt && last.endedAt < health.lastGoodAt
  if (!last?.fault || isOver) return <span className="quiet">None</span>
  return (
    <Link href={`/runs/${last.id}`}>
      <TroubleLine fault={last.fault} />
    </Link>
  )
}

/** The one switch of the integration; what it did can be taken back at once. */
export function EnabledSwitch({ tenant, name }: { tenant: Tenant; name?: string }) {
  const notices = useNotices()
  const alike = useAlikeQuestion(tenant.id)
  const update = useCommand((isEnabled: boolean) =>
    api.tenants.update.mutate({ id: tenant.id, patch: { isEnabled } }),
  )
  const turn = async (isEnabled: boolean, undo?: () => void): Promise<void> => {
    const turned = await update.run(isEnabled)
    if (!turned.ok) return notices.trouble(turned.fault)
    await queries.invalidateQueries({ queryKey: ['tenants.list'] })
    await queries.invalidateQueries({ queryKey: ['tenants.get', tenant.id] })
    const what = isEnabled
      ? `${tenant.name} is enabled.`
      : `${tenant.name} is disabled. Halo keeps its records.`
    notices.done(what, undo)
  }
  const words = tenant.isEnabled ? 'Enabled' : 'Disabled: nothing is synced'
  const onChange = (checked: boolean): void => {
    const act = (): Promise<void> => turn(checked, () => void turn(!checked))
    // Its schedule would begin the first sync.
    void (checked ? alike.ask(act) : act())
  }
  return (
    <>
      <Switch
        checked={tenant.isEnabled}
        disabled={update.isBusy || alike.isAsking}
        {...(name === undefined ? { label: words } : { 'aria-label': `Enabled: ${name}` })}
        onChange={(_, { checked }) => onChange(checked)}
      />
      {alike.question}
    </>
  )
}
