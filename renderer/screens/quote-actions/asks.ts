import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Result } from '../../../app/model/fault.ts'
import { type Answers, answered, api, queries, useAskOnce, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import type { QuoteInHalo } from './actions.tsx'

type Ok<T> = Extract<T, { ok: true }> extends { value: infer V } ? V : never
/** A quote as Halo has it now. */
export type Look = Ok<Answers['quoteActions']['look']>
export type Ticket = Ok<Answers['quoteActions']['tickets']>['rows'][number]

type Which = Pick<QuoteInHalo, 'tenantId' | 'commerceId'>
const idsOf = ({ tenantId, commerceId }: Which) => ({ tenantId, quoteId: commerceId })

/** Asked of Halo when its screen or dialog opens, and after what is done here. */
export const useLook = (quote: Which) =>
  useAskOnce(['quoteActions.look', quote.tenantId, quote.commerceId], async (signal) =>
    answered(await api.quoteActions.look.query(idsOf(quote), { signal })),
  )

type TicketQuery = { readonly search: string; readonly hasClosed: boolean; readonly limit: number }

/** Tickets of Halo; those of the question before stay until the new ones are there. */
export const useTickets = (quote: Which, query: TicketQuery) =>
  useQuery({
    queryKey: ['quoteActions.tickets', quote.tenantId, quote.commerceId, query],
    queryFn: async ({ signal }) =>
      answered(await api.quoteActions.tickets.query({ ...idsOf(quote), ...query, offset: 0 }, { signal })),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })

export type QuoteChange =
  | { readonly do: 'link'; readonly to: number | null; readonly from: number | null }
  | { readonly do: 'status'; readonly to: number; readonly from: number | null }
  | { readonly do: 'release' }
  | { readonly do: 'undo'; readonly auditId: number }

/** `auditId` undoes it; null when there is nothing to undo. */
type Changed = { readonly auditId: number | null }

async function send(quote: Which, change: QuoteChange): Promise<Result<Changed>> {
  const ids = idsOf(quote)
  switch (change.do) {
    case 'link':
      return api.quoteActions.linkTicket.mutate({ ...ids, to: change.to, from: change.from })
    case 'status':
      return api.quoteActions.setStatus.mutate({
        ...{ ...ids, to: change.to },
        ...(change.from === null ? {} : { from: change.from }),
      })
    case 'release':
      return api.quoteActions.release.mutate(ids)
    case 'undo': {
      const { tenantId } = quote
      const undone = await api.quoteActions.undo.mutate({ tenantId, auditId: change.auditId })
      return undone.ok ? { ok: true, value: { auditId: null } } : undone
    }
  }
}

/** Changes of a quote in Halo. What worked is said with a way to take it back; trouble is the caller's to show. */
export function useQuoteChange(quote: Which) {
  const notices = useNotices()
  const { run, isBusy } = useCommand((change: QuoteChange) => send(quote, change))
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: ['quoteActions.look', quote.tenantId, quote.commerceId] })
    void queries.invalidateQueries({ queryKey: ['records.compare', quote.tenantId, 'quotes'] })
  }
  const undo = async (auditId: number): Promise<void> => {
    const undone = await run({ do: 'undo', auditId })
    notices.tell(undone, 'It is as it was before.')
    refresh()
  }
  return {
    isBusy,
    run: async (change: QuoteChange, said: string): Promise<Result<Changed>> => {
      const done = await run(change)
      refresh()
      if (!done.ok) return done
      const { auditId } = done.value
      const canUndo = auditId !== null && change.do !== 'release'
      if (canUndo) notices.done(said, () => void undo(auditId))
      else notices.done(said)
      return done
    },
  }
}
