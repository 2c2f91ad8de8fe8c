import { Button, Checkbox } from '@fluentui/react-components'
import { PlugConnected16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { acceptsAnyCertificate } from '../../../app/model/halo-target.ts'
import { api, type LadderStep, queries, type TenantView, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { draftOfTarget, type HaloDraft, targetOf } from './halo-draft.ts'
import { HaloTargetFields } from './halo-target.tsx'
import { useHaloVerdict } from './halo-verdict.ts'
import { Ladder } from './ladder.tsx'
import css from './tenant-page.module.css'

/** Which Halo this tenant feeds: its address and login, tried before they are saved. */
export function HaloSection({ view: { tenant, haloSecret } }: { view: TenantView }) {
  const notices = useNotices()
  const { draft, isDirty, change, undo, settle } = useDraft(draftOfTarget(tenant.halo))
  const { wrong, refuse, isFine, forget, refusal } = useHaloVerdict(draft, haloSecret ? tenant.halo : null)
  const [isSure, setSure] = useState(false)
  const isOpen = acceptsAnyCertificate(targetOf(draft))
  const save = useCommand((typed: HaloDraft) =>
    api.tenants.update.mutate({
      id: tenant.id,
      patch: { halo: targetOf(typed) },
      ...(typed.secret === '' ? {} : { haloSecret: typed.secret }),
    }),
  )
  const onChange = (part: Partial<HaloDraft>): void => {
    forget()
    setSure(false)
    change(part)
  }
  const onSave = async (): Promise<void> => {
    if (!isFine()) return
    const saved = await save.run(draft)
    if (!saved.ok) return refuse(saved.fault)
    await queries.invalidateQueries({ queryKey: ['tenants.get', tenant.id] })
    await queries.invalidateQueries({ queryKey: ['mapping.choices', tenant.id] })
    settle(draft)
    notices.done('Saved. The next run writes there.')
  }
  return (
    <div className={css.two}>
      <Section title="Halo">
        <Panel>
          <DraftForm
            label="Halo"
            isDirty={isDirty}
            isBusy={save.isBusy}
            problem={
              isOpen && !isSure ? 'Tick that the risk is understood, or choose another rule.' : undefined
            }
            effect="Another Halo gets everything anew, out of what was read before."
            onSave={() => void onSave()}
            onUndo={undo}
          >
            <HaloTargetFields draft={draft} wrong={wrong} stored={haloSecret} onChange={onChange} />
            {isOpen && isDirty && (
              <Checkbox
                label="I understand that somebody in between could read and change everything"
                checked={isSure}
                onChange={(_, { checked }) => setSure(checked === true)}
              />
            )}
            {refusal && <Trouble fault={refusal} />}
          </DraftForm>
        </Panel>
      </Section>
      <HaloTest tenantId={tenant.id} draft={draft} isFine={isFine} onRefused={refuse} onChange={onChange} />
    </div>
  )
}

type HaloTestProps = {
  readonly tenantId: number
  readonly draft: HaloDraft
  readonly isFine: () => boolean
  readonly onRefused: ReturnType<typeof useHaloVerdict>['refuse']
  readonly onChange: (part: Partial<HaloDraft>) => void
}

/** Tries what stands in the form, saved or not; a certificate that the server shows can be pinned from here. */
function HaloTest({ tenantId, draft, isFine, onRefused, onChange }: HaloTestProps) {
  const [steps, setSteps] = useState<readonly LadderStep[] | null>(null)
  const test = useCommand((typed: HaloDraft) =>
    api.tenants.testHalo.mutate({
      id: tenantId,
      target: targetOf(typed),
      ...(typed.secret === '' ? {} : { secret: typed.secret }),
    }),
  )
  const onTest = async (): Promise<void> => {
    if (!isFine()) return
    const tested = await test.run(draft)
    if (tested.ok) setSteps(tested.value)
    else onRefused(tested.fault)
  }
  const seen = steps?.find(({ certificate }) => certificate)?.certificate
  const isPinned = draft.certificate === 'pinned' && seen && draft.fingerprint === seen.fingerprint
  return (
    <Section
      title="Test of Halo"
      actions={
        <Button
          size="small"
          icon={<PlugConnected16Regular />}
          disabled={test.isBusy}
          onClick={() => void onTest()}
        >
          {test.isBusy ? 'Testing…' : 'Test Halo'}
        </Button>
      }
    >
      <div aria-live="polite">
        {steps ? (
          <Panel>
            <Ladder steps={steps} name="Test of Halo" />
            {seen && !isPinned && (
              <Button
                size="small"
                onClick={() => onChange({ certificate: 'pinned', fingerprint: seen.fingerprint })}
              >
                Accept exactly this certificate
              </Button>
            )}
          </Panel>
        ) : (
          <p className="quiet">Tries what stands in the form, saved or not. Reads only.</p>
        )}
      </div>
    </Section>
  )
}
