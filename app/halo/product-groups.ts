import type { Result } from '../model/fault.ts'
import type { HaloBillingPeriod } from '../model/halo.ts'
import type { Owner } from './destination.ts'

/** A product group with what is in it. `products`: those of the owner; `others`: all that came from elsewhere (another tenant, a person). */
export type HaloGroup = {
  readonly id: number
  readonly name: string
  readonly products: number
  readonly others: number
}

/** A product as Halo has it now: what the sync writes of it (design §7), and no cost. */
export type HaloItem = {
  /** ITEM.Iid. */
  readonly haloId: number
  /** null when Halo's row does not say a whole number. */
  readonly commerceId: number | null
  readonly name: string
  readonly sku: string
  /** null: in no group, or in one that is gone. */
  readonly groupId: number | null
  /** One-off price before tax. */
  readonly price: number
  readonly isRecurring: boolean
  /** Price a billing period; null when not recurring. */
  readonly recurringPrice: number | null
  readonly billingPeriod: HaloBillingPeriod
  readonly isConsignable: boolean
  /** Name of the tax, its number where it has none; '' when there is none. */
  readonly tax: string
  /** UTC ISO. */
  readonly createdAt: string | null
  readonly modifiedAt: string | null
}

export const itemSortKeys = ['name', 'sku', 'price', 'createdAt', 'modifiedAt'] as const
export type ItemSortKey = (typeof itemSortKeys)[number]

export type ItemQuery = {
  readonly owner: Owner
  /** null: all of the owner's; 0: those in no group. */
  readonly groupId: number | null
  /** Part of name or SKU, any case; '' for all. */
  readonly search: string
  readonly sort: ItemSortKey
  readonly isDescending: boolean
  readonly offset: number
  /** 500 at most. */
  readonly limit: number
}
export type ItemList = { readonly rows: readonly HaloItem[]; readonly total: number }

/** What moving products came to. `from`: where each one was, so that the move can be undone; `gone`: those that are not the owner's, or not there. */
export type MovedItems = {
  readonly from: readonly {
    readonly haloId: number
    readonly commerceId: number | null
    readonly groupId: number | null
  }[]
  readonly gone: readonly number[]
}

/**
 * Halo's product groups (GENERIC; in REST /AssetGroup) and the products in them. Every call is one transaction; writing ones change groups and
 * memberships alone, never a price or a name of a product.
 */
export type ProductGroups = {
  /** All groups by name, empty ones too. Products of the owner in no group stand under id 0, those in a group that is gone under its id, both without a name. */
  list(owner: Owner): Promise<Result<readonly HaloGroup[]>>
  /** One window of the owner's products, filtered and sorted by Halo; ties by id. */
  items(query: ItemQuery): Promise<Result<ItemList>>
  /** Makes a group. Faults: name-taken (any case, `facts.name`). */
  add(name: string): Promise<Result<{ readonly id: number }>>
  /** Faults: name-taken, group-missing. Answers the name it had. */
  rename(id: number, name: string): Promise<Result<{ readonly was: string }>>
  /** Puts products of the owner into a group. Fault: group-missing. Products that are there already count as moved. */
  move(owner: Owner, haloIds: readonly number[], groupId: number): Promise<Result<MovedItems>>
}
