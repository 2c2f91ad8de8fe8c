import {
  Button,
  Field,
  Input,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Select,
} from '@fluentui/react-components'
import { Options16Regular } from '@fluentui/react-icons'
import { useMemo, useState } from 'react'
import type { FilterKey } from '../../../app/model/inspector/filter.ts'
import { readFilter } from '../../../app/model/inspector/filter-line.ts'
import { withTerms } from '../../../app/model/inspector/suggest.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import css from './filter-form.module.css'

type FormProps = {
  readonly q: string
  readonly tenants: readonly Tenant[]
  readonly onChange: (q: string) => void
}
type Choice = readonly [value: string, word: string]

const lists: readonly (readonly [key: FilterKey, label: string, choices: readonly Choice[]])[] = [
  [
    'kind',
    'Only',
    [
      ['failures', 'Failures'],
      ['throttled', 'Throttled'],
      ['retried', 'Second tries and later'],
      ['no-answer', 'Without an answer'],
      ['people', 'Asked for by people'],
      ['cut', 'Bodies that were cut'],
    ],
  ],
  [
    'status',
    'Answer',
    [
      ['2xx', '2xx good'],
      ['3xx', '3xx elsewhere'],
      ['4xx', '4xx refused'],
      ['5xx', '5xx server in trouble'],
      ['none', 'none came'],
    ],
  ],
  [
    'host',
    'Sent to',
    [
      ['commerce', 'Datto Commerce'],
      ['halo', 'Halo'],
      ['other', 'Others'],
    ],
  ],
  [
    'method',
    'Method',
    [
      ['GET', 'GET (read)'],
      ['POST', 'POST (write)'],
      ['SQL', 'SQL'],
    ],
  ],
  [
    'since',
    'Since',
    [
      ['15m', '15 minutes'],
      ['1h', 'one hour'],
      ['today', 'today'],
      ['24h', '24 hours'],
      ['7d', 'seven days'],
    ],
  ],
  [
    'slower',
    'Took at least',
    [
      ['500ms', 'half a second'],
      ['2s', '2 seconds'],
      ['10s', '10 seconds'],
    ],
  ],
]
const texts: readonly (readonly [key: FilterKey, label: string])[] = [
  ['path', 'Path contains'],
  ['text', 'Text in address, error or body'],
  ['run', 'Number of the run'],
]

/** The same filter as a form, for who does not want to learn its words. */
export function FilterForm({ q, tenants, onChange }: FormProps) {
  return (
    <Popover trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" icon={<Options16Regular />}>
          Form
        </Button>
      </PopoverTrigger>
      <PopoverSurface aria-label="Filter as a form">
        <Fields q={q} tenants={tenants} onChange={onChange} />
      </PopoverSurface>
    </Popover>
  )
}

function Fields({ q, tenants, onChange }: FormProps) {
  const terms = useMemo(() => readFilter(q).terms, [q])
  const held = (key: FilterKey): string =>
    terms.find((each) => each.key === key && !each.isNot && each.values.length === 1)?.values[0] ?? ''
  const set = (key: FilterKey, value: string): void =>
    onChange(withTerms(q, { [key]: value === '' ? null : value }))
  const all = [
    ...lists,
    ['tenant', 'Tenant', tenants.map(({ id, name }) => [String(id), name] as const)] as const,
  ]
  return (
    <div className={css.form}>
      {all.map(([key, label, choices]) => (
        <Field key={key} label={label} size="small">
          <Select size="small" value={held(key)} onChange={(_, { value }) => set(key, value)}>
            <option value="">any</option>
            {choices.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      {texts.map(([key, label]) => (
        <TextField key={key} label={label} value={held(key)} onDone={(value) => set(key, value)} />
      ))}
      <Button size="small" disabled={q === ''} onClick={() => onChange('')}>
        Take all out
      </Button>
    </div>
  )
}

type TextFieldProps = {
  readonly label: string
  readonly value: string
  readonly onDone: (value: string) => void
}

/** Taken over when the field is left, or with Enter. */
function TextField({ label, value, onDone }: TextFieldProps) {
  const [text, setText] = useState(value)
  return (
    <Field label={label} size="small">
      <Input
        size="small"
        value={text}
        onChange={(_, { value: next }) => setText(next)}
        onBlur={() => onDone(text.trim())}
        onKeyDown={({ key }) => key === 'Enter' && onDone(text.trim())}
      />
    </Field>
  )
}
