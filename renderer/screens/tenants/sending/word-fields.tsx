import { Field, Input } from '@fluentui/react-components'
import { type DocumentWord, defaultWords } from '../../../../app/model/mail/template.ts'
import type { TemplateFieldsProps } from '../sending-tab.tsx'
import css from './sending.module.css'

const words = Object.entries(defaultWords) as [DocumentWord, string][]

/** The words that the document brings, for those who send it in another language. */
export function WordFields({ draft, wrong, onChange }: TemplateFieldsProps) {
  const changed = words.filter(([name]) => (draft.words[name] ?? '').trim() !== '').length
  return (
    <details>
      <summary>
        {changed === 0 ? 'English, as they come' : `${changed} of ${words.length} in words of your own`}
      </summary>
      {wrong.words && <p role="alert">{wrong.words}</p>}
      <div className={css.words}>
        {words.map(([name, usual]) => (
          <Field key={name} label={usual}>
            <Input
              size="small"
              value={draft.words[name] ?? ''}
              placeholder={usual}
              maxLength={60}
              onChange={(_, { value }) => onChange({ words: { ...draft.words, [name]: value } })}
            />
          </Field>
        ))}
      </div>
    </details>
  )
}
