import type { HaloBillingPeriod, HaloDelivery, HaloLine } from './halo.ts'
import { add, cents, type Money, product, toNumber } from './money.ts'

/** Money of some lines, each to the cent. `beforeTax` = gross - discount; `total` = beforeTax + tax. */
export type Amounts = {
  readonly gross: number
  readonly discount: number
  readonly beforeTax: number
  readonly tax: number
  readonly total: number
}

/** What is paid once, and per month, quarter and year: never added up with each other. */
export type ByPeriod = {
  readonly once: Amounts
  readonly monthly: Amounts
  readonly quarterly: Amounts
  readonly yearly: Amounts
}

/** `optional` is what was offered and not chosen; it is part of nothing else. The delivery charge is paid once, and kept apart. */
export type Totals = ByPeriod & { readonly delivery: Amounts; readonly optional: ByPeriod }

type Sums = { gross: Money; discount: Money; tax: Money }

/** The totals of a quote or an order: the sums of its lines, each line rounded to the cent. Headings count for nothing. */
export function totalsOf(record: {
  readonly lines: readonly HaloLine[]
  readonly delivery: HaloDelivery
}): Totals {
  const lines = record.lines.filter((line) => line.kind === 'line')
  return {
    ...byPeriod(lines.filter((line) => !line.isOptional)),
    delivery: amounts({
      gross: cents(record.delivery.amount),
      discount: 0n,
      tax: cents(record.delivery.tax),
    }),
    optional: byPeriod(lines.filter((line) => line.isOptional)),
  }
}

function byPeriod(lines: readonly HaloLine[]): ByPeriod {
  const of = (period: HaloBillingPeriod): Amounts =>
    amounts(sumsOf(lines.filter((line) => line.billingPeriod === period)))
  return { once: of(0), monthly: of(2), quarterly: of(4), yearly: of(3) }
}

function sumsOf(lines: readonly HaloLine[]): Sums {
  const sums: Sums = { gross: 0n, discount: 0n, tax: 0n }
  for (const line of lines) {
    sums.gross += product(line.price, line.quantity)
    sums.discount += product(line.discount, line.quantity)
    sums.tax += cents(line.tax)
  }
  return sums
}

function amounts({ gross, discount, tax }: Sums): Amounts {
  const beforeTax = gross - discount
  return {
    gross: toNumber(gross),
    discount: toNumber(discount),
    beforeTax: toNumber(beforeTax),
    tax: toNumber(tax),
    total: toNumber(add(beforeTax, tax)),
  }
}
