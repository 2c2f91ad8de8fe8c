import { type Fault, fault } from '../../model/fault.ts'
import type { HaloProduct } from '../../model/halo.ts'
import { type Context, groupBy, ownedKey, type Planner, rowsBy, tieTo } from './context.ts'
import type { Row } from './dialect.ts'
import { rowsByKey } from './identity.ts'
import { type Draft, newDraft, type Planned, type RowPlan, rowKey } from './rows.ts'
import { selectAll } from './statements.ts'
import { loadSuppliers, type Suppliers, supplierColumns } from './suppliers.ts'

/** The group of products that no mapping places, made when it is missing. */
export const defaultGroupName = 'Datto Commerce'

/** Cost columns are neither read nor written. */
const columns = [
  'Iid',
  'idesc',
  'Igeneric',
  'Ibaseprice',
  'IRecurringPrice',
  'IIsRecurringItem',
  'idefaultbillingperiod',
  'Itaxcode',
  'IExternalReference',
  'IDoesNotNeedConsigning',
  'iserialiseonlyone',
  'idatecreated',
  'ilastmodified',
  'ithirdpartyid',
  'idattocommercetenant',
  'Isupplier',
  'idefaultsupplierpartcode',
]

/** The groups that a batch may use. */
type Groups = {
  readonly known: ReadonlySet<number>
  readonly named: number | null
  /** The default group in the making, shared by the batch. */
  made: RowPlan | null
}

/** ITEM, found by tenant and Commerce id: ithirdpartyid alone may be another integration's. */
export const planProducts: Planner<'products'> = async (context, batch) => {
  const { item } = context.schema.tables
  const ids = batch.flatMap(({ record }) => (record.commerceId < 0 ? [] : String(record.commerceId)))
  const rows = await rowsBy(context, item, columns, 'ithirdpartyid', ids)
  const own = rows.filter((row) => row.idattocommercetenant === context.tenant)
  const found = groupBy(own, 'ithirdpartyid')
  const keyed = await rowsByKey(context, item, columns, batch)
  const groups = await loadGroups(context)
  const suppliers = await loadSuppliers(context, batch)
  return batch.map(({ record, haloId }) => {
    const keyedRow = keyed.get(haloId ?? 0)
    const candidates =
      record.commerceId < 0 ? (keyedRow ? [keyedRow] : []) : (found.get(record.commerceId) ?? [])
    const current = candidates.find((row) => rowKey(item, row) === haloId) ?? candidates[0] ?? null
    return planProduct(context, record, context.anew ? null : current, { groups, suppliers })
  })
}

async function loadGroups(context: Context): Promise<Groups> {
  const { group } = context.schema.tables
  const rows = await selectAll(context.session, context.statements, group, ['Ggeneric', 'gdesc'])
  const isDefault = (row: Row): boolean =>
    String(row.gdesc ?? '')
      .trim()
      .toLowerCase() === defaultGroupName.toLowerCase()
  const named = rows.find(isDefault)
  return {
    known: new Set(rows.map((row) => rowKey(group, row))),
    named: named ? rowKey(group, named) : null,
    made: context.overlay?.group ?? null,
  }
}

type Known = { readonly groups: Groups; readonly suppliers: Suppliers }

function planProduct(
  context: Context,
  record: HaloProduct,
  current: Row | null,
  { groups, suppliers }: Known,
): Planned {
  const draft = newDraft(context.schema, record.sku || record.name, context.options.existing)
  const group = chooseGroup(context, draft, record, current, groups)
  const tie = tieTo(context, record)
  const plan = draft.row(context.schema.tables.item, current, {
    idesc: record.name,
    Igeneric: group,
    Ibaseprice: record.price,
    IRecurringPrice: record.recurringPrice,
    IIsRecurringItem: record.isRecurring,
    idefaultbillingperiod: record.isRecurring ? record.billingPeriod : null,
    Itaxcode: record.taxCode,
    IExternalReference: record.sku,
    IDoesNotNeedConsigning: !record.isConsignable,
    iserialiseonlyone: record.isConsignable,
    idatecreated: record.createdAt,
    ilastmodified: record.modifiedAt,
    ithirdpartyid: tie.id === null ? null : String(tie.id),
    idattocommercetenant: tie.tenant,
    ...supplierColumns(draft, record, suppliers),
  })
  const planned = draft.done(plan)
  if (!planned.ok) return planned
  if (typeof group === 'object' && group !== null) groups.made = group
  if (context.overlay) {
    if (!current) context.overlay.items.set(ownedKey(context.tenant, record.commerceId), plan)
    context.overlay.group = groups.made
  }
  return planned
}

/** The mapped group, else the default one; a product that is in Halo already stays in its group when nothing maps it. */
function chooseGroup(
  context: Context,
  draft: Draft,
  record: HaloProduct,
  current: Row | null,
  groups: Groups,
): number | RowPlan | null {
  if (record.groupId !== null) {
    if (groups.known.has(record.groupId)) return record.groupId
    draft.note(groupMissing(record.groupId))
  }
  if (current && groups.known.has(Number(current.Igeneric ?? 0))) return null
  const { defaultGroup } = context.options
  if (defaultGroup !== null) {
    if (groups.known.has(defaultGroup)) return defaultGroup
    draft.note(groupMissing(defaultGroup))
  }
  return (
    groups.named ?? groups.made ?? draft.row(context.schema.tables.group, null, { gdesc: defaultGroupName })
  )
}

const groupMissing = (group: number): Fault => fault('group-missing', { facts: { group } })
