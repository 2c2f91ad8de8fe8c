import { Checkbox, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { NetworkSettings } from '../../../app/model/network.ts'
import { api, queries, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { useDraft } from '../tenants/draft.ts'
import { DraftForm } from '../tenants/draft-form.tsx'
import { draftOf, inputOf, type NetworkDraft, refusedAt, type Wrong, wrongIn } from './network-draft.ts'
import css from './settings.module.css'

type KeyNote = { readonly setAt: string; readonly endsIn: string }
type Props = { readonly network: NetworkSettings; readonly password: KeyNote | null }

/** How the program reaches the internet, and whom it believes to be who they say they are. */
export function NetworkForm({ network, password }: Props) {
  const notices = useNotices()
  const { draft, isDirty, change, undo, settle } = useDraft(draftOf(network))
  const [refused, setRefused] = useState<Wrong>({})
  const [isTried, setTried] = useState(false)
  const save = useCommand((sent: NetworkDraft) => api.settings.setNetwork.mutate(inputOf(sent)))
  const wrong = { ...(isTried ? wrongIn(draft) : {}), ...refused }
  const onChange = (part: Partial<NetworkDraft>): void => {
    setRefused({})
    change(part)
  }
  const onSave = async (): Promise<void> => {
    setTried(true)
    if (Object.keys(wrongIn(draft)).length > 0) return
    const saved = await save.run(draft)
    const refusal = saved.ok ? null : refusedAt(saved.fault)
    if (refusal) return setRefused(refusal)
    notices.tell(saved, 'Saved. It holds from the next request on.')
    if (!saved.ok) return
    await queries.invalidateQueries({ queryKey: ['settings.get'] })
    setTried(false)
    settle(draft)
  }
  const fields = { draft, wrong, onChange }
  return (
    <DraftForm
      label="Network"
      isDirty={isDirty}
      isBusy={save.isBusy}
      effect="It holds from the next request on; a run under way ends as it began."
      onSave={() => void onSave()}
      onUndo={undo}
    >
      <Section title="Proxy">
        <Panel>
          <div className={css.fields}>
            <RadioGroup
              aria-label="Proxy"
              value={draft.mode}
              onChange={(_, { value }) =>
                onChange({ mode: value === 'manual' || value === 'none' ? value : 'system' })
              }
            >
              <Radio
                value="system"
                label="As the operating system says (a service: as its environment says)"
              />
              <Radio value="none" label="None: straight to the internet" />
              <Radio value="manual" label="This one" />
            </RadioGroup>
            {draft.mode === 'manual' && <ManualProxy {...fields} password={password} />}
          </div>
        </Panel>
      </Section>
      <Section title="Whom to trust">
        <Panel>
          <Trust {...fields} />
        </Panel>
      </Section>
    </DraftForm>
  )
}

type FieldsProps = {
  readonly draft: NetworkDraft
  readonly wrong: Wrong
  readonly onChange: (part: Partial<NetworkDraft>) => void
}

const told = (text: string | undefined) =>
  ({ validationState: text ? 'error' : 'none', validationMessage: text ?? null }) as const

function ManualProxy({ draft, wrong, onChange, password }: FieldsProps & { password: KeyNote | null }) {
  return (
    <div className={css.nested}>
      <Field label="Address" required {...told(wrong.url)}>
        <Input
          value={draft.url}
          placeholder="http://proxy.example.com:3128"
          onChange={(_, { value }) => onChange({ url: value })}
        />
      </Field>
      <Field label="User name" hint="Empty when the proxy asks for none." {...told(wrong.user)}>
        <Input value={draft.user} autoComplete="off" onChange={(_, { value }) => onChange({ user: value })} />
      </Field>
      <Field
        label="Password"
        hint={
          password ? (
            <>
              Ends in …{password.endsIn}, set <Time at={password.setAt} />. Leave empty to keep it.
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
          disabled={draft.isPasswordForgotten}
          autoComplete="new-password"
          onChange={(_, { value }) => onChange({ password: value })}
        />
      </Field>
      {password && (
        <Checkbox
          label="Forget the stored password"
          checked={draft.isPasswordForgotten}
          onChange={(_, { checked }) => onChange({ isPasswordForgotten: checked === true, password: '' })}
        />
      )}
      <Field
        label="Reached without the proxy"
        hint="One a line: name, .suffix, *.suffix, 10.0.0.0/8, host:port, or <local> for names without a dot."
        {...told(wrong.bypass)}
      >
        <Textarea
          value={draft.bypass}
          rows={3}
          resize="vertical"
          onChange={(_, { value }) => onChange({ bypass: value })}
        />
      </Field>
    </div>
  )
}

function Trust({ draft, wrong, onChange }: FieldsProps) {
  return (
    <div className={css.fields}>
      <p className={css.text}>
        Certificates are always checked. When a proxy or a company's own authority signs them, say so here.
      </p>
      <Checkbox
        label="Also trust what the operating system trusts"
        checked={draft.trustSystemStore}
        onChange={(_, { checked }) => onChange({ trustSystemStore: checked === true })}
      />
      <Field
        label="Further authorities (PEM files)"
        hint="The path of each file on this machine, one a line. They are read when you save."
        {...told(wrong.caFiles)}
      >
        <Textarea
          value={draft.caFiles}
          rows={2}
          resize="vertical"
          placeholder="C:\ProgramData\certificates\company-root.pem"
          onChange={(_, { value }) => onChange({ caFiles: value })}
        />
      </Field>
    </div>
  )
}
