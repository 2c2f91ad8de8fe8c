import { Button, Field, Input } from '@fluentui/react-components'
import { ArrowClockwise16Regular, ArrowUndo16Regular, EyeOff16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { api, useCommand } from '../../api.ts'
import { Ask } from '../../ui/ask.tsx'
import { plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'

/** Which failed records are meant: some, or all of a cause and kind. */
export type Which = Parameters<typeof api.failures.retry.mutate>[0]

type ActProps = {
  readonly which: Which
  /** What is acted on, for the notice: "3 quotes", "Q-1027". */
  readonly what: string
  readonly label: string
  readonly isPrimary?: boolean
  readonly onDone?: () => void
}

/** Tries again now, whatever the next try would have been. */
export function RetryButton({ which, what, label, isPrimary = false, onDone }: ActProps) {
  const notices = useNotices()
  const retry = useCommand((choice: Which) => api.failures.retry.mutate(choice))
  return (
    <Button
      size="small"
      appearance={isPrimary ? 'primary' : 'secondary'}
      icon={<ArrowClockwise16Regular />}
      disabled={retry.isBusy}
      onClick={async () => {
        const done = await retry.run(which)
        const isLater = done.ok && done.value.later.length > 0
        notices.tell(
          done,
          isLater
            ? `${what}: tried again when the run that is under way has ended.`
            : `Trying ${what} again.`,
        )
        if (done.ok) onDone?.()
      }}
    >
      {label}
    </Button>
  )
}

/** Takes "ignore" back. */
export function ReopenButton({ which, what, label, isPrimary = false, onDone }: ActProps) {
  const notices = useNotices()
  const reopen = useCommand((choice: Which) => api.failures.reopen.mutate(choice))
  return (
    <Button
      size="small"
      appearance={isPrimary ? 'primary' : 'secondary'}
      icon={<ArrowUndo16Regular />}
      disabled={reopen.isBusy}
      onClick={async () => {
        const done = notices.tell(
          await reopen.run(which),
          `${what}: no longer ignored, tried in the next run.`,
        )
        if (done.ok) onDone?.()
      }}
    >
      {label}
    </Button>
  )
}

/** Leaves records alone, for a reason that stays readable. */
export function IgnoreButton({ which, what, label, onDone }: ActProps) {
  const notices = useNotices()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const ignore = useCommand((why: string) => api.failures.ignore.mutate({ which, reason: why }))
  const close = (): void => {
    setReason('')
    setOpen(false)
  }
  const send = async (): Promise<void> => {
    const done = await ignore.run(reason.trim())
    notices.tell(done, done.ok ? `${plural(done.value.count, 'record')} ignored.` : '')
    if (!done.ok) return
    close()
    onDone?.()
  }
  return (
    <Ask
      title={`Ignore ${what}?`}
      doIt="Ignore"
      isBusy={ignore.isBusy}
      isReady={reason.trim() !== ''}
      isOpen={isOpen}
      onOpen={() => setOpen(true)}
      onClose={close}
      onSend={() => void send()}
      trigger={
        <Button size="small" icon={<EyeOff16Regular />}>
          {label}
        </Button>
      }
    >
      <p>
        Nothing is tried by itself any more, and the badge no longer counts it. It stays under the filter
        "Ignored", where this can be taken back. Halo keeps what it has.
      </p>
      <Field label="Reason" required>
        <Input
          value={reason}
          maxLength={300}
          autoComplete="off"
          onChange={(_, { value }) => setReason(value)}
        />
      </Field>
    </Ask>
  )
}
