import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { fieldsWith, sheetField } from '../../../app/model/sheet/fields.ts'
import type { ImportView } from './asks.ts'

type Of = Pick<ImportView, 'entity' | 'custom'>

/** What columns can be matched to, the custom fields of the tenant's Halo among them. */
export const fieldsIn = ({ entity, custom }: Of): readonly SheetField[] => fieldsWith(entity, custom ?? [])

export const fieldIn = ({ entity, custom }: Of, key: string | null): SheetField | null =>
  key === null ? null : sheetField(entity, key, custom ?? [])
