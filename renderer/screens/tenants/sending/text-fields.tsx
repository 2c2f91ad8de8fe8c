import { Field, Input, Textarea } from '@fluentui/react-components'
import { placeholders } from '../../../../app/model/mail/placeholders.ts'
import type { TemplateFieldsProps } from '../sending-tab.tsx'
import css from './sending.module.css'
import { told } from './told.ts'

/** What is said in the mail and in the document; each may name what the quote has. */
export function TextFields({ draft, wrong, onChange }: TemplateFieldsProps) {
  return (
    <div className={css.fields}>
      <Field label="Subject of the mail" {...told(wrong.subject)}>
        <Input value={draft.subject} onChange={(_, { value }) => onChange({ subject: value })} />
      </Field>
      <Field label="Text of the mail" {...told(wrong.text)}>
        <Textarea
          value={draft.text}
          rows={9}
          resize="vertical"
          onChange={(_, { value }) => onChange({ text: value })}
        />
      </Field>
      <Field label="Introduction in the document" {...told(wrong.introduction)}>
        <Textarea
          value={draft.introduction}
          rows={3}
          resize="vertical"
          onChange={(_, { value }) => onChange({ introduction: value })}
        />
      </Field>
      <Field label="Terms at its end" {...told(wrong.terms)}>
        <Textarea
          value={draft.terms}
          rows={5}
          resize="vertical"
          onChange={(_, { value }) => onChange({ terms: value })}
        />
      </Field>
      <details>
        <summary>What stands for what in these texts</summary>
        <dl className={css.names}>
          {Object.entries(placeholders).map(([name, meaning]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{`{${name}}`}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet">
          What follows a bar stands there when there is no value: {'{contact first name|customer}'}.
        </p>
      </details>
    </div>
  )
}
