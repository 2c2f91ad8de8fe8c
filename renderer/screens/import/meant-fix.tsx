import { Button, Input } from '@fluentui/react-components'
import { useState } from 'react'
import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { isHaloProblem } from '../../../app/model/sheet/halo-problems.ts'
import { plural } from '../../ui/format.ts'
import type { ProblemGroup } from './asks.ts'
import type { Fixes } from './check-step.tsx'
import css from './import.module.css'

type MeantProps = {
  readonly group: ProblemGroup
  readonly field: SheetField
  readonly column: number
  readonly fixes: Fixes
}

/** More values at once are a list that nobody works through; the next ones come when these are right. */
const shownValues = 4

/** Whether each value of the group can be said to mean another. */
export const isMeant = ({ code }: ProblemGroup): boolean =>
  isHaloProblem(code) && /^(?:unknown|several)-/.test(code) && !noWords.has(code)
const noWords: ReadonlySet<string> = new Set(['unknown-status', 'unknown-rate', 'several-records'])

/** What may be named by a Halo id. */
const references: ReadonlySet<string> = new Set(['customer', 'productNumber', 'quoteNumber', 'group', 'tax'])

/** For each value that Halo does not know: what it means, in all rows that have it. */
export function MeantFix({ group, field, column, fixes }: MeantProps) {
  const more = group.values.length - shownValues
  return (
    <ul className={css.meant}>
      {group.values.slice(0, shownValues).map(({ value, count, near }) => (
        <li key={value}>
          <Meant {...{ group, field, column, fixes, value, count, near }} />
        </li>
      ))}
      {more > 0 && <li className="quiet">and {plural(more, 'other value')}</li>}
    </ul>
  )
}

type OneProps = MeantProps & ProblemGroup['values'][number]

function Meant({ group, field, column, fixes, value, count, near }: OneProps) {
  const [text, setText] = useState('')
  const say = (to: string): void => {
    void fixes.fix({
      fix: { do: 'replace', column, from: value, to },
      only: { code: group.code, field: field.key, value },
      what: to === '' ? `${field.label} "${value}" emptied` : `${field.label}: "${value}" is ${to}`,
    })
  }
  return (
    <form
      className={css.buttons}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') say(text.trim())
      }}
    >
      <span className={css.meantValue}>
        <strong>{value}</strong> ({plural(count, 'row')}){near.length > 0 ? ': did you mean' : ' means'}
      </span>
      {near.map((name) => (
        <Button
          key={name}
          size="small"
          disabled={fixes.isBusy}
          aria-label={`${value} means ${name}`}
          onClick={() => say(name)}
        >
          {name}
        </Button>
      ))}
      <Input
        size="small"
        aria-label={`${value} means`}
        placeholder={references.has(field.key) ? 'another, or #311' : 'another'}
        value={text}
        onChange={(_, data) => setText(data.value)}
      />
      <Button type="submit" size="small" disabled={fixes.isBusy || text.trim() === ''}>
        Apply
      </Button>
      {!field.isMandatory && (
        <Button
          size="small"
          disabled={fixes.isBusy}
          aria-label={`${emptyWords(field)} for ${value}`}
          onClick={() => say('')}
        >
          {emptyWords(field)}
        </Button>
      )}
    </form>
  )
}

const emptyWords = ({ key }: SheetField): string =>
  key === 'group' ? 'Use the default group' : 'Leave it empty'
