import { Checkbox, Field, Radio, RadioGroup, Select } from '@fluentui/react-components'
import { columnNames, defaultWords, type Template } from '../../../../app/model/mail/template.ts'
import type { TemplateFieldsProps } from '../sending-tab.tsx'
import css from './sending.module.css'
import { told } from './told.ts'

/** Where Datto Commerce is sold, and around. */
const locales = (
  'en-GB en-US en-AU en-NZ en-CA en-IE en-ZA cs-CZ da-DK de-AT de-CH de-DE el-GR es-ES fi-FI fr-BE fr-CA fr-CH fr-FR hu-HU it-IT ' +
  'nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO sv-SE'
).split(' ')
const named = (type: 'language' | 'currency', code: string): string => {
  const name = new Intl.DisplayNames(undefined, { type }).of(code) ?? code
  return name === code ? code : `${name} (${code})`
}
const choicesOf = (codes: readonly string[], type: 'language' | 'currency') =>
  codes.map((code) => ({ code, name: named(type, code) })).sort((a, b) => a.name.localeCompare(b.name))
const localeChoices = choicesOf(locales, 'language')
const currencyChoices = choicesOf(Intl.supportedValuesOf('currency'), 'currency')
const zoneChoices = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map(
  (zone) => ({ code: zone, name: zone }),
)

/** Numbers, days and columns. */
export function LookFields({ draft, wrong, onChange }: TemplateFieldsProps) {
  const choice = (name: 'locale' | 'currency' | 'timeZone', label: string, all: typeof localeChoices) => (
    <Field label={label} {...told(wrong[name])}>
      <Select value={draft[name]} onChange={(_, { value }) => onChange({ [name]: value })}>
        {!all.some(({ code }) => code === draft[name]) && <option value={draft[name]}>{draft[name]}</option>}
        {all.map(({ code, name: shown }) => (
          <option key={code} value={code}>
            {shown}
          </option>
        ))}
      </Select>
    </Field>
  )
  return (
    <div className={css.fields}>
      <div className={css.row}>
        {choice('locale', 'Numbers and days as in', localeChoices)}
        {choice('currency', 'Currency', currencyChoices)}
        {choice('timeZone', 'Time zone of days', zoneChoices)}
        <Field label="Days are written">
          <Select
            value={draft.dateStyle}
            onChange={(_, { value }) => onChange({ dateStyle: value as Template['dateStyle'] })}
          >
            <option value="long">{day(draft, 'long')}</option>
            <option value="medium">{day(draft, 'medium')}</option>
            <option value="short">{day(draft, 'short')}</option>
          </Select>
        </Field>
      </div>
      <Columns draft={draft} onChange={onChange} />
      <Field label="What was offered and not chosen">
        <RadioGroup
          layout="horizontal"
          value={draft.unchosen}
          onChange={(_, { value }) => onChange({ unchosen: value === 'show' ? 'show' : 'leave out' })}
        >
          <Radio value="show" label="Shown, marked as not included" />
          <Radio value="leave out" label="Left out" />
        </RadioGroup>
      </Field>
      <Field label="Paper">
        <RadioGroup
          layout="horizontal"
          value={draft.paper}
          onChange={(_, { value }) => onChange({ paper: value === 'LETTER' ? 'LETTER' : 'A4' })}
        >
          <Radio value="A4" label="A4" />
          <Radio value="LETTER" label="Letter" />
        </RadioGroup>
      </Field>
    </div>
  )
}

/** A day in each way of writing; plain where the language is not known. */
function day({ locale, timeZone }: Template, dateStyle: Template['dateStyle']): string {
  const known = Intl.DateTimeFormat.supportedLocalesOf(locale.replace(/[^\w-]/g, '') || 'en')
  return new Intl.DateTimeFormat(known[0] ?? 'en', {
    dateStyle,
    timeZone: timeZone === '' ? 'UTC' : timeZone,
  }).format(new Date('2026-03-09T12:00:00Z'))
}

function Columns({ draft, onChange }: Pick<TemplateFieldsProps, 'draft' | 'onChange'>) {
  return (
    <fieldset className={css.columns}>
      <legend>Columns beside the description</legend>
      {columnNames.map((name) => (
        <Checkbox
          key={name}
          label={defaultWords[name]}
          checked={draft.columns.includes(name)}
          onChange={(_, { checked }) =>
            onChange({
              columns: columnNames.filter((each) =>
                each === name ? checked === true : draft.columns.includes(each),
              ),
            })
          }
        />
      ))}
    </fieldset>
  )
}
