import { Search16Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { filterKeys } from '../../../app/model/inspector/filter.ts'
import { readFilter } from '../../../app/model/inspector/filter-line.ts'
import { type KnownValues, type Suggestion, suggest } from '../../../app/model/inspector/suggest.ts'
import css from './filter-box.module.css'

type FilterBoxProps = {
  readonly q: string
  readonly known: KnownValues
  readonly onChange: (q: string) => void
}

/** After the last key, so that a word is one question and not seven. */
const typingMs = 250

/** The filter line: what fits is offered as it is typed, what is not understood is said below. `/` and Ctrl+F lead here. */
export function FilterBox({ q, known, onChange }: FilterBoxProps) {
  const [line, setLine] = useState(q)
  const [seen, setSeen] = useState(q)
  const [caret, setCaret] = useState(q.length)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  if (seen !== q) {
    // The address changed by itself (a chip, back, a link): it is right.
    setSeen(q)
    setLine(q)
  }
  const problems = useMemo(() => readFilter(line).problems, [line])
  const choices = useMemo(() => (isOpen ? suggest(line, caret, known) : []), [isOpen, line, caret, known])
  const send = (text: string): void => {
    setSeen(text.trim())
    onChange(text)
  }
  useSlowly(line, q, send)
  useFilterKey(input)
  const take = ({ line: next, caret: at }: Suggestion): void => {
    setLine(next)
    setCaret(at)
    setActive(-1)
    // After the value is in the field.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keysOf({ choices, active, setActive, setOpen, take, send: () => send(line), isOpen })[
      event.key
    ]
    if (act?.() === true) event.preventDefault()
  }
  return (
    <div className={css.box}>
      <div className={css.field}>
        <Search16Regular aria-hidden="true" />
        <input
          ref={input}
          type="text"
          role="combobox"
          className={css.input}
          aria-label="Filter requests"
          aria-expanded={choices.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 && choices.length > 0 ? `${id}-${active}` : undefined}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
          placeholder={'Filter: status:4xx host:halo text:"mandatory"   ( / )'}
          autoComplete="off"
          spellCheck={false}
          value={line}
          onChange={({ target }) => {
            setLine(target.value)
            setCaret(target.selectionStart ?? target.value.length)
            setOpen(true)
            setActive(-1)
          }}
          onClick={() => setOpen(true)}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
      </div>
      <Choices id={id} choices={choices} active={active} onTake={take} />
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className={css.problems} role="alert">
          {problems.map(({ at, words }) => (
            <li key={at}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

type ChoicesProps = {
  readonly id: string
  readonly choices: readonly Suggestion[]
  readonly active: number
  readonly onTake: (choice: Suggestion) => void
}

function Choices({ id, choices, active, onTake }: ChoicesProps) {
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="What fits"
      className={css.list}
      hidden={choices.length === 0}
    >
      {choices.map((choice, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active choice
        <div
          key={choice.line}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          className={css.choice}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(choice)}
        >
          <code>{choice.text}</code>
          <span className="quiet">{choice.means}</span>
        </div>
      ))}
    </div>
  )
}

type KeyParts = {
  readonly choices: readonly Suggestion[]
  readonly active: number
  readonly isOpen: boolean
  readonly setActive: (index: number) => void
  readonly setOpen: (isOpen: boolean) => void
  readonly take: (choice: Suggestion) => void
  readonly send: () => void
}

/** Each answers whether the key is used up. */
function keysOf(parts: KeyParts): Readonly<Record<string, () => boolean>> {
  const { choices, active, isOpen, setActive, setOpen, take, send } = parts
  const go = (step: number) => (): boolean => {
    if (!isOpen) setOpen(true)
    if (choices.length > 0) setActive((active + step + choices.length) % choices.length)
    return true
  }
  const chosen = choices[active]
  return {
    ArrowDown: go(1),
    ArrowUp: go(-1),
    Enter: () => {
      if (chosen) take(chosen)
      else {
        setOpen(false)
        send()
      }
      return true
    },
    Tab: () => {
      if (chosen) take(chosen)
      return chosen !== undefined
    },
    Escape: () => {
      const wasOpen = isOpen && choices.length > 0
      setOpen(false)
      setActive(-1)
      return wasOpen
    },
  }
}

function useSlowly(line: string, q: string, send: (line: string) => void): void {
  const latest = useRef(send)
  latest.current = send
  useEffect(() => {
    // A line with a mistake in it is still being typed.
    if (line.trim() === q || readFilter(line).problems.length > 0 || isKeyBegun(line)) return
    const timer = setTimeout(() => latest.current(line), typingMs)
    return () => clearTimeout(timer)
  }, [line, q])
}

/** The last word may become a key; Enter says that it is meant as text. */
function isKeyBegun(line: string): boolean {
  const word = /(?:^|\s)-?(\w+)$/.exec(line)?.[1]?.toLowerCase()
  return word !== undefined && filterKeys.some((key) => key.startsWith(word))
}

function useFilterKey(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      const isSlash = event.key === '/' && !isTyping && !event.ctrlKey && !event.altKey && !event.metaKey
      const isFind = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey
      if (!isSlash && !isFind) return
      event.preventDefault()
      input.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [input])
}
