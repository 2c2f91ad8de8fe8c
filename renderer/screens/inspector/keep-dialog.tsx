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
} from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { fault } from '../../../app/model/fault.ts'
import { type Answers, api, useAsk, useCommand } from '../../api.ts'
import { bytes, count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import css from './dialogs.module.css'

type Retention = Answers['inspector']['retention']
const day = 86_400_000
const megabyte = 1_000_000

/** How many requests are kept, how large and how old: whichever limit is reached first makes the oldest go. And forgetting them all. */
export function KeepDialog({ onClose, onCleared }: { onClose: () => void; onCleared: () => void }) {
  const { data, error } = useAsk(['inspector.retention'], (signal) =>
    api.inspector.retention.query(undefined, { signal }),
  )
  // A dialog takes the focus when it opens, so it opens with something in it that can have the focus.
  if (!data && !error) return null
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        {data ? (
          <Form kept={data} onClose={onClose} onCleared={onCleared} />
        ) : (
          <DialogBody>
            <DialogTitle>What is kept</DialogTitle>
            <DialogContent>
              <Unanswered error={error} />
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Close</Button>
            </DialogActions>
          </DialogBody>
        )}
      </DialogSurface>
    </Dialog>
  )
}

type FormProps = { kept: Retention; onClose: () => void; onCleared: () => void }

function Form({ kept, onClose, onCleared }: FormProps) {
  const { limits, health } = kept
  const [rows, setRows] = useState(String(limits.rows))
  const [size, setSize] = useState(String(Math.round(limits.bytes / megabyte)))
  const [days, setDays] = useState(String(Math.round(limits.ageMs / day)))
  const notices = useNotices()
  const save = useCommand(api.inspector.setRetention.mutate)
  const asked = { rows: Number(rows), bytes: Number(size) * megabyte, ageMs: Number(days) * day }
  const wrong = {
    rows: within(asked.rows, 100, 1_000_000),
    size: within(asked.bytes / megabyte, 10, 20_000),
    days: within(asked.ageMs / day, 1, 731),
  }
  const isWrong = Object.values(wrong).some((each) => each !== '')
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isWrong) return
    if (notices.tell(await save.run({ limits: asked }), 'Saved.').ok) onClose()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <DialogBody>
        <DialogTitle>What is kept</DialogTitle>
        <DialogContent className={css.content}>
          <p>
            {plural(kept.rows, 'request')} in {bytes(kept.bytes)}
            {kept.oldestAt && (
              <>
                , the oldest from <Time at={kept.oldestAt} />
              </>
            )}
            . Whichever limit is reached first makes the oldest go.
          </p>
          {health.trouble && (
            <Trouble
              fault={fault(health.trouble === 'broken' ? 'store-damaged' : health.trouble, {
                ...(health.raw ? { raw: health.raw } : {}),
              })}
            />
          )}
          <Limit label="Requests" value={rows} wrong={wrong.rows} onChange={setRows} />
          <Limit label="Megabytes" value={size} wrong={wrong.size} onChange={setSize} />
          <Limit label="Days" value={days} wrong={wrong.days} onChange={setDays} />
          <Clear rows={kept.rows} onCleared={onCleared} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={isWrong || save.isBusy}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </DialogBody>
    </form>
  )
}

const within = (value: number, from: number, to: number): string =>
  Number.isInteger(value) && value >= from && value <= to
    ? ''
    : `A whole number from ${count(from)} to ${count(to)}.`

type LimitProps = { label: string; value: string; wrong: string; onChange: (value: string) => void }

function Limit({ label, value, wrong, onChange }: LimitProps) {
  return (
    <Field label={label} {...(wrong === '' ? {} : { validationMessage: wrong })}>
      <Input inputMode="numeric" value={value} onChange={(_, { value: next }) => onChange(next)} />
    </Field>
  )
}

/** Asks twice: what is cleared is gone. */
function Clear({ rows, onCleared }: { rows: number; onCleared: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const notices = useNotices()
  const clear = useCommand(() => api.inspector.clear.mutate())
  const act = async (): Promise<void> => {
    const cleared = await clear.run(null)
    if (notices.tell(cleared, 'All recorded requests were cleared.').ok) onCleared()
  }
  if (!isAsking) {
    return (
      <div>
        <Button size="small" disabled={rows === 0} onClick={() => setAsking(true)}>
          Clear all ...
        </Button>
      </div>
    )
  }
  return (
    <div className={css.ask}>
      <p>
        {plural(rows, 'recorded request')} will be gone for good. Records, runs and failures stay, but no
        longer show their requests. Who cleared them is noted.
      </p>
      <Button size="small" appearance="primary" disabled={clear.isBusy} onClick={() => void act()}>
        Clear {plural(rows, 'request')}
      </Button>
      <Button size="small" onClick={() => setAsking(false)}>
        Keep them
      </Button>
    </div>
  )
}
