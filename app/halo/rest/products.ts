import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloProduct } from '../../model/halo.ts'
import type { HaloChoice, Known } from '../destination.ts'
import { tieTo } from '../sql/context.ts'
import { type HaloObject, idOf, readPosted, wholeOf } from './answers.ts'
import type { Context, Plan, Writer } from './context.ts'
import { currentOf } from './current.ts'
import {
  type Draft,
  date,
  decimal,
  type Fields,
  flag,
  newDraft,
  shown,
  text,
  type Value,
  whole,
} from './fields.ts'
import { planFrom } from './plan.ts'

/** The group of products that no mapping places, made when it is missing. */
const defaultGroupName = 'Datto Commerce'

/** /Item (apis.md §2.4). No cost is read or written. */
export const itemFields: Fields = {
  name: text(4000),
  assetgroup_id: whole,
  baseprice: decimal,
  recurringprice: decimal,
  isrecurringitem: flag,
  item_default_billing_period: whole,
  taxcode: whole,
  externalreference: text(4000),
  doesnotneedconsigning: flag,
  serialise_only_one: flag,
  datecreated: date,
  lastmodified: date,
  third_party_id: text(200),
  dattocommerce_tenant: whole,
  supplier_id: whole,
  supplier_part_code: text(),
}

export const products: Writer<'products'> = {
  path: '/Item',
  keyOf: (answer) => wholeOf(answer.third_party_id),
  plan: planProducts,
  locate: (context, records) =>
    locateProducts(
      context,
      records.map((record) => record.commerceId),
    ),
}

/** Items by Commerce id: only those that carry this tenant, since third_party_id alone may be another integration's. */
export async function locateProducts(
  { finder, tenant }: Context,
  commerceIds: readonly number[],
): Promise<Result<Map<number, number>>> {
  const rows = await finder.owned('products', [...new Set(commerceIds)])
  if (!rows.ok) return rows
  const found = new Map<number, number>()
  for (const row of rows.value.toSorted((a, b) => b.haloId - a.haloId)) {
    if (row.tenant === tenant) found.set(row.commerceId, row.haloId)
  }
  return ok(found)
}

type Around = { readonly groups: readonly HaloChoice[]; readonly suppliers: ReadonlyMap<string, number> }

async function planProducts(context: Context, batch: readonly Known<HaloProduct>[]): Promise<Result<Plan[]>> {
  const present = await currentOf(context, 'products', batch)
  if (!present.ok) return present
  const groups = await context.lookups.groups()
  if (!groups.ok) return groups
  const suppliers = batch.some(({ record }) => record.supplier)
    ? await context.lookups.suppliers()
    : ok(new Map<string, number>())
  if (!suppliers.ok) return suppliers
  const around: Around = { groups: groups.value, suppliers: suppliers.value }
  const plans: Plan[] = []
  for (const [at, { record }] of batch.entries()) {
    const planned = await planProduct(context, record, present.value[at] ?? null, around)
    if (!planned.ok) return planned
    plans.push(planned.value)
  }
  return ok(plans)
}

async function planProduct(
  context: Context,
  record: HaloProduct,
  current: HaloObject | null,
  around: Around,
): Promise<Result<Plan>> {
  const draft = newDraft(record.sku || record.name, context.options.existing)
  const group = await chooseGroup(context, draft, record, current, around.groups)
  if (!group.ok) return group
  const tie = tieTo(context, record)
  const set = draft.set('Item', itemFields, current, {
    name: record.name,
    assetgroup_id: group.value === 'new' ? null : group.value,
    baseprice: record.price,
    recurringprice: record.recurringPrice,
    isrecurringitem: record.isRecurring,
    item_default_billing_period: record.isRecurring ? record.billingPeriod : null,
    taxcode: record.taxCode,
    externalreference: record.sku,
    doesnotneedconsigning: !record.isConsignable,
    serialise_only_one: record.isConsignable,
    datecreated: record.createdAt,
    lastmodified: record.modifiedAt,
    third_party_id: tie.id === null ? null : String(tie.id),
    dattocommerce_tenant: tie.tenant,
    ...supplierFields(draft, record, around.suppliers),
  })
  if (group.value === 'new')
    draft.change({ field: 'Item.assetgroup_id', before: shown(current?.assetgroup_id), after: 'new' })
  return ok(planOf(context, record, current, draft, set))
}

function planOf(
  context: Context,
  record: HaloProduct,
  current: HaloObject | null,
  draft: Draft,
  set: Readonly<Record<string, Value>>,
): Plan {
  const haloId = current ? idOf(current) : null
  return planFrom(draft, {
    commerceId: record.commerceId,
    label: record.sku || record.name,
    haloId,
    body: () => (haloId === null ? set : { id: haloId, ...set }),
    keep: (id) => {
      if (record.commerceId < 0) return
      context.memory.items.set(record.commerceId, id)
      if (id !== null && haloId === null) {
        context.finder.made('products', {
          haloId: id,
          commerceId: record.commerceId,
          tenant: context.tenant,
          url: '',
          name: record.name,
        })
      }
    },
  })
}

/** The mapped group, else the default one; a product that is in Halo already stays in its group when nothing maps it. null: left alone. */
async function chooseGroup(
  context: Context,
  draft: Draft,
  record: HaloProduct,
  current: HaloObject | null,
  groups: readonly HaloChoice[],
): Promise<Result<number | 'new' | null>> {
  const isKnown = (id: number): boolean => groups.some((group) => group.id === id)
  if (record.groupId !== null) {
    if (isKnown(record.groupId)) return ok(record.groupId)
    draft.note(groupMissing(record.groupId))
  }
  if (current && isKnown(Number(current.assetgroup_id ?? 0))) return ok(null)
  const { defaultGroup } = context.options
  if (defaultGroup !== null) {
    if (isKnown(defaultGroup)) return ok(defaultGroup)
    draft.note(groupMissing(defaultGroup))
  }
  return defaultGroupOf(context, groups)
}

const groupMissing = (group: number): Fault => fault('group-missing', { facts: { group } })

async function defaultGroupOf(
  context: Context,
  groups: readonly HaloChoice[],
): Promise<Result<number | 'new' | null>> {
  const named = groups.find((group) => group.name.trim().toLowerCase() === defaultGroupName.toLowerCase())
  if (named) return ok(named.id)
  if (context.isPreview) return ok('new')
  const again = await context.lookups.groups()
  const made = again.ok ? again.value.find((group) => group.name === defaultGroupName) : undefined
  if (made) return ok(made.id)
  const answer = await context.api.post('/AssetGroup', [{ name: defaultGroupName }])
  if (!answer.ok) return answer
  const id = readPosted(answer.value).map(idOf)[0] ?? null
  if (id !== null) context.lookups.addGroup({ id, name: defaultGroupName })
  return ok(id)
}

/** A supplier that Halo does not have is left alone, with a note. */
function supplierFields(
  draft: Draft,
  record: HaloProduct,
  suppliers: ReadonlyMap<string, number>,
): Record<string, Value> {
  if (!record.supplier) return {}
  const { name, partCode } = record.supplier
  const known = suppliers.get(name.trim().toLowerCase())
  if (known === undefined) {
    draft.note(fault('supplier-missing', { facts: { supplier: name } }))
    return {}
  }
  return { supplier_id: known, supplier_part_code: partCode }
}
