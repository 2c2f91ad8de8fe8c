import { fault } from '../../model/fault.ts'
import type { HaloProduct } from '../../model/halo.ts'
import type { Context } from './context.ts'
import type { Draft, Wanted } from './rows.ts'
import { rowKey } from './rows.ts'
import { selectAll } from './statements.ts'

/** Halo's suppliers in use, by their name in lower case. */
export type Suppliers = ReadonlyMap<string, number>

const spelled = (name: unknown): string =>
  String(name ?? '')
    .trim()
    .toLowerCase()

/** Read only when a product of the batch names one. The oldest of two with one name is meant. */
export async function loadSuppliers(
  context: Context,
  batch: readonly { readonly record: HaloProduct }[],
): Promise<Suppliers> {
  const { supplier } = context.schema.tables
  if (!supplier.columns.has('cdesc') || !batch.some(({ record }) => record.supplier)) return new Map()
  const rows = await selectAll(context.session, context.statements, supplier, [
    'Cnum',
    'cdesc',
    'CIsInactive',
  ])
  const inUse = rows.filter((row) => Number(row.CIsInactive ?? 0) === 0)
  return new Map(inUse.toReversed().map((row) => [spelled(row.cdesc), rowKey(supplier, row)]))
}

/** The columns of a product's supplier; a supplier that Halo does not have is left alone, with a note. */
export function supplierColumns(draft: Draft, record: HaloProduct, suppliers: Suppliers): Wanted {
  if (!record.supplier) return {}
  const { name, partCode } = record.supplier
  const known = suppliers.get(spelled(name))
  if (known === undefined) {
    draft.note(fault('supplier-missing', { facts: { supplier: name } }))
    return {}
  }
  return { Isupplier: known, idefaultsupplierpartcode: partCode }
}
