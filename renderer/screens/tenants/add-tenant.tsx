import { Button, Checkbox, Field, Select } from '@fluentui/react-components'
import { Add16Regular, PlugConnected16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { type UseFormReturn, useController, useForm } from 'react-hook-form'
import { useLocation } from 'wouter'
import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import type { NewTenant } from '../../../app/model/tenant.ts'
import { api, type LadderStep, queries, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import css from './add-tenant.module.css'
import { addressRule, keyRule, nameRule, numberRule } from './field-rules.ts'
import { Ladder } from './ladder.tsx'
import { TextField } from './text-field.tsx'

type Draft = {
  name: string
  instanceUrl: string
  key: string
  hasOwnApi: boolean
  apiUrl: string
  keyIn: 'header' | 'query'
  requestsPerMinute: string
  requestsPerDay: string
}
const blank: Draft = {
  name: '',
  instanceUrl: '',
  key: '',
  hasOwnApi: false,
  apiUrl: '',
  keyIn: 'header',
  requestsPerMinute: '60',
  requestsPerDay: '10000',
}

function tenantOf(draft: Draft): NewTenant {
  const { name, instanceUrl, hasOwnApi, apiUrl, keyIn } = draft
  return {
    name: name.trim(),
    instanceUrl: instanceUrl.trim(),
    keyIn,
    requestsPerMinute: Number(draft.requestsPerMinute),
    requestsPerDay: Number(draft.requestsPerDay),
    ...(hasOwnApi ? { apiUrl: apiUrl.trim() } : {}),
  }
}

const testTenant = (draft: Draft) =>
  api.tenants.test.mutate({ tenant: tenantOf(draft), key: draft.key.trim() })
const addTenant = (draft: Draft) => api.tenants.add.mutate({ tenant: tenantOf(draft), key: draft.key.trim() })

/** Connects a tenant. Test first, or add at once; what the engine refuses appears at its field. */
export function AddTenant() {
  const [, go] = useLocation()
  const notices = useNotices()
  const form = useForm<Draft>({ defaultValues: blank, mode: 'onTouched' })
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
    const added = await add.run(draft)
    if (!added.ok) return refuse(added.fault)
    notices.done(`${draft.name.trim()} is added. Nothing was written to Halo yet.`)
    await queries.invalidateQueries()
    go(`/tenants/${added.value.id}`)
  })
  return (
    <Page title="Add tenant" sub="Connects one Datto Commerce (Kaseya Quote Manager) to Halo.">
      <div className={css.columns}>
        <form className={css.form} onSubmit={onAdd} noValidate aria-label="New tenant">
          <Fields form={form} />
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

function Fields({ form }: { form: UseFormReturn<Draft> }) {
  const { control } = form
  const hasOwnApi = useController({ control, name: 'hasOwnApi' }).field
  return (
    <>
      <TextField
        control={control}
        name="name"
        label="Name"
        rule={nameRule}
        isRequired
        hint="What you call it here."
      />
      <TextField
        control={control}
        name="instanceUrl"
        label="Commerce address"
        rule={addressRule}
        isRequired
        placeholder="https://NAME.mydattocommerce.com"
        hint="The address at which your people open Datto Commerce."
      />
      <TextField
        control={control}
        name="key"
        label="API key"
        type="password"
        rule={keyRule}
        isRequired
        hint="Stored encrypted on this machine; it is never shown again."
      />
      <details className={css.more}>
        <summary>More settings</summary>
        <div className={css.moreFields}>
          <Checkbox
            checked={hasOwnApi.value}
            onChange={(_, { checked }) => hasOwnApi.onChange(checked === true)}
            label="The API is not at https://api.kaseyaquotemanager.com (a sample API, a relay)"
          />
          {hasOwnApi.value && (
            <TextField
              control={control}
              name="apiUrl"
              label="API address"
              rule={addressRule}
              isRequired
              placeholder="http://127.0.0.1:4010"
            />
          )}
          <KeyIn form={form} />
          <TextField
            control={control}
            name="requestsPerMinute"
            label="Requests a minute, at most"
            rule={numberRule(1, 100_000)}
            width={140}
          />
          <TextField
            control={control}
            name="requestsPerDay"
            label="Requests a day, at most"
            rule={numberRule(1, 100_000_000)}
            width={140}
            hint="Commerce itself allows 60 a minute and 10,000 a day."
          />
        </div>
      </details>
    </>
  )
}

function KeyIn({ form }: { form: UseFormReturn<Draft> }) {
  const { field } = useController({ control: form.control, name: 'keyIn' })
  return (
    <Field label="The key is sent" hint="As a header unless your Commerce refuses it there.">
      <Select
        name={field.name}
        value={field.value}
        onChange={(_, { value }) => field.onChange(value)}
        style={{ maxWidth: 280 }}
      >
        <option value="header">in the header (usual)</option>
        <option value="query">in the address (query)</option>
      </Select>
    </Field>
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
        A new tenant syncs what changes from now on. Older quotes and orders stay where they are.
      </p>
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
