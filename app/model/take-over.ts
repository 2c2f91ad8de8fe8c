import { commerceFields } from './commerce-fields.ts'
import { customTarget, type HaloClientField, haloFields } from './halo-fields.ts'
import type { FieldMapping, Mapping } from './mapping.ts'

/**
 * What Halo's own integration keeps of one connection to Commerce (its table DattoCommerceDetails, apis.md §2.5 and §3.2), raw: what it
 * means here is `proposalOf`'s to say. null: Halo says nothing about it.
 */
export type HaloConnection = {
  /** DattoCommerceDetails.DCDid. */
  readonly haloTenantId: number
  readonly url: string
  readonly isEnabled: boolean
  readonly defaultGroup: number | null
  readonly createItems: boolean | null
  readonly setProductSupplier: boolean | null
  /** Statuses of sales orders to import, as Halo keeps them: numbers somewhere in a text ("2,3"). */
  readonly orderStatuses: string | null
  /** Rows of IntegrationFieldMapping: customer fields and quote statuses alike; other integrations' rows too where Halo keeps no owner. */
  readonly mappings: readonly HaloMappingRow[]
  /** Product groups linked to Commerce categories (ExternalLink). */
  readonly groups: readonly HaloGroupLink[]
}

/** IntegrationFieldMapping; API names: fiid, name, thirdpartyname, xmvalue, msid, typeid, newrecords or dontupdate, populateemptyvalue. */
export type HaloMappingRow = {
  readonly haloId: number
  readonly haloName: string
  readonly commerceName: string
  /** A fixed value; '' when the value comes from Commerce. */
  readonly value: string
  /** Halo's number of the integration that the row belongs to. Commerce's is not public. */
  readonly module: number
  readonly type: number
  readonly onlyNew: boolean
  /** Whether an empty Commerce value empties Halo's. */
  readonly clearsWhenEmpty: boolean
}

export type HaloGroupLink = {
  readonly groupId: number
  /** Commerce's category id, as text. */
  readonly categoryId: string
  /** The category's name when the link was made; '' when Halo has none. */
  readonly categoryName: string
}

/** What there is here for a proposal to point to. */
type TakeOverPlace = {
  readonly groups: ReadonlySet<number>
  readonly quoteStatus: ReadonlySet<number>
  readonly categories: ReadonlySet<number>
  readonly clientFields: readonly HaloClientField[]
}
/** `left`: how many of Halo's rows look like ours and cannot be read, and how many belong to other integrations. */
type TakeOver = {
  readonly patch: Partial<Mapping>
  readonly unread: readonly string[]
  readonly others: number
}

/**
 * What a connection of Halo's own integration would be as a mapping here; a person decides what of it is taken. Which module number is
 * Commerce's is not public: the module most of whose rows name Commerce's own fields or quote statuses is taken for it.
 */
export function proposalOf(connection: HaloConnection, place: TakeOverPlace): TakeOver {
  const read = connection.mappings.map((row) => ({ row, meant: meaningOf(row, place) }))
  const ours = read.filter(({ meant }) => meant !== null)
  const modules = Map.groupBy(ours, ({ row }) => row.module)
  const best = [...modules.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  const fields = best.flatMap(({ meant }) => (meant?.kind === 'field' ? [meant.mapping] : []))
  const statuses = best.flatMap(({ meant }) =>
    meant?.kind === 'status' ? [[meant.status, meant.haloId]] : [],
  )
  const groups = connection.groups.filter(
    ({ groupId, categoryId }) => place.groups.has(groupId) && place.categories.has(Number(categoryId)),
  )
  const { defaultGroup, createItems, setProductSupplier } = connection
  const orders = [...(connection.orderStatuses ?? '').matchAll(/\d+/g)].map(([status]) => Number(status))
  return {
    patch: {
      ...(fields.length > 0 && { customerFields: fields }),
      ...(statuses.length > 0 && { quoteStatus: Object.fromEntries(statuses) }),
      ...(groups.length > 0 && {
        groups: Object.fromEntries(groups.map(({ categoryId, groupId }) => [categoryId, groupId])),
      }),
      ...(defaultGroup !== null && place.groups.has(defaultGroup) && { defaultGroup }),
      ...(createItems !== null && { createItemsFromQuotes: createItems }),
      ...(setProductSupplier !== null && { setProductSupplier }),
      ...(orders.length > 0 && { orderStatusesToImport: [...new Set(orders)].sort((a, b) => a - b) }),
    },
    unread: best.flatMap(({ row, meant }) =>
      meant?.kind === 'unread' ? [`${row.commerceName} -> ${row.haloName}`] : [],
    ),
    others: read.length - best.length,
  }
}

type Meaning =
  | { readonly kind: 'field'; readonly mapping: FieldMapping }
  | { readonly kind: 'status'; readonly status: string; readonly haloId: number }
  | { readonly kind: 'unread' }

/** Letters and digits alone: "Billing State", "billingState" and "billing_state" are one name. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

const sources = new Map(
  commerceFields.flatMap(({ name, label }) => [[plain(name), name] as const, [plain(label), name] as const]),
)

/** Commerce's own names of its quote statuses (apis.md §1.5). */
const quoteStatuses: Readonly<Record<string, number>> = {
  draft: 0,
  sent: 1,
  viewed: 2,
  won: 3,
  pendingapproval: 4,
  approved: 5,
  declined: 90,
}

/** "Won", "3", "3 - Won". */
function statusOf(text: string): number | null {
  const number = /^\s*(\d{1,2})\b/.exec(text)?.[1]
  const known = Object.values(quoteStatuses)
  if (number !== undefined) return known.includes(Number(number)) ? Number(number) : null
  return quoteStatuses[plain(text)] ?? null
}

/** null: a row of something else. */
function meaningOf(row: HaloMappingRow, place: TakeOverPlace): Meaning | null {
  const source = sources.get(plain(row.commerceName))
  if (source !== undefined) {
    const to = targetNamed(row.haloName, place.clientFields)
    return to === null ? { kind: 'unread' } : { kind: 'field', mapping: mappingFrom(row, source, to) }
  }
  const status = statusOf(row.commerceName) ?? statusOf(row.value)
  if (status === null || !place.quoteStatus.has(row.haloId)) return null
  return { kind: 'status', status: String(status), haloId: row.haloId }
}

const mappingFrom = (row: HaloMappingRow, source: string, to: string): FieldMapping => ({
  from: row.value === '' ? { kind: 'field', name: source } : { kind: 'constant', value: row.value },
  to,
  onlyNew: row.onlyNew,
  whenEmpty: row.clearsWhenEmpty ? 'clear' : 'leave',
})

/** Halo calls a field by its column, its API name or its label; a custom one also without its CF. */
function targetNamed(name: string, custom: readonly HaloClientField[]): string | null {
  const wanted = plain(name)
  const own = custom
    .map(customTarget)
    .find(({ column, label }) =>
      [column, column.replace(/^CF/i, ''), label].some((one) => plain(one) === wanted),
    )
  const known = haloFields.find(({ column, rest, label }) =>
    [column, rest, label].some((one) => plain(one) === wanted),
  )
  return own?.key ?? known?.key ?? null
}
