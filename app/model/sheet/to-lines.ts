import { quoteLineSchema, quoteSectionSchema } from '../commerce.ts'
import { add, multiply, percentage, product as times, toNumber } from '../money.ts'
import type { SheetRecord } from './check.ts'
import type { SheetValue } from './values.ts'

/** The checked values of one record or line, and how they are read out. */
export type Values = Readonly<Record<string, SheetValue>>
export const text = (values: Values, key: string): string => String(values[key] ?? '')
export const number = (values: Values, key: string): number => Number(values[key] ?? 0)
export const flag = (values: Values, key: string): boolean => values[key] === true
/** Lines in the order of the sheet; those of one section together where its name is first met. */
export function linesOf(source: SheetRecord) {
  const names = [...new Set(source.lines.map((line) => text(line, 'section')))]
  const sections = names.map((title, at) =>
    quoteSectionSchema.parse({ id: at + 1, quoteID: 0, type: 0, lineNumber: at + 1, title }),
  )
  const lines = source.lines.map((line, at) =>
    quoteLineSchema.parse({
      ...lineOf(line, at),
      quoteSectionID: names.indexOf(text(line, 'section')) + 1,
      isOptional: flag(line, 'isOptional'),
      isSelected: !flag(line, 'isOptional'),
    }),
  )
  return { sections, lines }
}

/** One line in Commerce's own shape; `at` counts from 0. */
export function lineOf(line: Values, at: number) {
  const period = Number(line.billingPeriod ?? -1)
  return {
    // The rows of a record tell its lines apart; no Commerce id is known.
    id: -(at + 1),
    lineNumber: at + 1,
    title: text(line, 'lineTitle'),
    description: text(line, 'description'),
    productID: null,
    // Halo's own id of the product is no code to print.
    productNumber: text(line, 'productNumber').replace(/^#\s*\d+$/, ''),
    price: number(line, 'price'),
    quantity: number(line, 'quantity'),
    taxRate: number(line, 'taxRate'),
    tax: line.tax === null || line.tax === undefined ? taxOf(line) : number(line, 'tax'),
    isRecurring: period >= 0,
    recurringType: period >= 0 ? period : null,
    recurringDuration: line.periods ?? null,
    discountMethod: 0,
    discountValue: number(line, 'discount'),
  }
}

/** The rate on what the line comes to after its discount, to the cent. */
function taxOf(line: Values): number {
  const gross = times(number(line, 'price'), number(line, 'quantity'))
  const net = add(gross, multiply(percentage(gross, number(line, 'discount')), -1))
  return toNumber(percentage(net, number(line, 'taxRate')))
}
