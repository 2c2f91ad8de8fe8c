import { Field, Input } from '@fluentui/react-components'
import { told } from '../tenants/sending/told.ts'
import type { MailFieldsProps } from './mail-server-fields.tsx'
import css from './settings.module.css'

/** Whom mails are from, and where else they go. */
export function MailSender({ draft, wrong, onChange }: MailFieldsProps) {
  return (
    <div className={css.fields}>
      <Field label="Name" hint="As the receiver sees it: your company's, say." {...told(wrong.fromName)}>
        <Input value={draft.fromName} onChange={(_, { value }) => onChange({ fromName: value })} />
      </Field>
      <Field label="Address" required {...told(wrong.fromAddress)}>
        <Input
          value={draft.fromAddress}
          placeholder="sales@example.com"
          onChange={(_, { value }) => onChange({ fromAddress: value.trim() })}
        />
      </Field>
      <Field label="Answers go to" hint="Empty: to the sender." {...told(wrong.replyTo)}>
        <Input value={draft.replyTo} onChange={(_, { value }) => onChange({ replyTo: value.trim() })} />
      </Field>
      <Field label="Hidden copy of each mail to" hint="Empty: none." {...told(wrong.copyTo)}>
        <Input value={draft.copyTo} onChange={(_, { value }) => onChange({ copyTo: value.trim() })} />
      </Field>
    </div>
  )
}
