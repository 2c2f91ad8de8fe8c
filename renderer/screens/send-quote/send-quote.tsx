import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { type Answers, answered, api, faultOf, useAskOnce } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import type { MailFields } from './mail-draft.ts'
import { MailForm } from './mail-form.tsx'
import css from './send-quote.module.css'

export type Draft = Extract<Answers['mail']['draft'], { ok: true }>['value']
export type Preview = Extract<Answers['mail']['preview'], { ok: true }>['value']

type SendQuoteProps = {
  readonly quote: { readonly tenantId: number; readonly commerceId: number; readonly title: string }
  /** What an earlier mail said, to say it once more. */
  readonly again?: MailFields
  readonly onClose: () => void
}

/** Sends a quote by mail: what goes out is seen first, and goes once. */
export function SendQuote({ quote, again, onClose }: SendQuoteProps) {
  const ids = { tenantId: quote.tenantId, quoteId: quote.commerceId }
  const draft = useAskOnce(['mail.draft', ids.tenantId, ids.quoteId], async (signal) =>
    answered(await api.mail.draft.query(ids, { signal })),
  )
  const preview = useAskOnce(['mail.preview', ids.tenantId, ids.quoteId], async (signal) =>
    answered(await api.mail.preview.mutate(ids, { signal })),
  )
  const error = draft.error ?? preview.error
  const isAsking = draft.isFetching || preview.isFetching
  return (
    // A click beside it would throw away what was typed.
    <Dialog open onOpenChange={(_, { open, type }) => !open && type === 'escapeKeyDown' && onClose()}>
      <DialogSurface className={css.surface}>
        <DialogBody className={css.body}>
          <DialogTitle>Send {quote.title}</DialogTitle>
          {error && !isAsking ? (
            <Closed onClose={onClose}>
              <Trouble
                fault={faultOf(error)}
                actions={
                  <Button
                    size="small"
                    onClick={() => {
                      void draft.refetch()
                      void preview.refetch()
                    }}
                  >
                    Try again
                  </Button>
                }
              />
            </Closed>
          ) : !draft.data || (draft.isFetching && !draft.isFetchedAfterMount) ? (
            <Closed onClose={onClose}>
              <Skeleton lines={10} />
            </Closed>
          ) : (
            <MailForm
              {...ids}
              start={again ? { ...draft.data, ...again } : { ...draft.data, cc: '' }}
              draft={draft.data}
              preview={preview.isFetching ? null : (preview.data ?? null)}
              onLookAgain={() => void preview.refetch()}
              onClose={onClose}
            />
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Closed({ children, onClose }: { readonly children: React.ReactNode; readonly onClose: () => void }) {
  return (
    <>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </>
  )
}
