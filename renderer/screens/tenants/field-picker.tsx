import { Combobox, type ComboboxProps, Option, OptionGroup } from '@fluentui/react-components'
import { useState } from 'react'
import css from './field-map.module.css'
import { type Choice, soughtIn } from './field-map.ts'

type FieldPickerProps = {
  readonly label: string
  readonly choices: readonly Choice[]
  /** '' for nothing chosen yet. */
  readonly value: string
  readonly problem: string | null
  /** Names the text below that says what is wrong. */
  readonly problemId: string
  readonly onChange: (key: string) => void
}

/** One of many fields, found by typing a part of its name. */
export function FieldPicker({ label, choices, value, problem, problemId, onChange }: FieldPickerProps) {
  const chosen = choices.find(({ key }) => key === value)
  const shown = chosen?.label ?? value
  const [typed, setTyped] = useState<string | null>(null)
  const wanted = (typed ?? '').trim().toLowerCase()
  const found = choices.filter(({ label: name, key, detail }) =>
    [name, key, detail].some((text) => text.toLowerCase().includes(wanted)),
  )
  const onOptionSelect: ComboboxProps['onOptionSelect'] = (_, { optionValue }) => {
    // Typing over a choice tells of no option: that is a search, not a choice.
    if (optionValue === undefined) return
    setTyped(null)
    onChange(optionValue)
  }
  return (
    <Combobox
      className={css.picker ?? ''}
      size="small"
      aria-label={label}
      aria-invalid={problem !== null}
      {...(problem === null ? {} : { 'aria-describedby': problemId })}
      placeholder="Choose"
      value={typed ?? shown}
      selectedOptions={value === '' ? [] : [value]}
      onChange={(event) => setTyped((before) => soughtIn(event.target.value, before, shown))}
      onOptionSelect={onOptionSelect}
      onOpenChange={(_, { open }) => {
        if (!open) setTyped(null)
      }}
      onBlur={() => setTyped(null)}
      // The arrow opens the list for the mouse; a second stop for the Tab key would be in the way.
      expandIcon={{ tabIndex: -1 }}
      onFocus={(event) => event.target.select()}
      listbox={{ className: css.options ?? '' }}
    >
      {found.length === 0 && (
        <Option key="none" value="" text="No field has this in its name" disabled>
          No field has this in its name
        </Option>
      )}
      {[...Map.groupBy(found, ({ group }) => group)].map(([group, options]) => (
        <OptionGroup key={group} label={group}>
          {options.map(({ key, label: name, detail }) => (
            <Option key={key} value={key} text={name}>
              <span className={css.option}>
                <span>{name}</span>
                <span className={css.detail}>{detail}</span>
              </span>
            </Option>
          ))}
        </OptionGroup>
      ))}
    </Combobox>
  )
}
