import { z } from 'zod'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import { changes, nameOf, note, type QuoteDeskParts, withQuote } from './quote-place.ts'

const numberOrNone = z.int().nullable()
const choiceSchema = z
  .object({
    ...{ quoteId: z.int(), haloStatus: z.int(), name: z.string(), commerceStatus: z.int() },
    ...{ chosenAt: z.string(), who: z.string() },
  })
  .nullable()
const ticketSchema = z.object({ quoteId: z.int(), quote: z.string(), ticket: numberOrNone })
const statusSchema = z.object({ quoteId: z.int(), status: numberOrNone })
const beforeSchema = statusSchema.extend({ choice: choiceSchema })

/** Takes a change back that the audit trail has, while Halo still has what it made. */
export async function undoQuoteChange(
  parts: QuoteDeskParts,
  tenantId: number,
  auditId: number,
): Promise<Result<null>> {
  const row = parts.store.audit.get(auditId)
  const undone = row?.tenantId === tenantId ? row : null
  const { data: ticket } = z
    .object({ before: ticketSchema, after: ticketSchema })
    .safeParse(
      undone && [changes.linked, changes.unlinked].some((what) => what === undone.what) ? undone : null,
    )
  if (ticket)
    return withQuote(parts, tenantId, ticket.before.quoteId, async ({ actions, owner, haloId }) => {
      const change = { to: ticket.before.ticket, from: ticket.after.ticket }
      const linked = await actions.linkTicket(owner, haloId, change)
      if (!linked.ok) return linked
      note(parts, tenantId, 'quote linked as before', { before: ticket.after, after: ticket.before })
      return ok(null)
    })
  const { data: status } = z
    .object({ before: beforeSchema, after: statusSchema })
    .safeParse(undone?.what === changes.status ? undone : null)
  if (status) return undoStatus(parts, tenantId, status)
  return fail(fault('input-invalid', { facts: { problem: 'this change is not in the history' } }))
}

type StatusUndo = {
  readonly before: z.infer<typeof beforeSchema>
  readonly after: z.infer<typeof statusSchema>
}

function undoStatus(
  parts: QuoteDeskParts,
  tenantId: number,
  { before, after }: StatusUndo,
): Promise<Result<null>> {
  const { statusChoices } = parts.store
  return withQuote(parts, tenantId, before.quoteId, async ({ actions, owner, haloId, quote }) => {
    const set = await actions.setStatus(owner, haloId, { to: before.status, from: after.status })
    if (!set.ok) return set
    parts.store.inTransaction(() => {
      if (before.choice) statusChoices.set(tenantId, before.choice)
      else statusChoices.drop(tenantId, quote.id)
      const statuses = [after.status, before.status].map((status) => ({ ...nameOf(quote), status }))
      note(parts, tenantId, 'quote status changed back', { before: statuses[0], after: statuses[1] })
    })
    return ok(null)
  })
}
