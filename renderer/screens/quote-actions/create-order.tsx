import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import { answered, api, faultOf, useAskOnce, useCommand } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import type { QuoteDialogProps } from './actions.tsx'
import css from './create-order.module.css'
import { CommerceHasIt, OrderMade } from './order-answers.tsx'
import { OrderForm } from './order-form.tsx'

/** Makes a sales order in Halo of a quote's lines. Commerce is not told, and the order becomes Commerce's own when that comes. */
export function CreateOrder({ quote, onClose }: QuoteDialogProps) {
  const { tenantId, commerceId } = quote
  const asked = useAskOnce(['orderActions.start', tenantId, commerceId], async (signal) =>
    answered(await api.orderActions.start.query({ tenantId, quoteId: commerceId }, { signal })),
  )
  const [made, setMade] = useState<{ readonly haloId: number; readonly page: string } | null>(null)
  const [trouble, setTrouble] = useState<Fault | null>(null)
  const { run, isBusy } = useCommand(api.orderActions.make.mutate)
  const start = asked.isFetching && !made ? undefined : asked.data
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && !isBusy && onClose()}>
      <DialogSurface className={css.surface}>
        <DialogBody className={css.body}>
          <DialogTitle>Create sales order from {quote.title}</DialogTitle>
          {made ? (
            <OrderMade made={made} onClose={onClose} />
          ) : asked.error && !asked.isFetching ? (
            <Refused fault={faultOf(asked.error)} again={() => void asked.refetch()} onClose={onClose} />
          ) : !start ? (
            <DialogContent>
              <Skeleton lines={8} />
            </DialogContent>
          ) : start.commerceOrder ? (
            <CommerceHasIt tenantId={tenantId} order={start.commerceOrder} onClose={onClose} />
          ) : trouble ? (
            <Refused
              fault={trouble}
              again={() => {
                setTrouble(null)
                void asked.refetch()
              }}
              onClose={onClose}
            />
          ) : (
            <OrderForm
              start={start}
              isBusy={isBusy}
              onClose={onClose}
              onMake={async (order) => {
                const done = await run({ tenantId, quoteId: commerceId, order })
                if (done.ok) setMade(done.value)
                else setTrouble(done.fault)
              }}
            />
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

type RefusedProps = { readonly fault: Fault; readonly again: () => void; readonly onClose: () => void }

function Refused({ fault, again, onClose }: RefusedProps) {
  return (
    <>
      <DialogContent>
        <Trouble fault={fault} />
      </DialogContent>
      <DialogActions>
        {/* What had the focus went with the form, and Escape is heard from within alone. */}
        <Button autoFocus appearance="primary" onClick={again}>
          Show the quote again
        </Button>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </>
  )
}
