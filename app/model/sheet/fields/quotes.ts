import { limits } from '../../map/limits.ts'
import { field, type SheetField } from '../field-type.ts'
import { quoteStatuses } from './choices.ts'
import { customerOf, delivery, ids, line } from './parts.ts'

export const quoteFields: readonly SheetField[] = [
  field(
    'quoteNumber',
    'Quote number',
    'text',
    'The same in all rows of a quote: that is how its lines find together.',
    'Q-2020-0117',
    {
      isMandatory: true,
      maxLength: limits.quoteNumber,
      synonyms: [
        'quote no',
        'quote',
        'quote id',
        'quotation',
        'quotation number',
        'quote ref',
        'number',
        'angebotsnummer',
        'angebot',
      ],
    },
  ),
  ...ids('quote'),
  ...customerOf('quote'),
  field('title', 'Title', 'text', 'What the quote is about.', 'Laptops for the new office', {
    maxLength: limits.title,
    synonyms: ['quote title', 'subject', 'quote name', 'summary', 'betreff'],
  }),
  field(
    'status',
    'Status',
    'choice',
    "Where the quote stands; the tenant's status map turns it into a Halo status.",
    'Won',
    {
      choices: quoteStatuses,
      synonyms: ['quote status', 'state', 'stage'],
    },
  ),
  field('createdDate', 'Date', 'date', 'When the quote was made.', '2020-02-17', {
    synonyms: ['quote date', 'created', 'created date', 'date created', 'datum', 'issued'],
  }),
  field('expiryDate', 'Expiry date', 'date', 'Until when it was good.', '2020-03-17', {
    synonyms: ['expires', 'valid until', 'expiration date', 'valid to', 'gültig bis'],
  }),
  field('note', 'Note', 'long text', 'For your own people.', 'Phoned twice', {
    maxLength: limits.note,
    synonyms: ['notes', 'private note', 'internal note', 'comment', 'comments', 'memo'],
  }),
  ...delivery,
  field('section', 'Section', 'text', 'Lines of one section stand under its heading.', 'Hardware', {
    of: 'line',
    maxLength: limits.lineTitle,
    synonyms: ['group', 'heading', 'section title'],
  }),
  ...line('quote'),
  field('isOptional', 'Optional', 'yes/no', 'Yes: shown, and in no total.', 'no', {
    of: 'line',
    synonyms: ['is optional', 'option'],
  }),
]
