import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { type Answers, api, queries, useAsk, useCommand } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { useDraft } from '../tenants/draft.ts'
import { DraftForm } from '../tenants/draft-form.tsx'
import {
  draftOf,
  inputOf,
  type MailDraft,
  passwordOf,
  refusedAt,
  type WrongMail,
  wrongIn,
} from './mail-draft.ts'
import { MailSender } from './mail-sender.tsx'
import { MailServerFields } from './mail-server-fields.tsx'
import { MailTest } from './mail-test.tsx'
import css from './settings.module.css'

/** The mail server through which quotes go out. */
export function MailForm() {
  const { data, error, refetch } = useAsk(['mail.server'], (signal) =>
    api.mail.server.query(undefined, { signal }),
  )
  if (error && !data) return <Unanswered error={error} again={() => void refetch()} />
  return data ? <Loaded {...data} /> : <Skeleton lines={8} />
}

function Loaded({ server, password }: Answers['mail']['server']) {
  const notices = useNotices()
  const { draft, isDirty, change, undo, settle } = useDraft(draftOf(server))
  const [refused, setRefused] = useState<WrongMail>({})
  const [isTried, setTried] = useState(false)
  const save = useCommand((sent: MailDraft) =>
    api.mail.setServer.mutate({ server: inputOf(sent), ...passwordOf(sent) }),
  )
  const found = wrongIn(draft, server)
  const isWrong = Object.keys(found).length > 0
  const onSave = async (): Promise<void> => {
    setTried(true)
    if (isWrong) return
    const saved = await save.run(draft)
    const at = saved.ok ? null : refusedAt(saved.fault, draft)
    if (at) return setRefused(at)
    notices.tell(saved, 'Saved. The next mail goes out through it.')
    if (!saved.ok) return
    await queries.invalidateQueries({ queryKey: ['mail.server'] })
    setTried(false)
    undo()
    settle(draft)
  }
  const fields = {
    draft,
    wrong: { ...(isTried ? found : {}), ...refused },
    onChange: (part: Partial<MailDraft>): void => {
      setRefused({})
      change(part)
    },
  }
  return (
    <>
      <DraftForm
        label="Mail"
        isDirty={isDirty}
        isBusy={save.isBusy}
        effect="The next mail goes out through it."
        onSave={() => void onSave()}
        onUndo={undo}
      >
        <Section title="Mail server">
          <Panel>
            <MailServerFields {...fields} password={password} />
          </Panel>
        </Section>
        <Section title="Sender">
          <Panel>
            <MailSender {...fields} />
          </Panel>
        </Section>
      </DraftForm>
      <Section title="Try it">
        <Panel>
          <MailTest draft={draft} isReady={!isWrong} onTry={() => setTried(true)} />
        </Panel>
      </Section>
      {server && <Forget host={server.host} />}
    </>
  )
}

function Forget({ host }: { readonly host: string }) {
  const notices = useNotices()
  const { run, isBusy } = useCommand(() => api.mail.forgetServer.mutate())
  return (
    <div className={css.row}>
      <Button
        size="small"
        disabled={isBusy}
        onClick={() =>
          void run(undefined).then((done) => notices.tell(done, `${host} and its password are forgotten.`))
        }
      >
        Forget this mail server
      </Button>
      <span className="quiet">Nothing can be sent then; what was sent stays listed with its quotes.</span>
    </div>
  )
}
