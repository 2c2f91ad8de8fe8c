import { Button, Field, Input, Select, Switch } from '@fluentui/react-components'
import { ArrowRepeatAll16Regular } from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, useAsk, useCommand } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { useLiveRun } from '../../ui/run-buttons.tsx'
import mapping from './mapping.module.css'
import { type ReconcilePlan, weekdays } from './reconcile-plan.ts'
import css from './tenant-page.module.css'

/** What reading every list of this tenant costs, in words; '' while it is not known. */
export function useWholeCost(tenantId: number): string {
  const cost = useAsk(['tenants.wholeCost', tenantId], (signal) =>
    api.tenants.wholeCost.query({ id: tenantId }, { signal }),
  ).data
  if (!cost) return ''
  const requests = `${cost.unknown > 0 ? 'at least ' : 'about '}${plural(cost.requests, 'request')}`
  return cost.unknown > 0
    ? `${requests}; how long ${plural(cost.unknown, 'list is', 'lists are')} shows only when it is read`
    : `${requests}, ${plural(Math.ceil(cost.requests / cost.perMinute), 'minute')} at ${count(cost.perMinute)} a minute`
}

/** The run that reads everything anew: what it does, what it costs, and the button for now. */
export function ReconcileSection({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const [, go] = useLocation()
  const cost = useWholeCost(tenant.id)
  const live = useLiveRun(tenant.id)
  const start = useCommand(() => api.runs.start.mutate({ tenantId: tenant.id, kind: 'reconcile' }))
  const onStart = async (): Promise<void> => {
    const begun = await start.run(undefined)
    if (begun.ok) go(`/runs/${begun.value.runId}`)
    else notices.trouble(begun.fault)
  }
  return (
    <Section title="Reconcile">
      <Panel>
        <p className={mapping.note}>
          Reads every list of Commerce anew: finds changes that no date told of, and marks in this program
          what is gone from Commerce. Nothing is deleted in Halo, and records from before the sync began stay
          out.
          {cost && ` It costs ${cost}.`}
        </p>
        <div className={css.buttons}>
          <Button
            size="small"
            icon={<ArrowRepeatAll16Regular />}
            disabled={live !== null || start.isBusy || !tenant.isEnabled}
            onClick={() => void onStart()}
          >
            Reconcile now
          </Button>
          {live && <span className="quiet">A run of this tenant is going on.</span>}
        </div>
      </Panel>
    </Section>
  )
}

/** Whether and when it happens by itself: a part of the plan's form. */
export function ReconcileChoice({ plan, wrong, onChange }: WeeklyTimeProps) {
  return (
    <div className={css.form}>
      <Switch
        checked={plan.isOn}
        label="Reconcile every week"
        onChange={(_, { checked }) => onChange({ isOn: checked })}
      />
      {plan.isOn && <WeeklyTime plan={plan} wrong={wrong} onChange={onChange} />}
    </div>
  )
}

type WeeklyTimeProps = {
  readonly plan: ReconcilePlan
  readonly wrong: string | undefined
  readonly onChange: (part: Partial<ReconcilePlan>) => void
}

function WeeklyTime({ plan, wrong, onChange }: WeeklyTimeProps) {
  return (
    <div className={css.row}>
      {plan.line !== null ? (
        <Field label="Cron line" hint="Minute, hour, day, month, weekday.">
          <Input value={plan.line} onChange={(_, { value }) => onChange({ line: value })} />
        </Field>
      ) : (
        <>
          <Field label="Day">
            <Select value={plan.day} onChange={(_, { value }) => onChange({ day: value })}>
              {weekdays.map((name, day) => (
                <option key={name} value={String(day)}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Time">
            <Input
              type="time"
              value={plan.time}
              onChange={(_, { value }) => onChange({ time: value === '' ? plan.time : value })}
            />
          </Field>
        </>
      )}
      <Field
        label="Zone of this time"
        validationState={wrong ? 'error' : 'none'}
        validationMessage={wrong ?? null}
      >
        <Input value={plan.zone} onChange={(_, { value }) => onChange({ zone: value })} />
      </Field>
    </div>
  )
}
