import { Button, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import { faultOf } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { ActDialog } from './act-dialog.tsx'
import type { QuoteDialogProps } from './actions.tsx'
import { useLook, useQuoteChange } from './asks.ts'
import { whatDecides } from './quote-words.ts'

/** Gives a quote another status in Halo, which stays until Commerce's own changes. */
export function StatusDialog({ quote, onClose }: QuoteDialogProps) {
  const { data, error, isFetching, refetch } = useLook(quote)
  const change = useQuoteChange(quote)
  const [chosen, setChosen] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const now = data?.state.statusId ?? null
  const name = data?.statuses.find(({ id }) => id === chosen)?.name ?? ''
  const isKept = chosen !== null && chosen === now && data?.choice?.haloStatus === chosen
  const onSend = async (): Promise<void> => {
    if (chosen === null) return
    const done = await change.run(
      { do: 'status', to: chosen, from: now },
      `${quote.title} is "${name}" in Halo now.`,
    )
    if (done.ok) onClose()
    else setTrouble(done.fault)
  }
  return (
    <ActDialog
      title={`Status of ${quote.title} in Halo`}
      doIt={!data ? null : chosen === null ? 'Change the status' : doIt(chosen === now, name)}
      isBusy={change.isBusy}
      isReady={chosen !== null && !isKept}
      onSend={() => void onSend()}
      onClose={onClose}
    >
      {error && !isFetching ? (
        <Trouble fault={faultOf(error)} actions={<Button onClick={() => void refetch()}>Try again</Button>} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : (
        <>
          <p>{whatDecides(data)}</p>
          <RadioGroup
            aria-label="Status in Halo"
            value={String(chosen ?? now ?? '')}
            onChange={(_, { value }) => {
              setChosen(Number(value))
              setTrouble(null)
            }}
          >
            {data.statuses.map((status) => (
              <Radio
                key={status.id}
                value={String(status.id)}
                label={status.id === now ? `${status.name} (now)` : status.name}
              />
            ))}
          </RadioGroup>
          <p className="quiet">
            What is chosen here stays: no sync changes it before the quote's own status in Datto Commerce
            changes.
          </p>
          {trouble && <Trouble fault={trouble} />}
        </>
      )}
    </ActDialog>
  )
}

const doIt = (isSame: boolean, name: string): string =>
  isSame ? `Keep it at "${name}"` : `Change to "${name}"`
