import type { Category, Product, ProductSupplier, Supplier } from '../commerce.ts'
import type { Fault } from '../fault.ts'
import type { HaloProduct, HaloSupplier } from '../halo.ts'
import type { Mapping } from '../mapping.ts'
import { money, toNumber } from '../money.ts'
import type { Tenant } from '../tenant.ts'
import { line, readableText } from '../text.ts'
import { limits } from './limits.ts'
import { unknownValue } from './line.ts'
import { billingPeriodOf } from './period.ts'

type ProductSource = {
  readonly product: Product
  readonly category: Category | null
  /** The categories above it, nearest first: see `categoriesAbove`. */
  readonly ancestors?: readonly Category[]
  /** The Halo product group that a person chose for this very product; null: its category decides. */
  readonly chosenGroup?: number | null
  /** Its first supplier; null when it has none. */
  readonly supplier?: HaloSupplier | null
}

/** A product as a Halo item. Never a cost; the group is the one a person chose, else that of the nearest mapped category, null for the tenant's default. */
export function mapProduct(source: ProductSource, tenant: Tenant): HaloProduct {
  const { product } = source
  const price = toNumber(money(product.price))
  const sku = line(product.productNumber, limits.sku) || line(product.manufacturerPartNumber, limits.sku)
  return {
    commerceId: product.id,
    name: line(readableText(product.title), limits.productName) || sku || `Product ${product.id}`,
    sku,
    groupId: source.chosenGroup ?? groupOf(source, tenant.mapping),
    price: product.isRecurring ? 0 : price,
    recurringPrice: product.isRecurring ? price : null,
    billingPeriod: billingPeriodOf(product).period,
    isRecurring: product.isRecurring,
    isConsignable: product.isSerialized,
    // Commerce has no tax code on a product.
    taxCode: null,
    isActive: product.isActive,
    createdAt: product.createdDate,
    modifiedAt: product.modifiedDate,
    ...(tenant.mapping.setProductSupplier && source.supplier ? { supplier: source.supplier } : {}),
  }
}

/** Whom a product is bought from: the first of its suppliers (lowest id) that has a name. Its cost is not looked at. */
export function firstSupplier(
  suppliers: readonly ProductSupplier[],
  byId: ReadonlyMap<number, Supplier>,
): HaloSupplier | null {
  for (const one of suppliers.toSorted((a, b) => a.id - b.id)) {
    const name = line(byId.get(one.supplierID ?? 0)?.name ?? '', limits.productName)
    if (name) return { name, partCode: line(one.productNumber, limits.partCode) }
  }
  return null
}

/** What was degraded in a product: a recurring type that is not known. */
export function notesOnProduct(source: ProductSource): Fault[] {
  const { product } = source
  if (billingPeriodOf(product).isKnown) return []
  const facts = { label: product.title || product.productNumber, id: product.id }
  return [unknownValue('recurringType', product.recurringType, 'monthly', facts)]
}

function groupOf(source: ProductSource, mapping: Mapping): number | null {
  const own = source.product.categoryID ?? source.category?.id
  const ids = [own, source.category?.parentID, ...(source.ancestors ?? []).map((category) => category.id)]
  for (const id of ids) {
    const group = id === null || id === undefined ? undefined : mapping.groups[String(id)]
    if (group !== undefined) return group
  }
  return null
}

/** The categories above `category`, nearest first. A tree that runs in circles ends where it would repeat. */
export function categoriesAbove(
  category: Category | null,
  byId: ReadonlyMap<number, Category>,
): readonly Category[] {
  const above: Category[] = []
  const seen = new Set(category ? [category.id] : [])
  let parent = category?.parentID ?? null
  while (parent !== null && !seen.has(parent)) {
    seen.add(parent)
    const next = byId.get(parent)
    if (!next) break
    above.push(next)
    parent = next.parentID
  }
  return above
}
