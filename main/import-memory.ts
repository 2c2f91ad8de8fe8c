import { z } from 'zod'
import { type Cell, cellText } from '../app/model/sheet/cell.ts'
import { headingsKey, plainHeading } from '../app/model/sheet/match.ts'
import type { Entity } from '../app/model/tenant.ts'
import type { Settings } from '../app/store/settings.ts'

/** Which column was matched to which field, by the headings of the file; kept per tenant and entity. */
export type ImportMemory = {
  /** Field -> plain heading, for a file with these headings. */
  recall(tenantId: number, entity: Entity, headings: readonly Cell[]): Readonly<Record<string, string>>
  remember(
    tenantId: number,
    entity: Entity,
    headings: readonly Cell[],
    columns: Readonly<Record<string, number>>,
  ): void
}

const keptFiles = 40
const memorySchema = z.array(z.object({ key: z.string(), fields: z.record(z.string(), z.string()) }))
const settingOf = (tenantId: number, entity: Entity): string => `import-columns/${tenantId}/${entity}`

export function importMemory(settings: Settings): ImportMemory {
  const read = (tenantId: number, entity: Entity) =>
    settings.get(settingOf(tenantId, entity), memorySchema) ?? []
  return {
    recall: (tenantId, entity, headings) => {
      const key = headingsKey(headings)
      return read(tenantId, entity).find((one) => one.key === key)?.fields ?? {}
    },
    remember: (tenantId, entity, headings, columns) => {
      const key = headingsKey(headings)
      const fields = Object.entries(columns).flatMap(([field, column]) => {
        const heading = plainHeading(cellText(headings[column] ?? null))
        return heading === '' ? [] : [[field, heading]]
      })
      const others = read(tenantId, entity).filter((one) => one.key !== key)
      const all = [{ key, fields: Object.fromEntries(fields) }, ...others]
      settings.set(settingOf(tenantId, entity), all.slice(0, keptFiles))
    },
  }
}
