import { z } from 'zod'
import { type Cell, cellText } from '../app/model/sheet/cell.ts'
import type { MadeColumns } from '../app/model/sheet/made.ts'
import { headingsKey, plainHeading } from '../app/model/sheet/match.ts'
import { type SaidColumns, saidColumnsSchema, saidOf } from '../app/model/sheet/said-columns.ts'
import { type TextForm, textFormSchema } from '../app/model/sheet/text-form.ts'
import { type Entity, entities } from '../app/model/tenant.ts'
import type { Settings } from '../app/store/settings.ts'

/** What is remembered of a file with certain headings. */
export type Recalled = {
  /** Field -> plain heading. */
  readonly fields: Readonly<Record<string, string>>
  /** Columns that were split or joined. */
  readonly said: SaidColumns
  /** How its text is read, where a person chose otherwise than its content tells. */
  readonly text: TextForm | null
}

/** Which column was matched to which field, by the headings of the file; kept per tenant and entity. */
export type ImportMemory = {
  recall(tenantId: number, entity: Entity, headings: readonly Cell[]): Recalled
  remember(
    tenantId: number,
    entity: Entity,
    headings: readonly Cell[],
    columns: Readonly<Record<string, number>>,
    made?: readonly MadeColumns[],
  ): void
  /** `headings`: as they are read without the choice, since that is how the next such file is met. Null: its content tells it rightly. */
  rememberText(tenantId: number, entity: Entity, headings: readonly Cell[], text: TextForm | null): void
  /** For a tenant that is removed. */
  forget(tenantId: number): void
}

const keptFiles = 40
const fileSchema = z.object({
  key: z.string(),
  fields: z.record(z.string(), z.string()),
  said: saidColumnsSchema.exactOptional(),
  text: textFormSchema.exactOptional(),
})
const settingOf = (tenantId: number, entity: Entity): string => `import-columns/${tenantId}/${entity}`

export function importMemory(settings: Settings): ImportMemory {
  const read = (tenantId: number, entity: Entity) =>
    settings.get(settingOf(tenantId, entity), z.array(fileSchema)) ?? []
  const change = (
    tenantId: number,
    entity: Entity,
    headings: readonly Cell[],
    by: (one: Omit<z.infer<typeof fileSchema>, 'key'>) => Omit<z.infer<typeof fileSchema>, 'key'>,
  ): void => {
    const key = headingsKey(headings)
    const all = read(tenantId, entity)
    const changed = { key, ...by(all.find((one) => one.key === key) ?? { fields: {} }) }
    const others = all.filter((one) => one.key !== key)
    settings.set(settingOf(tenantId, entity), [changed, ...others].slice(0, keptFiles))
  }
  return {
    recall: (tenantId, entity, headings) => {
      const key = headingsKey(headings)
      const found = read(tenantId, entity).find((one) => one.key === key)
      return { fields: found?.fields ?? {}, said: found?.said ?? {}, text: found?.text ?? null }
    },
    remember: (tenantId, entity, headings, columns, made = []) => {
      const fields = Object.entries(columns).flatMap(([field, column]) => {
        const heading = plainHeading(cellText(headings[column] ?? null))
        return heading === '' ? [] : [[field, heading]]
      })
      const said = saidOf(made, columns, headings)
      change(tenantId, entity, headings, ({ text }) => ({
        ...{ fields: Object.fromEntries(fields), said },
        ...(text ? { text } : {}),
      }))
    },
    rememberText: (tenantId, entity, headings, text) => {
      change(tenantId, entity, headings, ({ text: _, ...others }) => ({
        ...others,
        ...(text ? { text } : {}),
      }))
    },
    forget: (tenantId) => {
      for (const entity of entities) settings.remove(settingOf(tenantId, entity))
    },
  }
}
