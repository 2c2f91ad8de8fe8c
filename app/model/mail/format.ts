import type { Template } from './template.ts'

/** Numbers and days as the receiver of a document reads them. */
export type DocumentFormat = {
  readonly money: (amount: number) => string
  /** A unit price: to the cent, or with up to four decimals where it has them. */
  readonly price: (amount: number) => string
  readonly quantity: (amount: number) => string
  readonly percent: (amount: number) => string
  /** UTC ISO, as the day that it is in the template's time zone. */
  readonly date: (iso: string) => string
}

export function formatOf(
  template: Pick<Template, 'locale' | 'currency' | 'dateStyle' | 'timeZone'>,
): DocumentFormat {
  const { locale, currency, dateStyle, timeZone } = template
  const usual = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions()
  // Amounts are to the cent whatever the currency: a rounding on paper alone would make sums that do not add up.
  const places = Math.min(usual.maximumFractionDigits ?? 2, 2)
  const inMoney = (most: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'currency', currency },
      ...{ minimumFractionDigits: places, maximumFractionDigits: most },
    })
  const money = inMoney(2)
  const price = inMoney(4)
  const quantity = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle, timeZone })
  return {
    money: (amount) => money.format(amount),
    price: (amount) => price.format(amount),
    quantity: (amount) => quantity.format(amount),
    percent: (amount) => percent.format(amount / 100),
    date: (iso) => day.format(new Date(iso)),
  }
}
