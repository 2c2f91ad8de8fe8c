import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { HaloContact, HaloCustomer, HaloQuote } from '../../app/model/halo.ts'
import type { QuoteToSend } from '../../app/model/mail/quote-document.ts'
import type { Tenant } from '../../app/model/tenant.ts'
import type { Store } from '../../app/store/open.ts'
import { mapOne } from '../../app/sync/prepare.ts'
import { createRecordDesk } from '../record-desk.ts'

/** A quote with all that a mail about it needs. `contacts`: those of its customer that have a mail address. */
export type QuoteSource = {
  readonly source: QuoteToSend
  readonly contacts: readonly Pick<HaloContact, 'name' | 'email'>[]
}

/**
 * A quote as the store knows it now; nothing is asked of Commerce or Halo. Faults: not-found when the mirror does not hold it, and why it cannot be
 * mapped.
 */
export function quoteSource(store: Store, tenant: Tenant, quoteId: number): Result<QuoteSource> {
  const desk = createRecordDesk({ store, open: async () => fail(fault('bug')) })
  const view = desk.view(tenant.id, 'quotes', quoteId)
  if (!view) return fail(fault('not-found', { side: 'here', facts: { id: quoteId } }))
  if (view.obstacle) return fail(view.obstacle)
  if (!view.mapped || !view.lines) return fail(fault('not-found', { side: 'here', facts: { id: quoteId } }))
  const quote = view.mapped as HaloQuote
  const customer = customerOf(store, tenant, quote.customerCommerceId)
  const known = store.records.get(tenant.id, 'quotes', quoteId)
  const contacts = (customer?.contacts ?? []).filter(({ email }) => email !== '')
  const contact = contacts.find(({ email }) => email === quote.contact.email)
  return ok({
    contacts,
    source: {
      quote,
      lines: view.lines,
      client: {
        name: customer?.name ?? known?.customerName ?? '',
        address: customer?.address ?? null,
      },
      contact: {
        name: quote.contact.name === quote.contact.email ? (contact?.name ?? '') : quote.contact.name,
        firstName: contact?.firstName ?? '',
        email: quote.contact.email,
      },
    },
  })
}

/** null: the mirror does not hold it, or it cannot be read; the quote's own words have to do. */
function customerOf(store: Store, tenant: Tenant, id: number): HaloCustomer | null {
  const row = store.sources.get(tenant.id, 'customer', id)
  if (!row) return null
  const known = store.records.known(tenant.id, 'customers', [id]).get(id) ?? null
  const mapped = mapOne({ store, tenant, missingProducts: new Set<number>() }, 'customers', row, known)
  return 'record' in mapped ? mapped.record : null
}
