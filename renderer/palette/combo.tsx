import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { plural } from '../ui/format.ts'
import css from './combo.module.css'

export type Choice = {
  readonly id: string
  readonly name: ReactNode
  /** At the right: what it is, where it belongs. */
  readonly hint?: ReactNode
  readonly icon?: ReactNode
  readonly act: () => void
}
export type ChoiceGroup = { readonly title: string; readonly choices: readonly Choice[] }

type ComboProps = {
  readonly label: string
  readonly placeholder: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly groups: readonly ChoiceGroup[]
  /** Under the list: what is still looked for, or that there is nothing. */
  readonly note?: ReactNode
  /** Whether the list is shown; an input alone else. */
  readonly isOpen?: boolean
  readonly onEscape: () => void
  readonly hasFocusAtFirst?: boolean
}

/** An input with a list of choices: the focus stays in the input, arrows walk through the list, Enter takes the marked choice (WAI-ARIA combobox). */
export function Combo(props: ComboProps) {
  const { label, placeholder, text, onText, groups, note, isOpen = true, onEscape } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const choices = groups.flatMap((group) => group.choices)
  const [marked, setMarked] = useState<string | null>(null)
  const at = Math.max(
    0,
    choices.findIndex((choice) => choice.id === marked),
  )
  const current = isOpen ? choices[at] : undefined
  useEffect(() => {
    if (props.hasFocusAtFirst) input.current?.focus()
  }, [props.hasFocusAtFirst])
  const markAt = (index: number): void => {
    const next = choices[(index + choices.length) % choices.length]
    if (!next) return
    setMarked(next.id)
    document.getElementById(`${id}-${next.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => markAt(at + 1),
      ArrowUp: () => markAt(at - 1),
      PageDown: () => markAt(Math.min(choices.length - 1, at + 8)),
      PageUp: () => markAt(Math.max(0, at - 8)),
      Enter: () => current?.act(),
      Escape: onEscape,
    }
    const move = event.nativeEvent.isComposing ? undefined : moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  return (
    <>
      <input
        ref={input}
        className={css.input}
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen && choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current && `${id}-${current.id}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setMarked(null)
          onText(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div className={css.found}>
          <Options id={id} label={label} groups={groups} current={current} />
          {note && <p className={css.note}>{note}</p>}
        </div>
      )}
      <span role="status" className="visually-hidden">
        {isOpen && text !== '' && plural(choices.length, 'choice')}
      </span>
    </>
  )
}

type OptionsProps = Pick<ComboProps, 'groups' | 'label'> & {
  readonly id: string
  readonly current: Choice | undefined
}

function Options({ id, label, groups, current }: OptionsProps) {
  return (
    <div role="listbox" id={`${id}-list`} aria-label={label} className={css.list}>
      {groups
        .filter(({ choices }) => choices.length > 0)
        .map(({ title, choices }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
          <div key={title} role="group" aria-label={title} className={css.group}>
            <div className={css.title} aria-hidden="true">
              {title}
            </div>
            {choices.map((choice) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
              <div
                key={choice.id}
                id={`${id}-${choice.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={choice === current}
                className={css.option}
                onMouseDown={(event) => event.preventDefault()}
                onClick={choice.act}
              >
                <span className={css.icon} aria-hidden="true">
                  {choice.icon}
                </span>
                <span className={css.name}>{choice.name}</span>
                {choice.hint && <span className={css.hint}>{choice.hint}</span>}
              </div>
            ))}
          </div>
        ))}
    </div>
  )
}
