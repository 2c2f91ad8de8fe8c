import { Button, Field, Select } from '@fluentui/react-components'
import { ArrowSync16Regular, Eye16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Fault } from '../../../app/model/fault.ts'
import { ok } from '../../../app/model/fault.ts'
import type { Run } from '../../../app/model/outcome.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, queries, useAsk, useCommand } from '../../api.ts'
import { AlikeNote } from '../../ui/alike.tsx'
import { CountsTable, readOf, totalOf } from '../../ui/counts.tsx'
import { dayOf, plural } from '../../ui/format.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useLiveRun } from '../../ui/run-buttons.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { wordsOfRun } from '../runs/outcome-words.ts'
import css from './first-run.module.css'

/** The third step: what the first sync would write, seen before it may write. */
export function PreviewStep({ tenant }: { tenant: Tenant }) {
  const live = useLiveRun(tenant.id)
  const last = useAsk(['runs.list', 'previews', tenant.id], (signal) =>
    api.runs.list.query(
      { filter: { tenantId: tenant.id, kind: 'preview' }, window: { offset: 0, limit: 1 } },
      { signal },
    ),
  ).data?.rows[0]
  const [refusal, setRefusal] = useState<Fault | null>(null)
  const preview = useCommand(() => api.runs.start.mutate({ tenantId: tenant.id, kind: 'preview' }))
  const onPreview = async (): Promise<void> => {
    const begun = await preview.run(undefined)
    setRefusal(begun.ok ? null : begun.fault)
    await queries.invalidateQueries({ queryKey: ['runs.list', 'previews', tenant.id] })
  }
  const seen = last && last.outcome !== null && !live ? last : null
  return (
    <>
      <Panel>
        <div className={css.form}>
          <Since tenant={tenant} isBusy={live !== null} />
          <div className={css.buttons}>
            <Button
              appearance={seen ? 'secondary' : 'primary'}
              icon={<Eye16Regular />}
              disabled={live !== null || preview.isBusy}
              onClick={() => void onPreview()}
            >
              {seen ? 'Preview again' : 'Preview the first sync'}
            </Button>
            <span className="quiet">Reads from Commerce and compares with Halo. Writes nothing.</span>
          </div>
          <p className={css.text}>
            Was Halo's own Datto Commerce integration in use? Its groups, statuses and fields can be{' '}
            <Link href={`/tenants/${tenant.id}/mappings`}>taken over</Link> first.
          </p>
        </div>
      </Panel>
      {refusal && <Trouble fault={refusal} />}
      {live && (
        <Panel tone="busy">
          <Progress progress={live} startedAt={last?.startedAt ?? null} />
        </Panel>
      )}
      {seen && <Seen run={seen} tenant={tenant} />}
    </>
  )
}

function Seen({ run, tenant }: { run: Run; tenant: Tenant }) {
  const [, go] = useLocation()
  const [refusal, setRefusal] = useState<Fault | null>(null)
  const start = useCommand(async () => {
    const enabled = await api.tenants.update.mutate({ id: tenant.id, patch: { isEnabled: true } })
    return enabled.ok ? api.runs.start.mutate({ tenantId: tenant.id, kind: 'sync' }) : enabled
  })
  const isUsable = run.outcome === 'done' || run.outcome === 'partial'
  const total = totalOf(run.counts)
  const onStart = async (): Promise<void> => {
    const begun = await start.run(undefined)
    await queries.invalidateQueries()
    if (begun.ok) go(`/runs/${begun.value.runId}`)
    else setRefusal(begun.fault)
  }
  return (
    <Section
      title="What the first sync would do"
      actions={<Link href={`/runs/${run.id}`}>Every record, field by field</Link>}
    >
      <div className={css.form}>
        {run.fault && <Trouble fault={run.fault} />}
        {isUsable && readOf(total) === 0 ? (
          <p className={css.text}>
            Nothing has changed in Commerce since the time chosen above. Choose an earlier one to bring older
            records, or start: what changes from now on is synced.
          </p>
        ) : (
          <CountsTable
            counts={run.counts}
            words={wordsOfRun(run)}
            linkTo={(entity, kind) => linkTo(run.id, entity, kind)}
          />
        )}
        {isUsable && run.counts.customers.created > 0 && <AlikeNote tenantId={tenant.id} />}
        {total.failed > 0 && (
          <p className={css.text}>
            {plural(total.failed, 'record')} would fail. They do not hold up the others; each says what to do.
          </p>
        )}
        {isUsable && !tenant.isEnabled && (
          <div className={css.buttons}>
            <Button
              appearance="primary"
              icon={<ArrowSync16Regular />}
              disabled={start.isBusy}
              onClick={() => void onStart()}
            >
              Start syncing
            </Button>
            <span className="quiet">Writes this to Halo now, then goes on by its schedule.</span>
          </div>
        )}
        {tenant.isEnabled && (
          <p className={css.text}>
            This tenant is switched on. <Link href={`/tenants/${tenant.id}`}>Go to its page</Link>
          </p>
        )}
        {refusal && <Trouble fault={refusal} />}
      </div>
    </Section>
  )
}

const linkTo = (runId: number, entity: string | null, kind: string): string =>
  `/runs/${runId}?${new URLSearchParams(entity ? { entity, kind } : { kind })}`

const dayMs = 86_400_000
const backs = [
  { days: 0, name: 'from the time this tenant was added (usual)' },
  { days: 7, name: 'in the last 7 days' },
  { days: 30, name: 'in the last 30 days' },
  { days: 365, name: 'in the last year' },
] as const

/** How far back the first sync reaches. Counted from when the tenant was added, so that the choice means the same when it is seen again. */
function Since({ tenant, isBusy }: { tenant: Tenant; isBusy: boolean }) {
  const [refusal, setRefusal] = useState<Fault | null>(null)
  const addedMs = Date.parse(tenant.createdAt)
  const fromOf = (days: number): string => new Date(addedMs - days * dayMs).toISOString()
  const chosen = backs.find(({ days }) => fromOf(days) === tenant.syncFrom)
  const set = useCommand(async (syncFrom: string) =>
    syncFrom === '' ? ok(null) : api.tenants.update.mutate({ id: tenant.id, patch: { syncFrom } }),
  )
  return (
    <>
      <Field
        label="Bring what changed in Commerce"
        hint="Further back means more requests, of which Commerce grants 60 a minute. Any other day can be set on the tenant's page, under Integrator."
      >
        <Select
          value={chosen ? String(chosen.days) : ''}
          disabled={isBusy || set.isBusy}
          style={{ maxWidth: 420 }}
          onChange={async (_, { value }) => {
            const changed = await set.run(value === '' ? '' : fromOf(Number(value)))
            setRefusal(changed.ok ? null : changed.fault)
            await queries.invalidateQueries({ queryKey: ['tenants.get', tenant.id] })
          }}
        >
          {!chosen && <option value="">since {dayOf(tenant.syncFrom)}</option>}
          {backs.map(({ days, name }) => (
            <option key={days} value={days}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {refusal && <Trouble fault={refusal} />}
    </>
  )
}
