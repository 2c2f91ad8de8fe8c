import { useState } from 'react'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, queries, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { EarlierQuestion } from './earlier-question.tsx'
import { PauseChoice } from './pause-choice.tsx'
import { type Plan, patchOf, planOf, refusedAt, type Wrong, wrongIn } from './plan.ts'
import { EntityChoice, NumberField, ScheduleChoice, SyncFrom } from './plan-fields.tsx'
import { ReconcileChoice, ReconcileSection } from './reconcile-section.tsx'
import css from './tenant-page.module.css'
import { EnabledSwitch } from './tenant-row.tsx'

/** The switch, when it syncs, what it syncs, how much it may ask, and when it reads everything anew. */
export function IntegratorTab({ tenant }: { tenant: Tenant }) {
  return (
    <div className={css.stack}>
      <Section title="Integration">
        <Panel>
          <EnabledSwitch tenant={tenant} />
          {tenant.isEnabled && tenant.schedule.kind !== 'off' && <PauseChoice tenant={tenant} />}
        </Panel>
      </Section>
      <Section title="What is synced, and when">
        <Panel>
          <PlanForm tenant={tenant} />
        </Panel>
      </Section>
      <ReconcileSection tenant={tenant} />
    </div>
  )
}

function PlanForm({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const { draft, isDirty, change, undo, settle } = useDraft(planOf(tenant))
  const [refused, setRefused] = useState<Wrong>({})
  const [asksEarlier, setAsksEarlier] = useState(false)
  const save = useCommand((plan: Plan) =>
    api.tenants.update.mutate({ id: tenant.id, patch: patchOf(plan, tenant) }),
  )
  const wrong = { ...refused, ...wrongIn(draft) }
  const onChange = (part: Partial<Plan>): void => {
    setRefused({})
    change(part)
  }
  const earlier = patchOf(draft, tenant).syncFrom
  const onSave = async (isSure: boolean): Promise<void> => {
    if (Object.keys(wrongIn(draft)).length > 0) return
    setAsksEarlier(!isSure && earlier !== undefined && earlier < tenant.syncFrom)
    if (!isSure && earlier !== undefined && earlier < tenant.syncFrom) return
    const saved = await save.run(draft)
    const refusal = saved.ok ? null : refusedAt(saved.fault)
    if (refusal) return setRefused(refusal)
    notices.tell(saved, 'Saved.')
    if (!saved.ok) return
    await queries.invalidateQueries({ queryKey: ['tenants.get', tenant.id] })
    settle(draft)
  }
  return (
    <DraftForm
      label="What is synced, and when"
      isDirty={isDirty}
      isBusy={save.isBusy}
      onSave={() => void onSave(false)}
      onUndo={undo}
    >
      <EntityChoice chosen={draft.entities} onChange={(entities) => onChange({ entities })} />
      <ScheduleChoice plan={draft} wrong={wrong} onChange={onChange} />
      <SyncFrom plan={draft} wrong={wrong} onChange={onChange} />
      <ReconcileChoice
        plan={draft.reconcile}
        wrong={wrong.reconcile}
        onChange={(part) => onChange({ reconcile: { ...draft.reconcile, ...part } })}
      />
      {asksEarlier && earlier && (
        <EarlierQuestion
          tenantId={tenant.id}
          from={tenant.syncFrom}
          to={earlier}
          onYes={() => void onSave(true)}
          onNo={() => setAsksEarlier(false)}
        />
      )}
      <div className={css.row}>
        <NumberField
          label="Requests a minute"
          value={draft.perMinute}
          wrong={wrong.perMinute}
          onChange={(perMinute) => onChange({ perMinute })}
        />
        <NumberField
          label="Requests a day"
          value={draft.perDay}
          wrong={wrong.perDay}
          onChange={(perDay) => onChange({ perDay })}
        />
        <NumberField
          label="Kept free for people, in percent"
          value={draft.reserve}
          wrong={wrong.reserve}
          onChange={(reserve) => onChange({ reserve })}
        />
      </div>
    </DraftForm>
  )
}
