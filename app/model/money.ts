/**
 * Exact decimal arithmetic for money that arrives as doubles. A `Money` is a whole number of ten-thousandths of the currency unit, so
 * adding is exact, nothing is ever NaN or -0, and every rounding is visible: half away from zero, as accountants do it.
 */
export type Money = bigint

/** Ten-thousandths in one currency unit, and in one cent. */
const unit = 10_000n
const cent = 100n

/** A double as the decimal number that it prints as: 1.005 is 1005 / 10^3, whatever its binary form. */
type Decimal = { readonly digits: bigint; readonly scale: bigint }

const none: Decimal = { digits: 0n, scale: 1n }

function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) return none
  if (Number.isSafeInteger(value)) return { digits: BigInt(value), scale: 1n }
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const digits = BigInt(whole + fraction)
  const places = fraction.length - Number(exponent)
  return places >= 0
    ? { digits, scale: 10n ** BigInt(places) }
    : { digits: digits * 10n ** BigInt(-places), scale: 1n }
}

/** n / d to the nearest whole number, halves away from zero. `d` is not zero. */
function divide(n: bigint, d: bigint): bigint {
  const isNegative = n < 0n !== d < 0n
  const top = n < 0n ? -n : n
  const bottom = d < 0n ? -d : d
  const result = (2n * top + bottom) / (2n * bottom)
  return isNegative ? -result : result
}

/** A double of the other side as money, rounded to 4 decimals. What is no number (NaN, infinite) counts as nothing. */
export function money(value: number): Money {
  const { digits, scale } = decimalOf(value)
  return divide(digits * unit, scale)
}

/** A double of the other side rounded once, to the cent: for amounts, where `money` is for unit prices. */
export function cents(value: number): Money {
  const { digits, scale } = decimalOf(value)
  return divide(digits * 100n, scale) * cent
}

/** The nearest double: never NaN, never -0, and never infinite (the largest double stands for anything beyond). */
export function toNumber(amount: Money): number {
  return ratio(amount, unit)
}

function ratio(top: bigint, bottom: bigint): number {
  const isNegative = top < 0n
  const size = isNegative ? -top : top
  const fraction = String(size % bottom).padStart(String(bottom).length - 1, '0')
  const value = Math.min(Number(`${size / bottom}.${fraction}`), Number.MAX_VALUE)
  return isNegative && value !== 0 ? -value : value
}

/** Rounded to the cent. */
export const toCent = (amount: Money): Money => divide(amount, cent) * cent

/** The sum; exact, in any order. */
export function add(...amounts: readonly Money[]): Money {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}

/** An amount times a quantity (whole or not), rounded to 4 decimals. */
export function multiply(amount: Money, quantity: number): Money {
  const { digits, scale } = decimalOf(quantity)
  return divide(amount * digits, scale)
}

/** A unit price times a quantity, rounded once, to the cent. */
export function lineAmount(price: Money, quantity: number): Money {
  const { digits, scale } = decimalOf(quantity)
  return divide(price * digits, scale * cent) * cent
}

/** So many percent of an amount, rounded once, to the cent: within half a cent of the exact value. */
export function percentage(amount: Money, percent: number): Money {
  const { digits, scale } = decimalOf(percent)
  return divide(amount * digits, scale * 100n * cent) * cent
}

/** So many percent of a unit price, rounded to 4 decimals. */
export function unitPercentage(amount: Money, percent: number): Money {
  const { digits, scale } = decimalOf(percent)
  return divide(amount * digits, scale * 100n)
}

/** An amount times part / whole, to the cent; the amount itself when `whole` is zero. */
export const share = (amount: Money, part: Money, whole: Money): Money =>
  whole === 0n ? amount : divide(amount * part, whole * cent) * cent

/** The part before tax of an amount that includes `percent` tax, rounded to 4 decimals. -100 % has no such part: the amount itself. */
export function withoutTax(amount: Money, percent: number): Money {
  const { digits, scale } = decimalOf(percent)
  const whole = 100n * scale + digits
  return whole === 0n ? amount : divide(amount * 100n * scale, whole)
}

/**
 * The unit price (or unit discount) that makes up `total` over `quantity`: with 4 decimals, or as many more (12 at most) as it takes for
 * unit times quantity to come out at `total` to the cent again. 0 for no quantity.
 */
export function perUnit(total: Money, quantity: number): number {
  const { digits, scale } = decimalOf(quantity)
  if (digits === 0n) return 0
  let places = unit
  let each = divide(total * scale, digits)
  while (places < unit * 100_000_000n && divide(each * digits, scale * (places / 100n)) * cent !== total) {
    places *= 100n
    each = divide(total * scale * (places / unit), digits)
  }
  return ratio(each, places)
}

/** A unit price (of any precision) times a quantity, to the cent: what a line with these two numbers amounts to. */
export function product(price: number, quantity: number): Money {
  const a = decimalOf(price)
  const b = decimalOf(quantity)
  return divide(a.digits * b.digits * 100n, a.scale * b.scale) * cent
}

/** `value` is percent (20 for 20 %) or money. */
export type LineDiscount = {
  readonly kind: 'percentage' | 'fixed per line' | 'fixed per unit'
  readonly value: number
}

/** The discount of a whole line that comes to `gross` before it, to the cent. A fixed discount on no quantity is none. */
export function discountOf(gross: Money, quantity: number, discount: LineDiscount): Money {
  if (discount.kind === 'percentage') return percentage(gross, discount.value)
  if (discount.kind === 'fixed per unit') return product(discount.value, quantity)
  return quantity === 0 ? 0n : cents(discount.value)
}
