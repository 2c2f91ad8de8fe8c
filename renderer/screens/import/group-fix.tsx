import { Button, Input, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { isHaloProblem } from '../../../app/model/sheet/halo-problems.ts'
import { plural } from '../../ui/format.ts'
import type { ProblemGroup } from './asks.ts'
import type { Fixes } from './check-step.tsx'
import type { Decided } from './columns-step.tsx'
import { fieldIn } from './fields.ts'
import css from './import.module.css'
import { isMeant, MeantFix } from './meant-fix.tsx'

type FixProps = { readonly view: Decided; readonly group: ProblemGroup; readonly fixes: Fixes }

/** What puts all rows of a group right at once, by what is wrong with them. */
export function GroupFix({ view, group, fixes }: FixProps) {
  const { code, field, rows } = group
  const known = fieldIn(view, field)
  const column = field === null ? undefined : view.decision.columns[field]
  const only = { code, field }
  if (!known || column === undefined) return null
  if (isMeant(group)) return <MeantFix group={group} field={known} column={column} fixes={fixes} />
  if (group.severity !== 'error' || code === 'twice-in-file' || isHaloProblem(code)) return null
  const named = { ...{ group, fixes, column }, field: known }
  if (code === 'too-long' && known.maxLength !== null) {
    const { maxLength } = known
    return (
      <Button
        size="small"
        disabled={fixes.isBusy}
        onClick={() =>
          void fixes.fix({ fix: { do: 'cut', column, length: maxLength }, only, what: `${known.label} cut` })
        }
      >
        Cut in {plural(rows, 'row')}
      </Button>
    )
  }
  return code === 'unknown-choice' || code === 'no-yes-no' ? (
    <ChoiceFix {...named} />
  ) : (
    <ValueFix {...named} />
  )
}

type NamedProps = {
  readonly group: ProblemGroup
  readonly field: SheetField
  readonly column: number
  readonly fixes: Fixes
}

/** One value for all of them; for rows that lack it, or that have a wrong one. */
function ValueFix({ group, field, column, fixes }: NamedProps) {
  const [value, setValue] = useState('')
  const { code, rows } = group
  const isEmpty = code === 'mandatory'
  return (
    <form
      className={css.buttons}
      onSubmit={(event) => {
        event.preventDefault()
        const fix = { do: isEmpty ? ('fill empty' as const) : ('set' as const), column, value }
        const what = value === '' ? `${field.label} emptied` : `${field.label} set to "${value.slice(0, 60)}"`
        void fixes.fix({ fix, only: { code, field: field.key }, what })
      }}
    >
      <Input
        size="small"
        aria-label={`${field.label} for all of them`}
        placeholder={isEmpty ? field.example : 'nothing: empties it'}
        value={value}
        onChange={(_, data) => setValue(data.value)}
      />
      <Button
        type="submit"
        size="small"
        disabled={fixes.isBusy || (value.trim() === '' && (isEmpty || field.isMandatory))}
      >
        Apply to {plural(rows, 'row')}
      </Button>
    </form>
  )
}

/** A word for each value that is not known. */
function ChoiceFix({ group, field, column, fixes }: NamedProps) {
  const words = field.type === 'yes/no' ? ['yes', 'no'] : field.choices.map((one) => one.word)
  return (
    <>
      {group.values.map(({ value, count }) => (
        <Select
          key={value}
          size="small"
          aria-label={`${value} in ${plural(count, 'row')} means`}
          value=""
          disabled={fixes.isBusy}
          onChange={(_, data) =>
            void fixes.fix({
              fix: { do: 'replace', column, from: value, to: data.value },
              only: { code: group.code, field: field.key, value },
              what: `${field.label}: "${value}" is ${data.value}`,
            })
          }
        >
          <option value="">
            {value} ({plural(count, 'row')}) means…
          </option>
          {words.map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </Select>
      ))}
    </>
  )
}
