import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Radio,
  RadioGroup,
  Select,
} from '@fluentui/react-components'
import { useState } from 'react'
import { cellText } from '../../../app/model/sheet/cell.ts'
import { sheetFields } from '../../../app/model/sheet/fields.ts'
import { madeValues, mostParts } from '../../../app/model/sheet/made.ts'
import { withSplit } from '../../../app/model/sheet/made-decision.ts'
import { fieldsIn } from './fields.ts'
import css from './import.module.css'
import type { MadeDialogProps } from './made-menu.tsx'
import { MadePreview } from './made-preview.tsx'

type By = 'first word' | 'last word' | 'text'
const counts = Array.from({ length: mostParts - 1 }, (_, more) => more + 2)
const marks = [',', ';', '/', '|', ' - '] as const

/** Tells a column into parts, each for a field, with real rows to see what comes of it. */
export function SplitDialog({ view, decide, field, column, onClose }: MadeDialogProps) {
  const own = view.columns.find((one) => one.column === column)
  const samples = (own?.samples ?? []).map(cellText)
  const mark = marks.find((one) => samples.some((text) => text.includes(one)))
  const [by, setBy] = useState<By>(mark ? 'text' : 'first word')
  const [at, setAt] = useState<string>(mark ?? ',')
  const [count, setCount] = useState(2)
  const parts = by === 'text' ? count : 2
  const [said, setSaid] = useState<Readonly<Record<number, string>>>({})
  const usual = usualFields(view, field.key, by)
  const fields = Array.from({ length: parts }, (_, part) => said[part] ?? usual[part] ?? '')
  const separator = by === 'text' ? at : by
  const isReady = separator !== '' && fields.some((one) => one !== '') && !isTwice(fields)
  const known = fieldsIn(view)
  const name = own?.heading || `Column ${column + 1}`
  const split = (): void => {
    void decide.change(withSplit(decide.decision, view.nextPlace, column, separator, fields))
    onClose()
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={css.dialog}>
        <DialogBody>
          <DialogTitle>Split {name}</DialogTitle>
          <DialogContent className={css.dialogBody}>
            <RadioGroup
              aria-label="Where it is split"
              value={by}
              onChange={(_, { value }) => setBy(value as By)}
            >
              <Radio value="first word" label="The first word, and the rest (Ada | Lovelace King)" />
              <Radio value="last word" label="All but the last word, and the last (Ada Lovelace | King)" />
              <Radio value="text" label="Where certain characters stand" />
            </RadioGroup>
            {by === 'text' && (
              <div className={css.pair}>
                <Field label="These characters">
                  <Input value={at} maxLength={60} onChange={(_, { value }) => setAt(value)} />
                </Field>
                <Field label="Into parts">
                  <Select value={String(count)} onChange={(_, { value }) => setCount(Number(value))}>
                    {counts.map((one) => (
                      <option key={one} value={String(one)}>
                        {one}
                      </option>
                    ))}
                  </Select>
                </Field>
              </div>
            )}
            <div className={css.pair}>
              {fields.map((chosen, part) => (
                <Field
                  // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
                  key={part}
                  label={`${partWords(by, part, parts)} is`}
                  {...(isTwice(fields) && chosen !== '' && fields.indexOf(chosen) !== part
                    ? { validationMessage: 'Another part is this already.' }
                    : {})}
                >
                  <Select value={chosen} onChange={(_, { value }) => setSaid({ ...said, [part]: value })}>
                    <option value="">not imported</option>
                    {known.map((one) => (
                      <option key={one.key} value={one.key}>
                        {one.label}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
            </div>
            {separator !== '' && (
              <MadePreview
                id={view.id}
                from={[column]}
                fromNames={[name]}
                names={fields.map((key) => known.find((one) => one.key === key)?.label ?? 'not imported')}
                make={(cells) =>
                  madeValues(
                    { do: 'split', from: column, by: separator, into: fields.map((_, part) => part) },
                    cells,
                  )
                }
                isOdd={(values) => values.some((value) => value === null)}
                oddWords={parts === 2 ? 'have one part only' : 'have fewer parts'}
              />
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={!isReady} onClick={split}>
              Split
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

const isTwice = (fields: readonly string[]): boolean => {
  const used = fields.filter((one) => one !== '')
  return new Set(used).size < used.length
}

function partWords(by: By, part: number, parts: number): string {
  if (by === 'first word') return part === 0 ? 'The first word' : 'The rest'
  if (by === 'last word') return part === 0 ? 'All but the last word' : 'The last word'
  return part === parts - 1 ? `Part ${part + 1}, with all that follows,` : `Part ${part + 1}`
}

/** A name is told into first and last name, where the records have both; else the first part stays what the column was. */
function usualFields({ entity }: MadeDialogProps['view'], key: string, by: By): readonly string[] {
  const isName = key === 'contactFirstName' || key === 'contactLastName'
  const hasNames = isName && sheetFields[entity].some((one) => one.key === 'contactFirstName')
  if (!hasNames) return [key]
  // "Lovelace, Ada"
  return by === 'text' ? ['contactLastName', 'contactFirstName'] : ['contactFirstName', 'contactLastName']
}
