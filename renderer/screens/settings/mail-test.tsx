import { Button, Field, Input } from '@fluentui/react-components'
import { CheckmarkCircle16Filled, Send16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Result } from '../../../app/model/fault.ts'
import { addressSchema } from '../../../app/model/mail/message.ts'
import { api, useCommand } from '../../api.ts'
import { Mark } from '../../ui/mark.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { told } from '../tenants/sending/told.ts'
import { inputOf, type MailDraft, passwordOf } from './mail-draft.ts'
import css from './settings.module.css'

type MailTestProps = {
  readonly draft: MailDraft
  readonly isReady: boolean
  /** The fields above say what is wrong from now on. */
  readonly onTry: () => void
}
type Tried = Result<{ readonly answer: string }> & { readonly to: string }

/** A test mail through the settings as they are typed, saved or not. */
export function MailTest({ draft, isReady, onTry }: MailTestProps) {
  const [to, setTo] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [tried, setTried] = useState<Tried | null>(null)
  const { run, isBusy } = useCommand(api.mail.test.mutate)
  const onSend = async (): Promise<void> => {
    onTry()
    const address = addressSchema.safeParse(to)
    setWrong(address.success ? undefined : 'Enter the address that gets the test mail.')
    setTried(null)
    if (!address.success || !isReady) return
    const done = await run({ server: inputOf(draft), to: address.data, ...passwordOf(draft) })
    setTried({ ...done, to: address.data })
  }
  return (
    <form
      className={css.fields}
      noValidate
      aria-label="Test mail"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void onSend()
      }}
    >
      <div className={css.row}>
        <Field label="A test mail to" {...told(wrong)}>
          <Input value={to} autoComplete="off" onChange={(_, { value }) => setTo(value)} />
        </Field>
        <Button type="submit" icon={<Send16Regular />} disabled={isBusy}>
          {isBusy ? 'Sending' : 'Send a test mail'}
        </Button>
      </div>
      <div role="status">
        {tried?.ok && (
          <>
            <Mark tone="good" icon={<CheckmarkCircle16Filled />}>
              Taken
            </Mark>
            <p className={css.text}>
              The server took it for {tried.to}. Look whether it arrives. Its answer: {tried.value.answer}
            </p>
          </>
        )}
      </div>
      {tried && !tried.ok && <Trouble fault={tried.fault} tone="needs" />}
    </form>
  )
}
