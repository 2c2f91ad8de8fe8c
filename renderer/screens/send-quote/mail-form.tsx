import {
  Button,
  Checkbox,
  DialogActions,
  DialogContent,
  Field,
  Input,
  Textarea,
} from '@fluentui/react-components'
import { Send16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { Link } from 'wouter'
import { type Fault, fault } from '../../../app/model/fault.ts'
import { addressesIn } from '../../../app/model/mail/message.ts'
import { api, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { hasAddress, type MailFields, withAddress, wrongIn } from './mail-draft.ts'
import { PreviewPane } from './preview-pane.tsx'
import css from './send-quote.module.css'
import type { Draft, Preview } from './send-quote.tsx'

type MailFormProps = {
  readonly tenantId: number
  readonly quoteId: number
  readonly start: MailFields
  readonly draft: Draft
  /** null: it is being made. */
  readonly preview: Preview | null
  readonly onLookAgain: () => void
  readonly onClose: () => void
}

/** The mail beside what goes with it. What was typed stays, whatever the server says. */
export function MailForm({ tenantId, quoteId, start, draft, preview, onLookAgain, onClose }: MailFormProps) {
  const notices = useNotices()
  const { to, cc, subject, text } = start
  const [fields, setFields] = useState<MailFields>({ to, cc, subject, text })
  const [seen, setSeen] = useState<Preview | null>(null)
  const [isTried, setTried] = useState(false)
  const { trouble, isBusy, send, isAgain, setAgain } = useSending(tenantId, quoteId, onLookAgain)
  const wrong = isTried ? wrongIn(fields) : {}
  const isKnown = trouble?.code !== 'mail-unknown' && trouble?.code !== 'mail-sent-once'
  const isReady = draft.sender !== null && preview !== null && seen === preview && (isKnown || isAgain)
  const onSend = async (): Promise<void> => {
    setTried(true)
    if (!isReady || isBusy || Object.keys(wrongIn(fields)).length > 0) return
    const sent = await send(fields, preview.seen)
    if (!sent) return
    notices.done(sent)
    onClose()
  }
  const change = (part: Partial<MailFields>): void => setFields((before) => ({ ...before, ...part }))
  return (
    <>
      <DialogContent className={css.content}>
        <form
          id="mail"
          className={css.mail}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void onSend()
          }}
        >
          <Notes {...{ draft, tenantId, trouble, isKnown, isAgain, setAgain }} />
          <Fields {...{ fields, wrong, change, draft }} />
        </form>
        <PreviewPane preview={preview} name={draft.fileName} onSeen={setSeen} />
      </DialogContent>
      <DialogActions className={css.buttons}>
        <p className={css.foot}>Datto Commerce is not told, and nothing changes in Halo.</p>
        <Button
          type="submit"
          form="mail"
          appearance="primary"
          icon={<Send16Regular />}
          disabled={!isReady || isBusy}
        >
          {isBusy ? 'Sending' : 'Send'}
        </Button>
        <Button disabled={isBusy} onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </>
  )
}

type NotesProps = {
  readonly draft: Draft
  readonly tenantId: number
  readonly trouble: Fault | null
  /** False: nobody knows whether the last try went out. */
  readonly isKnown: boolean
  readonly isAgain: boolean
  readonly setAgain: (isAgain: boolean) => void
}

/** What stands in the way, and what is worth knowing before it goes out. */
function Notes({ draft, tenantId, trouble, isKnown, isAgain, setAgain }: NotesProps) {
  return (
    <>
      {draft.sender === null && (
        <Trouble
          fault={fault('mail-no-server')}
          actions={<Link href="/settings/mail">Set up the mail server</Link>}
        />
      )}
      {draft.currency !== null && (
        <div role="note">
          <p>
            <strong>The template of this tenant was never saved:</strong> the document names no company, and
            its prices are in {draft.currency}.
          </p>
          <Link href={`/tenants/${tenantId}/sending`}>Set up the template</Link>
        </div>
      )}
      {trouble && <Trouble fault={trouble} tone="needs" />}
      {!isKnown && (
        <Checkbox
          label="Send it all the same: it may then arrive twice"
          checked={isAgain}
          onChange={(_, { checked }) => setAgain(checked === true)}
        />
      )}
    </>
  )
}

/** A token stands for one mail: pressed twice, or asked again after a lost answer, the engine still sends once. */
function useSending(tenantId: number, quoteId: number, onLookAgain: () => void) {
  const [token, setToken] = useState(() => crypto.randomUUID())
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const [isAgain, setAgain] = useState(false)
  const { run, isBusy } = useCommand(api.mail.send.mutate)
  const send = async (fields: MailFields, seen: string): Promise<string | null> => {
    const { subject, text } = fields
    const once = isAgain ? crypto.randomUUID() : token
    setToken(once)
    setAgain(false)
    setTrouble(null)
    const mail = {
      ...{ token: once, subject, text, seen },
      to: [...addressesIn(fields.to)],
      cc: [...addressesIn(fields.cc)],
    }
    const done = await run({ tenantId, quoteId, mail })
    if (!done.ok) {
      setTrouble(done.fault)
      if (done.fault.code === 'mail-changed') onLookAgain()
      // A mail that was refused for certain did not go; the next one is another.
      if (isSurelyNot(done.fault)) setToken(crypto.randomUUID())
      return null
    }
    const { refused, receivers } = done.value
    const taken = receivers.to.filter((address) => !refused.includes(address)).join(', ')
    return refused.length === 0
      ? `Sent to ${taken}.`
      : `Sent to ${taken || 'the others'}. The server did not take it for ${refused.join(', ')}.`
  }
  return { trouble, isBusy, send, isAgain, setAgain }
}

/** The engine's own words on it; a lost answer of the engine leaves it open. */
const isSurelyNot = ({ code, side }: Fault): boolean =>
  code !== 'mail-unknown' && code !== 'mail-sent-once' && !(code === 'connection-lost' && side === 'here')

type FieldsProps = {
  readonly fields: MailFields
  readonly wrong: Partial<Record<keyof MailFields, string>>
  readonly change: (part: Partial<MailFields>) => void
  readonly draft: Draft
}

const told = (text: string | undefined) =>
  ({ validationState: text ? 'error' : 'none', validationMessage: text ?? null }) as const

function Fields({ fields, wrong, change, draft }: FieldsProps) {
  const others = draft.contacts.filter(
    ({ email }) => !hasAddress(fields.to, email) && !hasAddress(fields.cc, email),
  )
  return (
    <>
      {draft.sender !== null && <p className="quiet">From {draft.sender}</p>}
      <Field label="To" required {...told(wrong.to)}>
        <Input value={fields.to} autoComplete="off" onChange={(_, { value }) => change({ to: value })} />
      </Field>
      {others.length > 0 && (
        <div className={css.people}>
          Also at this customer:
          {others.slice(0, 6).map(({ name, email }) => (
            <Button
              key={email}
              size="small"
              title={email}
              onClick={() => change({ to: withAddress(fields.to, email) })}
            >
              Add {name || email}
            </Button>
          ))}
        </div>
      )}
      <Field label="Copy to" {...told(wrong.cc)}>
        <Input value={fields.cc} autoComplete="off" onChange={(_, { value }) => change({ cc: value })} />
      </Field>
      <Field label="Subject" required {...told(wrong.subject)}>
        <Input value={fields.subject} onChange={(_, { value }) => change({ subject: value })} />
      </Field>
      <Field label="Text">
        <Textarea
          value={fields.text}
          rows={11}
          resize="vertical"
          onChange={(_, { value }) => change({ text: value })}
        />
      </Field>
    </>
  )
}
