import { z } from 'zod'
import { unknownPlaceholders } from './placeholders.ts'

/** Columns of a quote's lines that can be left out, in their order on the page. The description is always there. */
export const columnNames = ['code', 'quantity', 'price', 'discount', 'taxRate', 'tax', 'amount'] as const
export type ColumnName = (typeof columnNames)[number]

/** The words that the document itself brings, so that it can be sent in any language. */
export const defaultWords = {
  quote: 'Quote',
  number: 'Number',
  date: 'Date',
  expires: 'Valid until',
  preparedFor: 'Prepared for',
  attention: 'Attention',
  deliverTo: 'Deliver to',
  description: 'Description',
  code: 'Code',
  quantity: 'Quantity',
  price: 'Price',
  discount: 'Discount',
  taxRate: 'Tax rate',
  tax: 'Tax',
  amount: 'Amount',
  optional: 'Optional, not included',
  alternative: 'Alternative, not included',
  perMonth: 'per month',
  perQuarter: 'per quarter',
  perYear: 'per year',
  summary: 'Summary',
  beforeTax: 'Before tax',
  total: 'Total',
  oneOff: 'One-off',
  delivery: 'Delivery',
  once: 'To pay once',
  monthly: 'Every month',
  quarterly: 'Every quarter',
  yearly: 'Every year',
  and: 'and',
  terms: 'Terms',
  page: 'Page',
  of: 'of',
} as const
export type DocumentWord = keyof typeof defaultWords
export type DocumentWords = Readonly<Record<DocumentWord, string>>
const wordNames = Object.keys(defaultWords) as [DocumentWord, ...DocumentWord[]]

/** Text that names only what there is; the issue says what it cannot name. */
const withPlaceholders = (most: number): z.ZodString =>
  z
    .string()
    .max(most)
    .superRefine((text, { addIssue }) => {
      const unknown = unknownPlaceholders(text)
      if (unknown.length > 0) addIssue({ code: 'custom', message: `There is no ${unknown.join(', ')}.` })
    })

const isTaken = (make: () => unknown): boolean => {
  try {
    make()
    return true
  } catch {
    // What Intl does not know is no value of ours, either: the schema says so.
    return false
  }
}

/** How a tenant's quotes look and what is said with them. There is no cost in it, and no way to ask for one. */
export const templateSchema = z.object({
  company: z.string().trim().max(200),
  /** Address, telephone and the like, one a line, under the company's name. */
  address: z.string().max(1_000),
  /** Of headings and rules: #rrggbb. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'A colour is written as #1f4e79.'),
  /** At the foot of each page: registration, bank, web address. */
  footer: z.string().max(600),
  locale: z
    .string()
    .min(2)
    .max(35)
    .refine((tag) => isTaken(() => new Intl.NumberFormat(tag)), 'A language is written as en-GB.'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'A currency is three letters: GBP.'),
  dateStyle: z.enum(['short', 'medium', 'long']),
  /** Where the day of a date is told: IANA. */
  timeZone: z
    .string()
    .min(1)
    .max(64)
    .refine(
      (timeZone) => isTaken(() => new Intl.DateTimeFormat('en', { timeZone })),
      'A time zone is written as Europe/London.',
    ),
  paper: z.enum(['A4', 'LETTER']),
  columns: z.array(z.enum(columnNames)),
  /** Lines that were offered and not chosen: shown with a mark, or left out. They never count. */
  unchosen: z.enum(['show', 'leave out']),
  subject: withPlaceholders(200).regex(/^[^\r\n]*$/, 'A subject is one line.'),
  text: withPlaceholders(10_000),
  introduction: withPlaceholders(5_000),
  terms: withPlaceholders(20_000),
  /** Instead of the document's own words; an absent or empty one: the default. */
  words: z.partialRecord(z.enum(wordNames), z.string().max(60)),
})
export type Template = z.infer<typeof templateSchema>

/** Where each tenant starts. */
export const defaultTemplate: Template = {
  company: '',
  address: '',
  colour: '#1f4e79',
  footer: '',
  locale: 'en-GB',
  currency: 'GBP',
  dateStyle: 'long',
  timeZone: 'UTC',
  paper: 'A4',
  columns: ['quantity', 'price', 'discount', 'amount'],
  unchosen: 'show',
  subject: 'Quote {quote number}: {quote title}',
  text: [
    'Dear {contact first name|customer},',
    'Please find attached our quote {quote number}, {quote title}.',
    'It comes to {total} and is valid until {expiry date|further notice}.',
    'Kind regards,\n{company}',
  ].join('\n\n'),
  introduction: 'Thank you for your interest. This is what we propose.',
  terms: '',
  words: {},
}

/** A template as an older program kept it: what it lacks has its default. null when it is none. */
export function olderTemplate(stored: unknown): Template | null {
  const loose = z.record(z.string(), z.unknown()).safeParse(stored)
  if (!loose.success) return null
  const read = templateSchema.safeParse({ ...defaultTemplate, ...loose.data })
  return read.success ? read.data : null
}

/** The words of a document: the template's, else the default ones. */
export const wordsOf = ({ words }: Pick<Template, 'words'>): DocumentWords =>
  Object.fromEntries(
    wordNames.map((name) => [name, words[name]?.trim() || defaultWords[name]]),
  ) as unknown as DocumentWords
