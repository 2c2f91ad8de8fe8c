import { Checkbox, Field, Select } from '@fluentui/react-components'
import { type UseFormReturn, useController } from 'react-hook-form'
import css from './add-tenant.module.css'
import { addressRule, keyRule, nameRule, numberRule } from './field-rules.ts'
import { TextField } from './text-field.tsx'

/** The form of a new tenant, as typed. */
export type Draft = {
  name: string
  instanceUrl: string
  key: string
  hasOwnApi: boolean
  apiUrl: string
  keyIn: 'header' | 'query'
  requestsPerMinute: string
  requestsPerDay: string
}
export const blank: Draft = {
  name: '',
  instanceUrl: '',
  key: '',
  hasOwnApi: false,
  apiUrl: '',
  keyIn: 'header',
  requestsPerMinute: '60',
  requestsPerDay: '10000',
}

/** What is needed to connect a tenant, and what is seldom needed. */
export function TenantFields({ form }: { form: UseFormReturn<Draft> }) {
  const { control } = form
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
      <MoreFields form={form} />
    </>
  )
}

function MoreFields({ form }: { form: UseFormReturn<Draft> }) {
  const { control } = form
  const hasOwnApi = useController({ control, name: 'hasOwnApi' }).field
  return (
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
