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
const quoteSchema = z.object({ quoteId: z.int() })
const ticketSchema = z.object({ ticket: numberOrNone })
const linkSchema = z.object({ before: ticketSchema, after: quoteSchema.extend(ticketSchema.shape) })
const statusSchema = z.object({
  before: z.object({
    status: z.string(),
    undo: z.object({ status: numberOrNone, choice: choiceSchema }),
  }),
  after: quoteSchema.extend({ status: z.string(), undo: z.object({ status: z.int() }) }),
})
/** Takes a change back that the audit trail has, while Halo still has what it made. */
export async function undoQuoteChange(
  parts: QuoteDeskParts,
  tenantId: number,
  auditId: number,
): Promise<Result<null>> {
  const row = parts.store.audit.get(auditId)
  const what = row?.tenantId === tenantId ? row.what : ''
  if (what === changes.linked || what === changes.unlinked) {
    const link = linkSchema.safeParse(row)
    if (link.success) return undoLink(parts, tenantId, link.data)
  }
  if (what === changes.status) {
    const status = statusSchema.safeParse(row)
    if (status.success) return undoStatus(parts, tenantId, status.data)
  }
  return fail(fault('input-invalid', { facts: { problem: 'this change is not in the history' } }))
}

function undoLink(
  parts: QuoteDeskParts,
  tenantId: number,
  { before, after }: z.infer<typeof linkSchema>,
): Promise<Result<null>> {
  return withQuote(parts, tenantId, after.quoteId, async ({ actions, owner, haloId, quote }) => {
    const linked = await actions.linkTicket(owner, haloId, { to: before.ticket, from: after.ticket })
    if (!linked.ok) return linked
    note(parts, tenantId, 'quote linked as before', {
      before: { ticket: after.ticket },
      after: { ...nameOf(quote), ticket: before.ticket },
    })
    return ok(null)
  })
}

function undoStatus(
  parts: QuoteDeskParts,
  tenantId: number,
  { before, after }: z.infer<typeof statusSchema>,
): Promise<Result<null>> {
  const { statusChoices } = parts.store
  return withQuote(parts, tenantId, after.quoteId, async ({ actions, owner, haloId, quote }) => {
    const { status, choice } = before.undo
    const set = await actions.setStatus(owner, haloId, { to: status, from: after.undo.status })
    if (!set.ok) return set
    parts.store.inTransaction(() => {
      if (choice) statusChoices.set(tenantId, choice)
      else statusChoices.drop(tenantId, quote.id)
      note(parts, tenantId, 'quote status changed back', {
        before: { status: after.status },
        after: { ...nameOf(quote), status: before.status },
      })
    })
    return ok(null)
  })
}
