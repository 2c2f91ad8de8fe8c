import type { Interpretation } from '../mapping.ts'
import {
  cents,
  discountOf,
  type LineDiscount,
  lineAmount,
  type Money,
  money,
  multiply,
  perUnit,
  product,
  share,
  toCent,
  toNumber,
  unitPercentage,
  withoutTax,
} from '../money.ts'

/** The money of a source line, whatever it belongs to. */
type SourceAmounts = {
  readonly price: number
  readonly quantity: number
  readonly tax: number
  readonly taxRate: number | null
  readonly discountMethod: number | null
  readonly discountValue: number | null
}

type LineAmounts = {
  readonly price: number
  readonly quantity: number
  readonly discount: number
  readonly tax: number
  readonly taxRate: number
}

type Reading = Pick<Interpretation, 'priceIncludesTax' | 'taxPer' | 'taxRateAs' | 'fixedDiscountPer'>

const hundred = money(100)

/** A tax rate in percent, 20 for 20 %, with 4 decimals. `guess`: a rate between -1 and 1 (0 and they left out) is a fraction. */
export function percentRate(rate: number | null, as: Interpretation['taxRateAs']): number {
  const value = rate ?? 0
  const isFraction = as === 'fraction' || (as === 'guess' && Math.abs(value) < 1)
  return toNumber(isFraction ? multiply(hundred, value) : money(value))
}

/** The discount as the tenant reads it; null when there is none or its method is unknown. */
export function discountOfLine(line: SourceAmounts, reading: Reading): LineDiscount | null {
  const value = line.discountValue ?? 0
  if (value === 0) return null
  if (line.discountMethod === 0) return { kind: 'percentage', value }
  if (line.discountMethod !== 1) return null
  return { kind: reading.fixedDiscountPer === 'unit' ? 'fixed per unit' : 'fixed per line', value }
}

/**
 * A line's numbers for Halo: unit price before tax and discount, unit discount before tax, tax of the whole line. Prices are taken as
 * before discount; the line comes out exactly (to the cent) at price x quantity - discount, as Commerce's own numbers do.
 */
export function lineAmounts(line: SourceAmounts, reading: Reading): LineAmounts {
  const quantity = line.quantity === 0 || !Number.isFinite(line.quantity) ? 0 : line.quantity
  const price = money(line.price)
  const taxRate = percentRate(line.taxRate, reading.taxRateAs)
  const discount = discountOfLine(line, reading)
  if (quantity === 0) return unitAmounts(price, discount, taxRate, reading)
  const gross = lineAmount(price, quantity)
  const off = discount === null ? 0n : discountOf(gross, quantity, discount)
  const tax = reading.taxPer === 'unit' ? product(line.tax, quantity) : cents(line.tax)
  if (!reading.priceIncludesTax) {
    return {
      price: toNumber(price),
      quantity,
      discount: off === 0n ? 0 : perUnit(off, quantity),
      tax: toNumber(tax),
      taxRate,
    }
  }
  const net = withoutIncludedTax(gross, off, tax, taxRate)
  return {
    price: perUnit(net.gross, quantity),
    quantity,
    discount: net.off === 0n ? 0 : perUnit(net.off, quantity),
    tax: toNumber(net.tax),
    taxRate,
  }
}

/** No quantity: nothing to pay and no tax, but the unit price stays readable. */
function unitAmounts(
  price: Money,
  discount: LineDiscount | null,
  taxRate: number,
  reading: Reading,
): LineAmounts {
  const net = reading.priceIncludesTax ? withoutTax(price, taxRate) : price
  const off =
    discount?.kind === 'percentage'
      ? unitPercentage(net, discount.value)
      : discount?.kind === 'fixed per unit'
        ? money(discount.value)
        : 0n
  return { price: toNumber(net), quantity: 0, discount: toNumber(off), tax: 0, taxRate }
}

/** Takes the tax out of a line so that net and tax add up to what Commerce asks for; where it gives no tax, the rate says how much. */
function withoutIncludedTax(
  gross: Money,
  off: Money,
  tax: Money,
  rate: number,
): { gross: Money; off: Money; tax: Money } {
  const paid = gross - off
  const net = tax === 0n ? toCent(withoutTax(paid, rate)) : paid - tax
  if (off === 0n) return { gross: net, off: 0n, tax: paid - net }
  const netGross = paid === 0n ? toCent(withoutTax(gross, rate)) : share(gross, net, paid)
  return { gross: netGross, off: netGross - net, tax: paid - net }
}

/** A charge without quantity (delivery, surcharge): its amount before tax and its tax, to the cent. */
export function chargeAmounts(
  amount: number,
  tax: number,
  taxRate: number,
  reading: Reading,
): { readonly amount: number; readonly tax: number; readonly taxRate: number } {
  const rate = percentRate(taxRate, reading.taxRateAs)
  const asked = cents(amount)
  const given = cents(tax)
  if (!reading.priceIncludesTax) return { amount: toNumber(asked), tax: toNumber(given), taxRate: rate }
  const net = withoutIncludedTax(asked, 0n, given, rate)
  return { amount: toNumber(net.gross), tax: toNumber(net.tax), taxRate: rate }
}
