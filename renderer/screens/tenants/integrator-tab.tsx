import { Button, Switch } from '@fluentui/react-components'
import { Save16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { type Plan, patchOf, planOf, wrongIn } from './plan.ts'
import { EntityChoice, NumberField, ScheduleChoice } from './plan-fields.tsx'
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
          <PlanForm tenant={tenant} />
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

function PlanForm({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const { plan, change, isDirty } = usePlan(tenant)
  const save = useCommand((draft: Plan) =>
    api.tenants.update.mutate({ id: tenant.id, patch: patchOf(draft, tenant.schedule) }),
  )
  const wrong = wrongIn(plan)
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

/** The form's answers. What somebody saves elsewhere appears, unless something was typed here. */
function usePlan(tenant: Tenant) {
  const saved = JSON.stringify(planOf(tenant))
  const [seen, setSeen] = useState(saved)
  const [plan, setPlan] = useState(() => planOf(tenant))
  if (seen !== saved) {
    if (JSON.stringify(plan) === seen) setPlan(planOf(tenant))
    setSeen(saved)
  }
  return {
    plan,
    isDirty: JSON.stringify(plan) !== saved,
    change: (part: Partial<Plan>): void => setPlan((before) => ({ ...before, ...part })),
  }
}
