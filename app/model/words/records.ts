import type { FaultCode } from '../fault.ts'
import { say, type WordsFor } from './say.ts'

export type RecordCode = Extract<
  FaultCode,
  | 'customer-missing'
  | 'product-missing'
  | 'status-unmapped'
  | 'group-missing'
  | 'supplier-missing'
  | 'field-unmapped'
  | 'value-unknown'
  | 'status-not-chosen'
  | 'order-there'
  | 'order-adopted'
  | 'quote-changed'
>

const status = (f: Parameters<typeof say>[0]): string => say(f, 'statusName', ' "$"', say(f, 'status', ' $'))

/** One record and what it needs from others or from the mapping. */
export const recordWords: WordsFor<RecordCode> = {
  'customer-missing': {
    what: (f) =>
      `The customer${say(f, 'customerId', ' (number $)', say(f, 'id', ' (number $)'))}${say(f, 'label', ' of "$"')} no longer exists in Datto Commerce.`,
    doNow: () => 'Give the quote or order a customer in Datto Commerce and retry it, or dismiss this.',
  },
  'product-missing': {
    what: (f) =>
      `The line${say(f, 'label', ' "$"')} has no product in Datto Commerce${say(f, 'number', ' ($)')}; it was kept with its own number and title.`,
    doNow: () =>
      'Nothing needs to be done, unless the line should belong to an item in Halo: then choose a product for it in Datto Commerce.',
  },
  'status-unmapped': {
    what: (f) =>
      `The Commerce status${status(f)}${say(f, 'label', ' of "$"')} has no Halo status yet, so the status in Halo was left alone.`,
    doNow: () =>
      `On the tenant's page (Quotes or Sales orders), choose a Halo status for it, or "leave alone" if that is what you want.`,
  },
  'group-missing': {
    what: (f) =>
      `The Halo product group${say(f, 'name', ' "$"', say(f, 'group', ' (number $)'))} that the mapping names does not exist.`,
    doNow: () =>
      `On the tenant's page, under Quotes, choose another group for the category, or create the group in Halo; then retry the products.`,
  },
  'supplier-missing': {
    what: (f) =>
      `Halo has no supplier named${say(f, 'supplier', ' "$"', ' as in Datto Commerce')}, so the supplier of the product${say(f, 'label', ' "$"')} was left alone.`,
    doNow: () =>
      'Create the supplier in Halo with that name, then retry the products; or switch off "Set product supplier" on the tenant\'s page, under Quotes.',
  },
  'field-unmapped': {
    what: (f) =>
      `The mapping names a field${say(f, 'to', ' "$"', say(f, 'field', ' "$"'))} that is not there${say(f, 'to', say(f, 'field', ' (from "$")'))}, so it was left out.`,
    doNow: () =>
      `On the tenant's page, correct the mapped field or remove it. A custom field may have been deleted or renamed in Halo.`,
  },
  'value-unknown': {
    what: (f) =>
      `Datto Commerce sent a value${say(f, 'value', ' ($)')} that this program does not know${say(f, 'field', ' in "$"')}${say(f, 'label', ' of "$"')}${say(f, 'takenAs', '; it counts as $')}.`,
    doNow: () =>
      'Check the record in Datto Commerce and in Halo. If the value is right, a newer version of this program may know it.',
  },
  'status-not-chosen': {
    what: (f) =>
      `The sales order${say(f, 'label', ' "$"')} was left out: its status${status(f)} is not one of those chosen to be imported.`,
    doNow: () =>
      'Nothing needs to be done. To import it as well, choose its status under Mapping, sales orders.',
  },
  'order-there': {
    what: (f) =>
      `The quote${say(f, 'label', ' "$"')} has a sales order already${say(f, 'number', ': $ of Datto Commerce', say(f, 'order', ': number $ in Halo'))}. None was made.`,
    doNow: (f) =>
      say(
        f,
        'number',
        'The next sync brings it to Halo if its status is among those chosen to be imported (tenant, Sales orders).',
        'Open "Create sales order" again to see it, and make another one only if the quote is to have two.',
      ),
  },
  'order-adopted': {
    what: (f) =>
      `The order${say(f, 'order', ' number $ in Halo')} that a person had made from the quote is now the sales order${say(f, 'label', ' "$"')} of Datto Commerce: its lines are as Commerce has them, and no second order was made.`,
    doNow: () =>
      'Nothing needs to be done. Check quantities in Halo if some of it was delivered or invoiced before.',
  },
  'quote-changed': {
    what: (f) =>
      `The quote${say(f, 'label', ' "$"')} has changed in Halo since it was shown. No order was made.`,
    doNow: () => 'Open "Create sales order" again: it shows the quote as it is now.',
  },
}
