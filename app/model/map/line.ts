import type { QuoteLine, SalesOrderLine } from '../commerce.ts'
import { type Fault, fault } from '../fault.ts'
import type { HaloLine } from '../halo.ts'
import type { Interpretation } from '../mapping.ts'
import { line, readableText } from '../text.ts'
import { lineAmounts } from './amounts.ts'
import { limits } from './limits.ts'
import { billingPeriodOf } from './period.ts'

/** A line of a quote or an order, without what only one of them has. There is no cost here, so none can be mapped. */
type SourceLine = Omit<
  QuoteLine,
  'quoteSectionID' | 'taxRate' | 'isOptional' | 'isSelected' | 'isQuantityEditable'
> &
  Pick<SalesOrderLine, 'taxRate'>

/** Where the line goes, and what is known of its product. */
export type Place = {
  readonly groupSequence: number
  readonly isOptional: boolean
  /** Products that Commerce answered "no such id" for. */
  readonly missingProducts: ReadonlySet<number>
}

/** A line still without its sequence. */
export type DraftLine = Omit<HaloLine, 'sequence'>

/** Maps one line; notes say what was degraded on the way (product gone, unknown recurring type or discount method). */
export function mapLine(
  source: SourceLine,
  place: Place,
  reading: Interpretation,
): { readonly line: DraftLine; readonly notes: readonly Fault[] } {
  const { period } = billingPeriodOf(source)
  const productId = productIdOf(source, place.missingProducts)
  const title = line(readableText(source.title), limits.lineTitle)
  const number = line(source.productNumber, limits.sku)
  return {
    line: {
      commerceId: source.id,
      kind: 'line',
      groupSequence: place.groupSequence,
      productCommerceId: productId,
      productCode: number,
      description: title || number || `Line ${source.id}`,
      note: readableText(source.description, limits.note),
      ...lineAmounts(source, reading),
      billingPeriod: period,
      periods: period === 0 ? null : periodsOf(source.recurringDuration),
      isOptional: place.isOptional,
    },
    notes: notesOn(source, productId, title),
  }
}

function productIdOf(source: SourceLine, missing: ReadonlySet<number>): number | null {
  const id = source.productID
  return id === null || id <= 0 || missing.has(id) ? null : id
}

/** A duration of 0 or less means that no end was agreed. */
const periodsOf = (duration: number | null): number | null =>
  duration !== null && duration >= 1 && duration <= 10_000 ? Math.floor(duration) : null

function notesOn(source: SourceLine, productId: number | null, title: string): Fault[] {
  const notes: Fault[] = []
  const facts = { label: title || source.productNumber, id: source.id }
  const isAboutProduct = source.productID !== null || source.productNumber !== ''
  if (productId === null && isAboutProduct) {
    notes.push(fault('product-missing', { facts: { ...facts, number: source.productNumber } }))
  }
  if (!billingPeriodOf(source).isKnown) {
    notes.push(unknownValue('recurringType', source.recurringType, 'monthly', facts))
  }
  if ((source.discountValue ?? 0) !== 0 && source.discountMethod !== 0 && source.discountMethod !== 1) {
    notes.push(unknownValue('discountMethod', source.discountMethod, 'no discount', facts))
  }
  return notes
}

/** Commerce sent a value that no list knows; `takenAs` says what it counts as. */
export const unknownValue = (
  field: string,
  value: number | null,
  takenAs: string,
  facts: Readonly<Record<string, string | number>>,
): Fault => fault('value-unknown', { facts: { ...facts, field, value: value ?? '', takenAs } })

/** A heading: no money, no quantity, only words. */
export const headingLine = (title: string, note: string, groupSequence: number): DraftLine => ({
  ...emptyLine,
  kind: 'heading',
  groupSequence,
  description: title,
  note,
})

const emptyLine: Omit<DraftLine, 'kind' | 'groupSequence' | 'description'> = {
  commerceId: 0,
  productCommerceId: null,
  productCode: '',
  note: '',
  price: 0,
  quantity: 0,
  discount: 0,
  tax: 0,
  taxRate: 0,
  billingPeriod: 0,
  periods: null,
  isOptional: false,
}

/** A charge of an order that Commerce keeps outside its lines, as a line of quantity one. */
export const chargeLine = (
  description: string,
  charge: { readonly amount: number; readonly tax: number; readonly taxRate: number },
): DraftLine => ({
  ...emptyLine,
  kind: 'line',
  groupSequence: 1,
  description,
  price: charge.amount,
  quantity: 1,
  tax: charge.tax,
  taxRate: charge.taxRate,
})

/** Numbers the lines from 1. */
export const numbered = (lines: readonly DraftLine[]): HaloLine[] =>
  lines.map((draft, index) => ({ ...draft, sequence: index + 1 }))

/** By line number, then id; a record that a shifting list delivered twice counts once, as it came last. */
export function inOrder<T extends { readonly id: number; readonly lineNumber: number }>(
  records: readonly T[],
): T[] {
  const byId = new Map(records.map((record) => [record.id, record]))
  return [...byId.values()].sort((a, b) => a.lineNumber - b.lineNumber || a.id - b.id)
}
