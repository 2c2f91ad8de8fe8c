import { useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import { type Template, templateSchema } from '../../../app/model/mail/template.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { type Answers, api, queries, useAsk, useCommand } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Section } from '../../ui/page.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { BrandingFields } from './sending/branding-fields.tsx'
import { LivePreview } from './sending/live-preview.tsx'
import { LookFields } from './sending/look-fields.tsx'
import css from './sending/sending.module.css'
import { TextFields } from './sending/text-fields.tsx'
import { WordFields } from './sending/word-fields.tsx'

type View = NonNullable<Answers['mail']['template']>
type WrongTemplate = Partial<Record<keyof Template, string>>
export type TemplateFieldsProps = {
  readonly draft: Template
  readonly wrong: WrongTemplate
  readonly onChange: (part: Partial<Template>) => void
}

/** How this tenant's quotes look and what is said with them when they are sent by mail. */
export function SendingTab({ tenant }: { readonly tenant: Tenant }) {
  const { data, error, refetch } = useAsk(['mail.template', tenant.id], (signal) =>
    api.mail.template.query({ tenantId: tenant.id }, { signal }),
  )
  if (error && !data) return <Unanswered error={error} again={() => void refetch()} />
  return data ? <Loaded tenant={tenant} view={data} /> : <Skeleton lines={8} />
}

function Loaded({ tenant, view }: { readonly tenant: Tenant; readonly view: View }) {
  const notices = useNotices()
  const { draft, isDirty, change, undo, settle } = useDraft(view.template, `sending-${tenant.id}`)
  const [refused, setRefused] = useState<WrongTemplate>({})
  const save = useCommand((template: Template) =>
    api.mail.setTemplate.mutate({ tenantId: tenant.id, template }),
  )
  const wrong = { ...wrongIn(draft), ...refused }
  const isWrong = Object.keys(wrong).length > 0
  const onSave = async (): Promise<void> => {
    const saved = await save.run(draft)
    const at = saved.ok ? null : fieldOf(saved.fault)
    if (at) return setRefused(at)
    notices.tell(saved, 'Saved. The next quote goes out with it.')
    if (!saved.ok) return
    await queries.invalidateQueries({ queryKey: ['mail.template', tenant.id] })
    settle(draft)
  }
  const fields: TemplateFieldsProps = {
    ...{ draft, wrong },
    onChange: (part) => {
      setRefused({})
      change(part)
    },
  }
  return (
    <div className={css.halves}>
      <DraftForm
        label="Sending"
        isDirty={isDirty}
        isBusy={save.isBusy}
        effect="The next quote that is sent goes out with it; what was sent stays as it was."
        {...(isWrong ? { problem: 'Some fields cannot be used as they are.' } : {})}
        onSave={() => void onSave()}
        onUndo={undo}
      >
        <Section title="Your company">
          <BrandingFields {...fields} tenantId={tenant.id} logo={view.logo} />
        </Section>
        <Section title="Mail and texts">
          <TextFields {...fields} />
        </Section>
        <Section title="Document">
          <LookFields {...fields} />
        </Section>
        <Section title="Words of the document">
          <WordFields {...fields} />
        </Section>
      </DraftForm>
      <LivePreview tenantId={tenant.id} template={isWrong ? null : draft} mark={view.logo?.updatedAt ?? ''} />
    </div>
  )
}

/** The first thing wrong with each field, in words: the rules are those of the engine. */
function wrongIn(draft: Template): WrongTemplate {
  const read = templateSchema.safeParse(draft)
  const issues = read.success ? [] : read.error.issues
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]).reverse())
}

function fieldOf(fault: Fault): WrongTemplate | null {
  const [, field = ''] = String(fault.facts?.field ?? '').split('.')
  return field === '' ? null : { [field]: explain(fault).what }
}
