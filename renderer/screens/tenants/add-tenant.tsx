import { Button } from '@fluentui/react-components'
import { Add16Regular, PlugConnected16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { type UseFormReturn, useForm } from 'react-hook-form'
import { useLocation } from 'wouter'
import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import type { NewTenant } from '../../../app/model/tenant.ts'
import { api, type LadderStep, queries, useCommand } from '../../api.ts'
import { idIn, useAddress } from '../../ui/address.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { Steps } from '../first-run/steps.tsx'
import { TrySample } from '../first-run/try-sample.tsx'
import css from './add-tenant.module.css'
import { Ladder } from './ladder.tsx'
import { blank, type Draft, TenantFields } from './tenant-fields.tsx'

function tenantOf(draft: Draft): NewTenant {
  const { name, instanceUrl, hasOwnApi, apiUrl, keyIn } = draft
  return {
    name: name.trim(),
    instanceUrl: instanceUrl.trim(),
    keyIn,
    // Nothing is written to Halo before its preview was seen: the last step switches it on.
    isEnabled: false,
    requestsPerMinute: Number(draft.requestsPerMinute),
    requestsPerDay: Number(draft.requestsPerDay),
    ...(hasOwnApi ? { apiUrl: apiUrl.trim() } : {}),
  }
}

const testTenant = (draft: Draft) =>
  api.tenants.test.mutate({ tenant: tenantOf(draft), key: draft.key.trim() })

/** `like`: a tenant whose Halo this one is to feed, too. */
async function addTenant({ draft, like }: { readonly draft: Draft; readonly like: number | null }) {
  const halo = like === null ? undefined : (await api.tenants.get.query({ id: like }))?.tenant.halo
  return api.tenants.add.mutate({
    tenant: { ...tenantOf(draft), ...(halo ? { halo } : {}) },
    key: draft.key.trim(),
  })
}

/** A form for a Commerce whose address is known, as one that Halo has a connection to. */
function draftFor(instanceUrl: string): Draft {
  if (!URL.canParse(instanceUrl)) return { ...blank, instanceUrl }
  return { ...blank, instanceUrl, name: new URL(instanceUrl).hostname.split('.')[0] ?? '' }
}

/** Connects a tenant. Test first, or add at once; what the engine refuses appears at its field. */
export function AddTenant() {
  const [, go] = useLocation()
  const notices = useNotices()
  const { get } = useAddress()
  const like = idIn(get('like'))
  const form = useForm<Draft>({ defaultValues: draftFor(get('instance') ?? ''), mode: 'onTouched' })
  const { release } = useUnsaved(form.formState.isDirty)
  const [steps, setSteps] = useState<readonly LadderStep[] | null>(null)
  const [refusal, setRefusal] = useState<Fault | null>(null)
  const test = useCommand(testTenant)
  const add = useCommand(addTenant)

  const refuse = (fault: Fault): void => {
    if (!showAtField(form, fault)) setRefusal(fault)
  }
  const onTest = form.handleSubmit(async (draft) => {
    setRefusal(null)
    const tested = await test.run(draft)
    if (tested.ok) setSteps(tested.value)
    else refuse(tested.fault)
  })
  const onAdd = form.handleSubmit(async (draft) => {
    setRefusal(null)
    const added = await add.run({ draft, like })
    if (!added.ok) return refuse(added.fault)
    notices.done(`${draft.name.trim()} is added. Nothing was written to Halo yet.`)
    await queries.invalidateQueries()
    release()
    go(`/start/${added.value.id}`)
  })
  return (
    <Page title="Add tenant" sub="Connects one Datto Commerce (Kaseya Quote Manager) to Halo.">
      <Steps at="connect" tenantId={null} />
      <div className={css.columns}>
        <form className={css.form} onSubmit={onAdd} noValidate aria-label="New tenant">
          <TenantFields form={form} />
          {refusal && <Trouble fault={refusal} />}
          <div className={css.buttons}>
            <Button appearance="primary" type="submit" icon={<Add16Regular />} disabled={add.isBusy}>
              Add tenant
            </Button>
            <Button icon={<PlugConnected16Regular />} disabled={test.isBusy} onClick={onTest}>
              {test.isBusy ? 'Testing…' : 'Test connection'}
            </Button>
          </div>
        </form>
        <aside className={css.aside} aria-live="polite">
          {steps ? (
            <Panel>
              <h2 className={css.asideTitle}>Connection test</h2>
              <Ladder steps={steps} />
            </Panel>
          ) : (
            <Help />
          )}
        </aside>
      </div>
    </Page>
  )
}

function Help() {
  return (
    <Panel>
      <h2 className={css.asideTitle}>Where the key comes from</h2>
      <ol className={css.help}>
        <li>Sign in to Datto Commerce in a browser.</li>
        <li>
          Open the account menu (top right) and choose <strong>Developer API</strong>.
        </li>
        <li>Create a key and copy it.</li>
        <li>
          Paste it here and choose <strong>Test connection</strong>.
        </li>
      </ol>
      <p className={css.note}>
        A new tenant syncs what changes from now on. Older quotes and orders stay where they are. Nothing is
        written to Halo before you have seen a preview.
      </p>
      <div className={css.sample}>
        <TrySample />
      </div>
    </Panel>
  )
}

const fields: readonly (keyof Draft)[] = [
  'name',
  'instanceUrl',
  'key',
  'apiUrl',
  'requestsPerMinute',
  'requestsPerDay',
]

/** Puts what the engine refused at the field that it names; false when it names none of this form's. */
function showAtField(form: UseFormReturn<Draft>, fault: Fault): boolean {
  const named = String(fault.facts?.field ?? '').replace(/^tenant\./, '')
  const field = fields.find((each) => each === named) ?? (fault.code === 'name-taken' ? 'name' : undefined)
  if (!field) return false
  const words = explain(fault)
  form.setError(field, { message: `${words.what} ${words.doNow}` }, { shouldFocus: true })
  return true
}
