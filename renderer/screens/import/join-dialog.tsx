import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Select,
} from '@fluentui/react-components'
import { useState } from 'react'
import { madeValues, mostParts } from '../../../app/model/sheet/made.ts'
import { withJoin } from '../../../app/model/sheet/made-decision.ts'
import css from './import.module.css'
import type { MadeDialogProps } from './made-menu.tsx'
import { MadePreview } from './made-preview.tsx'

const betweens = [
  { value: ', ', name: 'a comma' },
  { value: ' ', name: 'a space' },
  { value: ' - ', name: 'a hyphen' },
  { value: '', name: 'nothing' },
] as const

/** Puts several columns into one field, in an order, with real rows to see what comes of it. */
export function JoinDialog({ view, decide, field, column, onClose }: MadeDialogProps) {
  const made = new Set(decide.decision.made?.flatMap((one) => one.into))
  const own = view.columns.filter((one) => !made.has(one.column))
  const nameOf = (at: number): string => own.find((one) => one.column === at)?.heading || `Column ${at + 1}`
  const [others, setOthers] = useState<readonly number[]>([])
  const [between, setBetween] = useState<string>(', ')
  const from = [column, ...others]
  const free = own.filter((one) => !from.includes(one.column))
  const join = (): void => {
    void decide.change(withJoin(decide.decision, view.nextPlace, from, between, field.key))
    onClose()
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={css.dialog}>
        <DialogBody>
          <DialogTitle>
            {field.label} from {nameOf(column)} and others
          </DialogTitle>
          <DialogContent className={css.dialogBody}>
            <div className={css.pair}>
              {[...others, null].slice(0, mostParts - 1).map((other, at) => (
                <Field key={other ?? 'next'} label={at === 0 ? 'Followed by' : 'Then'}>
                  <Select
                    value={other === null ? '' : String(other)}
                    onChange={(_, { value }) =>
                      setOthers([
                        ...others.slice(0, at),
                        ...(value === '' ? [] : [Number(value)]),
                        ...others.slice(at + 1),
                      ])
                    }
                  >
                    <option value="">{other === null ? 'choose a column' : 'take it out'}</option>
                    {[...own.filter((one) => one.column === other), ...free].map((one) => (
                      <option key={one.column} value={String(one.column)}>
                        {nameOf(one.column)}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
              <Field label="With this between them">
                <Select value={between} onChange={(_, { value }) => setBetween(value)}>
                  {betweens.map(({ value, name }) => (
                    <option key={name} value={value}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
            </div>
            <p className="quiet">What is empty in a row leaves no trace: nothing stands where it would be.</p>
            <MadePreview
              id={view.id}
              from={from}
              fromNames={from.map(nameOf)}
              names={[field.label]}
              make={(cells) => madeValues({ do: 'join', from, with: between, into: [0] }, cells)}
              isOdd={() => false}
              oddWords={null}
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={others.length === 0} onClick={join}>
              Join
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
