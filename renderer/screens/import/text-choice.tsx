import { Field, Select } from '@fluentui/react-components'
import { encodings, separators, type TextForm } from '../../../app/model/sheet/text-form.ts'
import css from './import.module.css'

const encodingWords: Readonly<Record<TextForm['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, high byte first',
  'windows-1252': 'Windows-1252',
}
const separatorWords: Readonly<
  Record<TextForm['separator'], { readonly one: string; readonly many: string }>
> = {
  ',': { one: 'Comma ,', many: 'commas' },
  ';': { one: 'Semicolon ;', many: 'semicolons' },
  '\t': { one: 'Tab', many: 'tabs' },
  '|': { one: 'Bar |', many: 'bars' },
}

type TextChoiceProps = {
  readonly text: TextForm
  /** As the content tells it. */
  readonly found: TextForm
  /** Chosen here and now; else a form other than the found one is remembered from the last such file. */
  readonly isChosen: boolean
  readonly onChange: (text: TextForm) => void
}

/** How a text file is read: as it was found, and otherwise where that was wrong. */
export function TextChoice({ text, found, isChosen, onChange }: TextChoiceProps) {
  const isFound = text.encoding === found.encoding && text.separator === found.separator
  const how = isFound ? '' : isChosen ? ' Chosen by you.' : ' As the last time for such a file.'
  return (
    <>
      <p className="quiet">
        Text, {encodingWords[text.encoding]}, columns parted by {separatorWords[text.separator].many}.{how}
      </p>
      <div className={css.pair} style={{ maxWidth: 480 }}>
        <Field label="Columns are parted by">
          <Select
            value={text.separator}
            onChange={(_, { value }) =>
              onChange({ ...text, separator: separators.find((one) => one === value) ?? text.separator })
            }
          >
            {separators.map((one) => (
              <option key={one} value={one}>
                {separatorWords[one].one}
                {one === found.separator && ' (found)'}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Letters are kept as">
          <Select
            value={text.encoding}
            onChange={(_, { value }) =>
              onChange({ ...text, encoding: encodings.find((one) => one === value) ?? text.encoding })
            }
          >
            {encodings.map((one) => (
              <option key={one} value={one}>
                {encodingWords[one]}
                {one === found.encoding && ' (found)'}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </>
  )
}
