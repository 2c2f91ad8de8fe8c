import { Dismiss12Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import type { Term } from '../../../app/model/inspector/filter.ts'
import { printFilter, printTerm, readFilter } from '../../../app/model/inspector/filter-line.ts'
import { toggled } from '../../../app/model/inspector/suggest.ts'
import css from './chips.module.css'

type ChipsProps = {
  readonly q: string
  readonly tenantName: (id: number | null) => string
  readonly onChange: (q: string) => void
}

const term = (key: Term['key'], ...values: string[]): Term => ({ key, isNot: false, values })

/** What people ask for most; pressed again it is taken out. */
const quick: readonly (readonly [name: string, Term])[] = [
  ['Failures', term('kind', 'failures')],
  ['Commerce', term('host', 'commerce')],
  ['Halo', term('host', 'halo')],
  ['No answer', term('kind', 'no-answer')],
  ['Slow', term('slower', '2s')],
]

/** The terms of the filter as chips to take out, and the usual ones to put in. */
export function Chips({ q, tenantName, onChange }: ChipsProps) {
  const terms = useMemo(() => readFilter(q).terms, [q])
  const held = new Set(terms.map(printTerm))
  const others = terms.filter((each) => !quick.some(([, usual]) => printTerm(usual) === printTerm(each)))
  const without = (gone: Term): string => printFilter(terms.filter((each) => each !== gone))
  return (
    <fieldset className={css.chips} aria-label="Parts of the filter">
      {quick.map(([name, usual]) => (
        <button
          key={name}
          type="button"
          className={css.chip}
          aria-pressed={held.has(printTerm(usual))}
          onClick={() => onChange(toggled(q, usual))}
        >
          {name}
        </button>
      ))}
      {others.map((each) => (
        <button
          key={printTerm(each)}
          type="button"
          className={css.own}
          title="Take this out of the filter"
          onClick={() => onChange(without(each))}
        >
          <span>{wordsOf(each, tenantName)}</span>
          <Dismiss12Regular aria-hidden="true" />
          <span className="visually-hidden">: take it out</span>
        </button>
      ))}
    </fieldset>
  )
}

const words: Partial<Record<Term['key'], (value: string) => string>> = {
  text: (value) => `“${value}”`,
  slower: (value) => `at least ${value}`,
  faster: (value) => `below ${value}`,
  larger: (value) => `at least ${value}`,
  smaller: (value) => `below ${value}`,
  run: (value) => `run ${value}`,
  call: () => 'attempts of one request',
  cause: () => 'one cause',
}

function wordsOf({ key, isNot, values }: Term, tenantName: ChipsProps['tenantName']): string {
  const say =
    key === 'tenant'
      ? (value: string) => tenantName(Number(value)) || `tenant ${value}`
      : (words[key] ?? ((value: string) => `${key} ${value}`))
  return `${isNot ? 'not ' : ''}${values.map(say).join(' or ')}`
}
