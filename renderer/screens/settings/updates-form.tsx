import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import type { UpdateSettings } from '../../../app/model/settings.ts'
import { api, queries, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { useDraft } from '../tenants/draft.ts'
import { DraftForm } from '../tenants/draft-form.tsx'
import css from './settings.module.css'
import { draftOf, refusedAt, settingsOf, type UpdatesDraft, type Wrong, wrongIn } from './updates-draft.ts'

const modeWords: Record<UpdateSettings['mode'], string> = {
  off: 'Off: nothing is looked for',
  notify: 'Tell me when there is a newer version',
  automatic: 'Install it by itself, never during a run',
}
const modes = ['off', 'notify', 'automatic'] as const

/** Whether and when the desktop program replaces itself. A service is replaced by whoever installed it. */
export function UpdatesForm({ updates }: { updates: UpdateSettings }) {
  const notices = useNotices()
  const { draft, isDirty, change, undo, settle } = useDraft(draftOf(updates))
  const [refused, setRefused] = useState<Wrong>({})
  const save = useCommand((sent: UpdatesDraft) =>
    api.settings.setUpdates.mutate({ updates: settingsOf(sent) }),
  )
  const wrong = { ...refused, ...wrongIn(draft) }
  const onChange = (part: Partial<UpdatesDraft>): void => {
    setRefused({})
    change(part)
  }
  const onSave = async (): Promise<void> => {
    if (Object.keys(wrongIn(draft)).length > 0) return
    const saved = await save.run(draft)
    const refusal = saved.ok ? null : refusedAt(saved.fault)
    if (refusal) return setRefused(refusal)
    notices.tell(saved, 'Saved.')
    if (!saved.ok) return
    await queries.invalidateQueries({ queryKey: ['settings.get'] })
    settle(draft)
  }
  return (
    <DraftForm
      label="Updates"
      isDirty={isDirty}
      isBusy={save.isBusy}
      onSave={() => void onSave()}
      onUndo={undo}
    >
      <Section title="Updates">
        <Panel>
          <div className={css.fields}>
            <RadioGroup
              aria-label="Updates"
              value={draft.mode}
              onChange={(_, { value }) =>
                onChange({ mode: modes.find((mode) => mode === value) ?? 'notify' })
              }
            >
              {modes.map((mode) => (
                <Radio key={mode} value={mode} label={modeWords[mode]} />
              ))}
            </RadioGroup>
            {draft.mode === 'automatic' && <Hours draft={draft} wrong={wrong} onChange={onChange} />}
            {draft.mode !== 'off' && (
              <Field
                label="Where to look"
                hint="A web server of yours with a copy of the feed, for a closed network. Empty: the maker's own."
                validationState={wrong.feedUrl ? 'error' : 'none'}
                validationMessage={wrong.feedUrl ?? null}
              >
                <Input
                  value={draft.feedUrl}
                  placeholder="https://updates.example.com/commerce-integrator"
                  onChange={(_, { value }) => onChange({ feedUrl: value })}
                />
              </Field>
            )}
            <p className="quiet">
              Signatures are always checked. A service is not replaced by this: whoever installed it updates
              it.
            </p>
          </div>
        </Panel>
      </Section>
    </DraftForm>
  )
}

type HoursProps = {
  readonly draft: UpdatesDraft
  readonly wrong: Wrong
  readonly onChange: (part: Partial<UpdatesDraft>) => void
}

function Hours({ draft, wrong, onChange }: HoursProps) {
  return (
    <div className={css.nested}>
      <Checkbox
        label="Only between two times of day"
        checked={draft.hasWindow}
        onChange={(_, { checked }) => onChange({ hasWindow: checked === true })}
      />
      {draft.hasWindow && (
        <div className={css.row}>
          <Field
            label="From"
            validationState={wrong.window ? 'error' : 'none'}
            validationMessage={wrong.window ?? null}
          >
            <Input type="time" value={draft.from} onChange={(_, { value }) => onChange({ from: value })} />
          </Field>
          <Field label="Until">
            <Input type="time" value={draft.to} onChange={(_, { value }) => onChange({ to: value })} />
          </Field>
        </div>
      )}
    </div>
  )
}
