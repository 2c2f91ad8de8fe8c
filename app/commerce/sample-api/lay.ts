import { type Family, family, type Ground, makeGround, type Sizes, type Stamps } from './ground.ts'
import { orderLineCount } from './orders.ts'
import { contact } from './parties.ts'
import { lineCount } from './quotes.ts'
import type { Rows } from './rows.ts'
import { brandNames, categories, supplierNames, warehouseNames } from './words.ts'

/** The lie of the invented land: which record belongs to which, four bytes a parent, built as far as somebody looks. */
export type Lay = Ground & {
  readonly counts: {
    readonly category: number
    readonly brand: number
    readonly supplier: number
    readonly warehouse: number
    readonly employee: number
    readonly purchaseorder: number
  }
  readonly contacts: Family
  readonly addresses: Family
  readonly suppliersOf: Family
  readonly imagesOf: Family
  readonly sections: Family
  readonly lines: Family
  readonly orderLines: Family
  readonly payments: Family
  readonly purchaseLines: Family
  readonly purchaseCosts: Family
  /** The id of a product that was deleted: some quote lines still have it, and reading it answers 400. */
  readonly goneProductId: number
  contactAt(index: number): Rows['contact']
  /** The order a quote became, by index; null while it was not won. */
  orderOf(quote: number): number | null
  /** How many quotes before this one were not won. */
  openBefore(quote: number): number
  /** The quote an order came from, by index; null for an order of the web shop. */
  quoteOf(order: number): number | null
  /** An order is made when its quote is won, so it is dated after it. */
  orderStamps(order: number): Stamps
}

/** Spreads `part` things evenly over `whole` places: the place of the nth, and back. */
function spread(part: number, whole: number) {
  const placeOf = (nth: number) => Math.floor((nth * whole) / part)
  return {
    placeOf,
    before: (place: number): number => (part === 0 ? 0 : Math.ceil((place * part) / whole)),
    nthAt: (place: number): number | null => {
      if (part === 0) return null
      const nth = Math.ceil((place * part) / whole)
      return nth < part && placeOf(nth) === place ? nth : null
    },
  }
}

/** Which quotes became orders: a quarter of the quotes at most, four orders in five at most, spread evenly over both. */
function linkOrders({ quotes, orders }: Sizes) {
  const won = Math.min(Math.ceil(quotes * 0.25), Math.ceil(orders * 0.8))
  const [overQuotes, overOrders] = [spread(won, quotes), spread(won, orders)]
  return {
    orderOf: (quote: number) => {
      const nth = overQuotes.nthAt(quote)
      return nth === null ? null : overOrders.placeOf(nth)
    },
    openBefore: (quote: number) => quote - overQuotes.before(quote),
    quoteOf: (order: number) => {
      const nth = overOrders.nthAt(order)
      return nth === null ? null : overQuotes.placeOf(nth)
    },
  }
}

export function makeLay(seed: number, baseMs: number, sizes: Sizes): Lay {
  const ground = makeGround(seed, baseMs, sizes)
  const { roll, stamps } = ground
  const counts = {
    category: categories.length,
    brand: brandNames.length,
    supplier: supplierNames.length,
    warehouse: warehouseNames.length,
    employee: 8,
    purchaseorder: sizes.products === 0 ? 0 : Math.ceil(sizes.orders / 4),
  }
  const links = linkOrders(sizes)
  const sections = family(
    () => sizes.quotes,
    (quote) => roll('quote', quote, 3).int(1, 5),
  )
  const lay: Lay = {
    ...ground,
    ...links,
    counts,
    contacts: family(
      () => sizes.customers,
      (index) => roll('customer', index, 3).pick([1, 0, 2, 1, 3, 1, 4]),
    ),
    addresses: family(
      () => sizes.customers,
      (index) => roll('customer', index, 4).int(0, 2),
    ),
    suppliersOf: family(
      () => sizes.products,
      (index) => roll('product', index, 3).int(0, 2),
    ),
    imagesOf: family(
      () => sizes.products,
      (index) => roll('product', index, 4).int(0, 2),
    ),
    sections,
    lines: family(sections.total, (section) => lineCount(lay, section)),
    orderLines: family(
      () => sizes.orders,
      (order) => orderLineCount(lay, order),
    ),
    payments: family(
      () => sizes.orders,
      (order) => roll('salesorder', order, 4).int(0, 1),
    ),
    purchaseLines: family(
      () => counts.purchaseorder,
      (index) => roll('purchaseorder', index, 3).int(1, 4),
    ),
    purchaseCosts: family(
      () => counts.purchaseorder,
      (index) => roll('purchaseorder', index, 4).int(0, 2),
    ),
    goneProductId: 7,
    contactAt: (index) => contact(lay, index),
    orderStamps: (order) => {
      const quote = links.quoteOf(order)
      if (quote === null) return stamps('salesorder', order)
      const createdMs = stamps('quote', quote).modifiedMs
      const share = roll('salesorder', order, 5).next()
      return { createdMs, modifiedMs: createdMs + Math.floor((baseMs - createdMs) * share) }
    },
  }
  return lay
}
