import { Button } from '@fluentui/react-components'
import { ArrowRight16Regular, PlugConnected16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api, type LadderStep, queries, type TenantView, useCommand } from '../../api.ts'
import { Panel } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { useDraft } from '../tenants/draft.ts'
import { draftOfTarget, type HaloDraft, targetOf } from '../tenants/halo-draft.ts'
import { HaloTargetFields } from '../tenants/halo-target.tsx'
import { useHaloVerdict } from '../tenants/halo-verdict.ts'
import { Ladder } from '../tenants/ladder.tsx'
import css from './first-run.module.css'

/** The second step: which Halo. A test tells before anything is kept whether it can be reached and has what is needed. */
export function HaloStep({ view: { tenant, haloSecret } }: { view: TenantView }) {
  const [, go] = useLocation()
  const { draft, isDirty, change } = useDraft(draftOfTarget(tenant.halo))
  const { release } = useUnsaved(isDirty)
  const { wrong, refuse, isFine, forget, refusal } = useHaloVerdict(draft, haloSecret ? tenant.halo : null)
  const [steps, setSteps] = useState<readonly LadderStep[] | null>(null)
  const secret = draft.secret === '' ? {} : { secret: draft.secret }
  const test = useCommand((typed: HaloDraft) =>
    api.tenants.testHalo.mutate({ id: tenant.id, target: targetOf(typed), ...secret }),
  )
  const save = useCommand((typed: HaloDraft) =>
    api.tenants.update.mutate({
      id: tenant.id,
      patch: { halo: targetOf(typed) },
      ...(typed.secret === '' ? {} : { haloSecret: typed.secret }),
    }),
  )
  const onTest = async (): Promise<void> => {
    if (!isFine()) return
    const tested = await test.run(draft)
    if (tested.ok) setSteps(tested.value)
    else refuse(tested.fault)
  }
  const onSave = async (): Promise<void> => {
    if (!isFine()) return
    const saved = isDirty ? await save.run(draft) : null
    if (saved && !saved.ok) return refuse(saved.fault)
    await queries.invalidateQueries({ queryKey: ['tenants.get', tenant.id] })
    release()
    go(`/start/${tenant.id}/preview`)
  }
  return (
    <div className={css.columns}>
      <form
        className={css.form}
        noValidate
        aria-label="Halo"
        onSubmit={(event) => {
          event.preventDefault()
          void onSave()
        }}
      >
        <HaloTargetFields
          draft={draft}
          wrong={wrong}
          stored={haloSecret}
          onChange={(part) => {
            forget()
            change(part)
          }}
        />
        {refusal && <Trouble fault={refusal} />}
        <div className={css.buttons}>
          <Button type="submit" appearance="primary" icon={<ArrowRight16Regular />} disabled={save.isBusy}>
            Save and go on
          </Button>
          <Button icon={<PlugConnected16Regular />} disabled={test.isBusy} onClick={() => void onTest()}>
            {test.isBusy ? 'Testing…' : 'Test Halo'}
          </Button>
        </div>
      </form>
      <aside aria-live="polite">
        <Panel>
          <h2 className={css.asideTitle}>{steps ? 'Test of Halo' : 'What happens to Halo'}</h2>
          {steps ? <Ladder steps={steps} /> : <Assurance />}
        </Panel>
      </aside>
    </div>
  )
}

function Assurance() {
  return (
    <div className={css.form}>
      <p className={css.text}>
        Testing reads only. Nothing is written before you have seen a preview and started the sync.
      </p>
      <p className={css.text}>
        Then customers, quotes, sales orders and products are added or updated. Nothing is ever deleted, and
        no cost price is written.
      </p>
    </div>
  )
}
