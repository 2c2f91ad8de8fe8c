import { sheetField } from '../../app/model/sheet/fields.ts'
import { meantWords } from '../../app/model/sheet/halo-problems.ts'
import { problemWords } from '../../app/model/sheet/problems.ts'
import type { Entity } from '../../app/model/tenant.ts'
import type { OpenImport } from '../import-desk.ts'
import { table } from './output.ts'

/** Which column was taken for which field. */
export function matchText(open: OpenImport, entity: Entity): string {
  const plan = open.notes.choices()?.plan
  const headings = open.notes.origin()?.headings ?? []
  const rows = Object.entries(plan?.columns ?? {}).map(([field, column]) => [
    sheetField(entity, field, plan?.custom)?.label ?? field,
    String(headings[column] ?? ''),
  ])
  return rows.length === 0 ? 'No column was matched.' : `\n${table(['Field', 'Column'], rows)}`
}

/** What is wrong with the rows, a line a cause. */
export function problemText(open: OpenImport): string {
  const groups = open.draft.problems.groups()
  const entity = open.notes.origin()?.entity
  const custom = open.notes.choices()?.plan.custom
  if (groups.length === 0 || !entity) return ''
  const rows = groups.map((group) => {
    const field = group.field === null ? null : sheetField(entity, group.field, custom)
    const first = { value: group.values[0]?.value ?? '', other: null }
    const more = { most: field?.maxLength ?? null, words: field?.choices.map((one) => one.word) ?? [] }
    return [
      group.severity,
      group.rows,
      group.firstRow,
      problemWords[group.code].what(field?.label ?? '', first, more) + meantWords(group.values[0]?.near),
    ]
  })
  return `\n${table(['', 'Rows', 'First', 'What'], rows)}`
}
