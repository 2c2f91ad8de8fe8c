import { Button, Checkbox, Field, Input, Select, Switch } from '@fluentui/react-components'
import { Save16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Schedule, Tenant } from '../../../app/model/tenant.ts'
import { api, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { entitiesShown, entityWords } from '../../words.ts'
import { numberRule } from './field-rules.ts'
import css from './tenant-page.module.css'

/** The switch, when it syncs, what it syncs, and how much it may ask. */
export function IntegratorTab({ tenant }: { tenant: Tenant }) {
  return (
    <div className={css.stack}>
      <Section title="Integration">
        <Panel>
          <EnabledSwitch tenant={tenant} />
        </Panel>
      </Section>
      <Section title="What is synced, and when">
        <Panel>
          {/* Saved settings that change elsewhere start the form anew. */}
          <PlanForm key={planKey(tenant)} tenant={tenant} />
        </Panel>
      </Section>
    </div>
  )
}

function EnabledSwitch({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const update = useCommand((isEnabled: boolean) =>
    api.tenants.update.mutate({ id: tenant.id, patch: { isEnabled } }),
  )
  return (
    <div>
      <Switch
        checked={tenant.isEnabled}
        disabled={update.isBusy}
        label={tenant.isEnabled ? 'Enabled' : 'Disabled: nothing is synced'}
        onChange={async (_, { checked }) => {
          notices.tell(await update.run(checked), checked ? 'Enabled.' : 'Disabled. Halo keeps its records.')
        }}
      />
      <p className="quiet">
        Records that changed in Commerce since <Time at={tenant.syncFrom} /> are synced.
      </p>
    </div>
  )
}

type Plan = {
  readonly entities: readonly string[]
  readonly kind: Schedule['kind']
  readonly minutes: string
  readonly cron: string
  readonly perMinute: string
  readonly perDay: string
}

const planOf = (tenant: Tenant): Plan => ({
  entities: tenant.entities,
  kind: tenant.schedule.kind,
  minutes: tenant.schedule.kind === 'every' ? String(tenant.schedule.minutes) : '15',
  cron: tenant.schedule.kind === 'cron' ? tenant.schedule.line : '0 * * * *',
  perMinute: String(tenant.requestsPerMinute),
  perDay: String(tenant.requestsPerDay),
})
const planKey = (tenant: Tenant): string => JSON.stringify(planOf(tenant))

function scheduleOf(plan: Plan, before: Schedule): Schedule {
  const zone = before.kind === 'off' ? Intl.DateTimeFormat().resolvedOptions().timeZone : before.zone
  if (plan.kind === 'off') return { kind: 'off' }
  if (plan.kind === 'cron') return { kind: 'cron', line: plan.cron.trim(), zone }
  const between = before.kind === 'every' ? before.between : null
  return { kind: 'every', minutes: Number(plan.minutes), between, zone }
}

function PlanForm({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const [plan, setPlan] = useState(() => planOf(tenant))
  const change = (part: Partial<Plan>): void => setPlan((before) => ({ ...before, ...part }))
  const save = useCommand((draft: Plan) =>
    api.tenants.update.mutate({
      id: tenant.id,
      patch: {
        entities: tenantEntities(draft),
        schedule: scheduleOf(draft, tenant.schedule),
        requestsPerMinute: Number(draft.perMinute),
        requestsPerDay: Number(draft.perDay),
      },
    }),
  )
  const wrong = wrongIn(plan)
  const isDirty = JSON.stringify(plan) !== planKey(tenant)
  return (
    <form
      className={css.form}
      noValidate
      aria-label="What is synced, and when"
      onSubmit={async (event) => {
        event.preventDefault()
        if (Object.keys(wrong).length === 0) notices.tell(await save.run(plan), 'Saved.')
      }}
    >
      <EntityChoice chosen={plan.entities} onChange={(chosen) => change({ entities: chosen })} />
      <ScheduleChoice plan={plan} wrong={wrong} onChange={change} />
      <div className={css.row}>
        <NumberField
          label="Requests a minute"
          value={plan.perMinute}
          wrong={wrong.perMinute}
          onChange={(perMinute) => change({ perMinute })}
        />
        <NumberField
          label="Requests a day"
          value={plan.perDay}
          wrong={wrong.perDay}
          onChange={(perDay) => change({ perDay })}
        />
      </div>
      <div className={css.buttons}>
        <Button
          type="submit"
          appearance="primary"
          size="small"
          icon={<Save16Regular />}
          disabled={!isDirty || save.isBusy}
        >
          Save
        </Button>
        {isDirty && <span className="quiet">Not saved yet</span>}
      </div>
    </form>
  )
}

const tenantEntities = (plan: Plan) => entitiesShown.filter((entity) => plan.entities.includes(entity))

type Wrong = Partial<Record<'minutes' | 'cron' | 'perMinute' | 'perDay', string>>

function wrongIn(plan: Plan): Wrong {
  const found: [keyof Wrong, string | true][] = [
    ['minutes', plan.kind === 'every' ? numberRule(1, 1440)(plan.minutes) : true],
    ['cron', plan.kind === 'cron' && plan.cron.trim() === '' ? 'Enter a cron line.' : true],
    ['perMinute', numberRule(1, 100_000)(plan.perMinute)],
    ['perDay', numberRule(1, 100_000_000)(plan.perDay)],
  ]
  return Object.fromEntries(found.filter(([, verdict]) => verdict !== true))
}

type EntityChoiceProps = {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

function EntityChoice({ chosen, onChange }: EntityChoiceProps) {
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>Records</legend>
      <div className={css.row}>
        {entitiesShown.map((entity) => (
          <Checkbox
            key={entity}
            label={entityWords[entity].many}
            checked={chosen.includes(entity)}
            onChange={(_, { checked }) =>
              onChange(
                entitiesShown.filter((each) => (each === entity ? checked === true : chosen.includes(each))),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

type ScheduleProps = {
  readonly plan: Plan
  readonly wrong: Wrong
  readonly onChange: (part: Partial<Plan>) => void
}

function ScheduleChoice({ plan, wrong, onChange }: ScheduleProps) {
  return (
    <div className={css.row}>
      <Field label="Schedule">
        <Select value={plan.kind} onChange={(_, { value }) => onChange({ kind: kindOf(value) })}>
          <option value="every">Every so many minutes</option>
          <option value="cron">By a cron line</option>
          <option value="off">Only by hand</option>
        </Select>
      </Field>
      {plan.kind === 'every' && (
        <NumberField
          label="Minutes"
          value={plan.minutes}
          wrong={wrong.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
      )}
      {plan.kind === 'cron' && (
        <Field
          label="Cron line"
          validationState={wrong.cron ? 'error' : 'none'}
          validationMessage={wrong.cron ?? null}
          hint="Minute, hour, day, month, weekday."
        >
          <Input value={plan.cron} onChange={(_, { value }) => onChange({ cron: value })} />
        </Field>
      )}
    </div>
  )
}

const kindOf = (value: string): Schedule['kind'] => (value === 'cron' || value === 'off' ? value : 'every')

type NumberFieldProps = {
  readonly label: string
  readonly value: string
  readonly wrong: string | undefined
  readonly onChange: (value: string) => void
}

function NumberField({ label, value, wrong, onChange }: NumberFieldProps) {
  return (
    <Field label={label} validationState={wrong ? 'error' : 'none'} validationMessage={wrong ?? null}>
      <Input
        value={value}
        inputMode="numeric"
        style={{ width: 140 }}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  )
}
