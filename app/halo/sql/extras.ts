import { type Fault, fault } from '../../model/fault.ts'
import type { ExtraField } from '../../model/halo.ts'
import { customFieldColumn, haloField } from '../../model/halo-fields.ts'
import type { LiveTable } from './dialect.ts'
import { findColumn, type LiveSchema } from './live.ts'

/** A mapped field with the column that it goes to. */
export type PlacedField = { readonly table: LiveTable; readonly column: string; readonly field: ExtraField }

/** Where a mapping's target is in this Halo; null when this Halo has no such column. Targets: halo-fields.ts keys, `cf:NAME`, `CFNAME`. */
export function placeOf(schema: LiveSchema, to: string): { table: LiveTable; column: string } | null {
  const known = haloField(to)
  const table = known?.table === 'SITE' ? schema.tables.site : schema.tables.area
  const name = known?.column ?? customFieldColumn(to) ?? (/^CF\w+$/i.test(to) ? to : null)
  const column = name === null ? null : findColumn(table, name)
  return column ? { table, column: column.name } : null
}

/** The columns of a batch's mapped fields, and a note for each target that is not there. */
export function placeExtras(
  schema: LiveSchema,
  extra: readonly ExtraField[],
): { placed: PlacedField[]; notes: Fault[] } {
  const placed: PlacedField[] = []
  const notes: Fault[] = []
  for (const field of extra) {
    const place = placeOf(schema, field.to)
    if (place) placed.push({ ...place, field })
    else notes.push(fault('field-unmapped', { facts: { to: field.to } }))
  }
  return { placed, notes }
}

/** What the mapped fields of one table want. `onlyNew` ones are left alone in a row that exists. */
export function extraValues(
  placed: readonly PlacedField[],
  table: LiveTable,
  isNew: boolean,
): Record<string, string | number | null> {
  const wanted: Record<string, string | number | null> = {}
  for (const { table: target, column, field } of placed) {
    if (target !== table) continue
    wanted[column] = field.onlyNew && !isNew ? null : field.value
  }
  return wanted
}
