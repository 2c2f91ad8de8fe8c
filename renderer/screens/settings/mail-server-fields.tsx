import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components'
import type { MailSecurity } from '../../../app/model/mail/server.ts'
import type { Answers } from '../../api.ts'
import { Time } from '../../ui/time.tsx'
import { told } from '../tenants/sending/told.ts'
import { type MailDraft, usualPort, type WrongMail } from './mail-draft.ts'
import css from './settings.module.css'

export type MailFieldsProps = {
  readonly draft: MailDraft
  readonly wrong: WrongMail
  readonly onChange: (part: Partial<MailDraft>) => void
}
type Note = Answers['mail']['server']['password']

/** Where mail is handed over, how it is encrypted, and as whom. */
export function MailServerFields({ draft, wrong, onChange, password }: MailFieldsProps & { password: Note }) {
  const onSecurity = (security: MailSecurity): void => {
    const isUsual = draft.port === usualPort[draft.security]
    onChange({ security, ...(isUsual ? { port: usualPort[security] } : {}) })
  }
  return (
    <div className={css.fields}>
      <Field label="Server" required {...told(wrong.host)}>
        <Input
          value={draft.host}
          placeholder="smtp.example.com"
          autoComplete="off"
          onChange={(_, { value }) => onChange({ host: value })}
        />
      </Field>
      <Field label="Encryption">
        <RadioGroup value={draft.security} onChange={(_, { value }) => onSecurity(value as MailSecurity)}>
          <Radio value="tls" label="From the start (TLS, usually port 465)" />
          <Radio value="starttls" label="Asked for at once and required (STARTTLS, usually port 587)" />
          <Radio value="none" label="None: everybody on the way can read and change the mail" />
        </RadioGroup>
      </Field>
      {draft.security === 'none' && (
        <Field {...told(wrong.isPlainAccepted)}>
          <Checkbox
            label="Mail may be readable on the way to this server"
            checked={draft.isPlainAccepted}
            onChange={(_, { checked }) => onChange({ isPlainAccepted: checked === true })}
          />
        </Field>
      )}
      <Field label="Port" required {...told(wrong.port)}>
        <Input
          value={draft.port}
          inputMode="numeric"
          onChange={(_, { value }) => onChange({ port: value.trim() })}
        />
      </Field>
      {draft.security === 'none' ? (
        <p className="quiet">Without encryption there is no login: a password would be readable, too.</p>
      ) : (
        <Login {...{ draft, wrong, onChange, password }} />
      )}
      <p className="quiet">
        Certificates are always checked, with the authorities of Settings, Network. Mail goes straight to this
        server, never through a proxy.
      </p>
    </div>
  )
}

function Login({ draft, wrong, onChange, password }: MailFieldsProps & { password: Note }) {
  return (
    <>
      <Field label="User name" hint="Empty when the server asks for none." {...told(wrong.user)}>
        <Input value={draft.user} autoComplete="off" onChange={(_, { value }) => onChange({ user: value })} />
      </Field>
      {draft.user.trim() !== '' && (
        <Field
          label="Password"
          hint={
            password ? (
              <>
                {password.endsIn && `Ends in …${password.endsIn}, `}set <Time at={password.setAt} />. Leave
                empty to keep it.
              </>
            ) : (
              'Stored encrypted; it is never shown again.'
            )
          }
          {...told(wrong.password)}
        >
          <Input
            type="password"
            value={draft.password}
            autoComplete="new-password"
            onChange={(_, { value }) => onChange({ password: value })}
          />
        </Field>
      )}
    </>
  )
}
