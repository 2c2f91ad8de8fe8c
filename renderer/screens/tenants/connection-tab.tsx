import { Button } from '@fluentui/react-components'
import { Key16Regular, PlugConnected16Regular, Save16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { explain } from '../../../app/model/fault-words.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { api, type LadderStep, type TenantView, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { addressRule, nameRule } from './field-rules.ts'
import { HaloSection } from './halo-section.tsx'
import { Ladder } from './ladder.tsx'
import { LinksSection } from './links-section.tsx'
import { RemoveTenant } from './remove-tenant.tsx'
import { ReplaceKey } from './replace-key.tsx'
import css from './tenant-page.module.css'
import { TextField } from './text-field.tsx'

/** Name, addresses, key, connection test, Halo, links, and removing the tenant. */
export function ConnectionTab({ view }: { view: TenantView }) {
  const { tenant, key } = view
  return (
    <div className={css.stack}>
      <div className={css.two}>
        <Section title="Connection">
          <Panel>
            <ConnectionForm tenant={tenant} />
          </Panel>
        </Section>
        <TestSection tenantId={tenant.id} />
      </div>
      <Section title="API key">
        <Panel>
          <div className={css.buttons}>
            <Key16Regular aria-hidden="true" />
            {key ? (
              <span>
                Ends in …{key.endsIn}, set <Time at={key.setAt} />
              </span>
            ) : (
              <span>No key is stored.</span>
            )}
            <ReplaceKey tenantId={tenant.id} />
          </div>
          <KeyHelp instanceUrl={tenant.instanceUrl} />
        </Panel>
      </Section>
      <HaloSection view={view} />
      <LinksSection tenant={tenant} />
      <div className={css.danger}>
        <Section title="Remove this tenant">
          <p>
            Removing forgets which record in Halo belongs to which in Commerce. To use a new key, replace it
            above instead: that keeps everything.
          </p>
          <RemoveTenant tenant={tenant} />
        </Section>
      </div>
    </div>
  )
}

/** The words of the vendor's portal. */
function KeyHelp({ instanceUrl }: { instanceUrl: string }) {
  return (
    <p className={css.help}>
      To create a key: open{' '}
      <a href={instanceUrl} target="_blank" rel="noreferrer">
        Datto Commerce
      </a>{' '}
      as a user who may see everything that is to be synced, choose <b>Developer API</b> in the account menu
      (top right), create the key and copy it. It reads only; Commerce has no way to write.
    </p>
  )
}

type Draft = { name: string; instanceUrl: string; apiUrl: string }

function ConnectionForm({ tenant }: { tenant: Tenant }) {
  const notices = useNotices()
  const values = { name: tenant.name, instanceUrl: tenant.instanceUrl, apiUrl: tenant.apiUrl }
  const form = useForm<Draft>({ values, resetOptions: { keepDirtyValues: true }, mode: 'onTouched' })
  const save = useCommand((draft: Draft) =>
    api.tenants.update.mutate({
      id: tenant.id,
      patch: { name: draft.name.trim(), instanceUrl: draft.instanceUrl.trim(), apiUrl: draft.apiUrl.trim() },
    }),
  )
  const onSave = form.handleSubmit(async (draft) => {
    const saved = await save.run(draft)
    if (saved.ok) {
      form.reset(draft)
      return notices.done('Saved.')
    }
    const field = (['name', 'instanceUrl', 'apiUrl'] as const).find(
      (each) => each === saved.fault.facts?.field,
    )
    const words = explain(saved.fault)
    if (field) form.setError(field, { message: `${words.what} ${words.doNow}` }, { shouldFocus: true })
    else notices.trouble(saved.fault)
  })
  return (
    <form className={css.form} onSubmit={onSave} noValidate aria-label="Connection">
      <TextField control={form.control} name="name" label="Name" rule={nameRule} isRequired />
      <TextField
        control={form.control}
        name="instanceUrl"
        label="Commerce address"
        rule={addressRule}
        isRequired
        hint="Where your people open Datto Commerce: https://NAME.mydattocommerce.com. Links lead there."
      />
      <TextField
        control={form.control}
        name="apiUrl"
        label="API address"
        rule={addressRule}
        isRequired
        hint="https://api.kaseyaquotemanager.com for every customer of the vendor."
      />
      <div className={css.buttons}>
        <Button
          type="submit"
          appearance="primary"
          size="small"
          icon={<Save16Regular />}
          disabled={!form.formState.isDirty || save.isBusy}
        >
          Save
        </Button>
        {form.formState.isDirty && <span className="quiet">Not saved yet</span>}
      </div>
    </form>
  )
}

function TestSection({ tenantId }: { tenantId: number }) {
  const notices = useNotices()
  const [steps, setSteps] = useState<readonly LadderStep[] | null>(null)
  const test = useCommand((id: number) => api.tenants.test.mutate({ tenant: { id } }))
  const onTest = async (): Promise<void> => {
    const tested = await test.run(tenantId)
    if (tested.ok) setSteps(tested.value)
    else notices.trouble(tested.fault)
  }
  return (
    <Section
      title="Connection test"
      actions={
        <Button size="small" icon={<PlugConnected16Regular />} disabled={test.isBusy} onClick={onTest}>
          {test.isBusy ? 'Testing…' : 'Test connection'}
        </Button>
      }
    >
      <div aria-live="polite">
        {steps ? (
          <Panel>
            <Ladder steps={steps} />
          </Panel>
        ) : (
          <p className="quiet">
            Checks address, network, key and Halo one after the other. Costs one request.
          </p>
        )}
      </div>
    </Section>
  )
}
