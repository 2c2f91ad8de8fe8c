import { Button, Field, Input } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import { cellText } from '../../../app/model/sheet/cell.ts'
import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { meantWords } from '../../../app/model/sheet/halo-problems.ts'
import { type Problem, problemWords } from '../../../app/model/sheet/problems.ts'
import { api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import type { ImportRow } from './asks.ts'
import type { Fixes } from './check-step.tsx'
import type { Decided } from './columns-step.tsx'
import css from './import.module.css'
import { fieldsOf } from './row-grid.tsx'

type PaneProps = {
  readonly view: Decided
  readonly number: number
  readonly fixes: Fixes
  readonly onNext: (isBack: boolean) => void
  readonly onClose: () => void
}

/** One row to be corrected: each value, and what is wrong with it below. */
export function RowPane({ view, number, fixes, onNext, onClose }: PaneProps) {
  const { data: row } = useAsk(['imports.row', view.id, number], (signal) =>
    api.imports.row.query({ id: view.id, row: number }, { signal }),
  )
  const pane = useRef<HTMLElement>(null)
  const isThere = row !== undefined && row !== null
  useEffect(() => {
    if (!isThere) return
    const inputs = [...(pane.current?.querySelectorAll('input') ?? [])]
    const first = inputs.find((one) => one.getAttribute('aria-invalid') === 'true') ?? inputs[0]
    first?.focus()
    first?.select()
  }, [isThere])
  const whole = row?.problems.filter((one) => one.field === null) ?? []
  return (
    <section
      ref={pane}
      className={css.pane}
      aria-label={`Row ${number}`}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <div className={css.paneHead}>
        <h2>Row {number}</h2>
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label="Close the row"
          onClick={onClose}
        />
      </div>
      {!row ? (
        <Skeleton />
      ) : (
        <div className={css.paneForm}>
          {whole.map((one) => (
            <p key={one.code} className={one.severity === 'note' ? 'quiet' : css.doubt}>
              {problemWords[one.code].what('', one, { most: null, words: [] })}
            </p>
          ))}
          {fieldsOf(view).map(({ field, column }) => (
            <CellField key={field.key} row={row} field={field} column={column} fixes={fixes} />
          ))}
          <div className={css.buttons}>
            <Button size="small" onClick={() => onNext(true)} title="Shift+F8">
              Previous error
            </Button>
            <Button size="small" appearance="primary" onClick={() => onNext(false)} title="F8">
              Next error
            </Button>
            <Button
              size="small"
              disabled={fixes.isBusy}
              onClick={() => void fixes.fix(row.isLeftOut ? { takeBack: number } : { leaveOut: number })}
            >
              {row.isLeftOut ? 'Take the row back' : 'Leave the row out'}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}

type CellFieldProps = {
  readonly row: ImportRow
  readonly field: SheetField
  readonly column: number
  readonly fixes: Fixes
}

/** Kept when the person leaves it or presses Enter; Escape would close the row without it. */
function CellField({ row, field, column, fixes }: CellFieldProps) {
  const kept = cellText(row.cells[column] ?? null)
  const [text, setText] = useState(kept)
  const [seen, setSeen] = useState(kept)
  if (seen !== kept) {
    // Changed elsewhere (undo, a fix for all rows): that is right.
    setSeen(kept)
    setText(kept)
  }
  const found = row.problems.find((one) => one.field === field.key)
  const keep = (): void => {
    if (text !== kept) void fixes.fix({ row: row.number, column, value: text })
  }
  return (
    <Field
      label={field.label}
      required={field.isMandatory}
      {...(found ? { validationState: stateOf(found), validationMessage: wordsOf(field, found) } : {})}
    >
      <Input
        size="small"
        value={text}
        onChange={(_, { value }) => setText(value)}
        onBlur={keep}
        onKeyDown={({ key }) => key === 'Enter' && keep()}
      />
    </Field>
  )
}

const stateOf = ({ severity }: Problem) => (severity === 'note' ? 'none' : severity)

const wordsOf = (field: SheetField, found: Problem): string =>
  problemWords[found.code].what(field.label, found, {
    most: field.maxLength,
    words: field.choices.map((one) => one.word),
  }) + meantWords(found.near)
