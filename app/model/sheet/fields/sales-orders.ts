import { limits } from '../../map/limits.ts'
import { field, type SheetField } from '../field-type.ts'
import { orderStatuses } from './choices.ts'
import { customerOf, delivery, ids, line } from './parts.ts'

export const orderFields: readonly SheetField[] = [
  field(
    'orderNumber',
    'Order number',
    'text',
    'The same in all rows of an order: that is how its lines find together.',
    'SO-2020-0041',
    {
      isMandatory: true,
      maxLength: limits.quoteNumber,
      synonyms: [
        'order no',
        'order',
        'order id',
        'sales order',
        'sales order number',
        'so number',
        'number',
        'auftragsnummer',
        'auftrag',
      ],
    },
  ),
  ...ids('sales order'),
  ...customerOf('order'),
  field('reference', 'Reference', 'text', "The customer's own order number.", 'PO 7781', {
    maxLength: limits.reference,
    synonyms: ['po', 'po number', 'purchase order', 'customer reference', 'customer po', 'ref'],
  }),
  field(
    'status',
    'Status',
    'choice',
    "Where the order stands; the tenant's status map turns it into a Halo status.",
    'Processed',
    {
      choices: orderStatuses,
      synonyms: ['order status', 'state', 'stage'],
    },
  ),
  field('orderDate', 'Order date', 'date', 'When it was ordered.', '2020-02-20', {
    isMandatory: true,
    synonyms: ['date', 'ordered', 'date ordered', 'created', 'created date', 'datum'],
  }),
  field(
    'quoteNumber',
    'Quote number',
    'text',
    'The quote that it came from, when it is in Halo: by its number, or # and its Halo id.',
    'Q-2020-0117',
    {
      maxLength: limits.quoteNumber,
      synonyms: ['quote', 'quote no', 'from quote', 'quotation'],
    },
  ),
  field('note', 'Note', 'long text', 'For your own people.', 'Deliver before noon', {
    maxLength: limits.note,
    synonyms: ['notes', 'comment', 'comments', 'memo'],
  }),
  ...delivery,
  ...line('order'),
]
