import { ok } from '../app/model/fault.ts'
import { widener } from '../app/model/sheet/made.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import type { ImportChecks } from './import-checks.ts'
import { changeRows } from './import-fix.ts'
import type { ImportWizard } from './import-port.ts'
import type { ImportShelf } from './import-shelf.ts'

const distinctLimit = 1_000

/** The rows of an import and what is wrong with them: shown, changed, changed back. */
export function importRows(
  shelf: ImportShelf,
  checks: ImportChecks,
): Pick<ImportWizard, 'distinct' | 'problems' | 'rows' | 'row' | 'nextError' | 'fix' | 'undo'> {
  const draftOf = (id: string) => shelf.find(id)?.draft
  const madeOf = (id: string) => shelf.find(id)?.notes.choices()?.plan.made ?? []
  return {
    distinct: (id, column) => draftOf(id)?.rows.distinct(column, distinctLimit) ?? [],
    problems: (id) => draftOf(id)?.problems.groups() ?? [],
    rows: (id, { offset, limit }, only) => {
      const draft = draftOf(id)
      if (!draft) return { rows: [], total: 0 }
      const { rows, problems } = draft
      const widen = widener(madeOf(id))
      const page = rows.window(offset, limit, only)
      const found = problems.ofRows(page.map((row) => row.number))
      return {
        rows: page.map((row) => ({
          ...row,
          cells: widen(row.cells),
          problems: found.filter((one) => one.row === row.number),
        })),
        total: only ? rows.countWith(only) : rows.count(),
      }
    },
    row: (id, number) => {
      const draft = draftOf(id)
      const row = draft?.rows.get(number)
      const cells = widener(madeOf(id))(row?.cells ?? [])
      return draft && row ? { ...row, cells, problems: draft.problems.ofRows([number]) } : null
    },
    nextError: (id, row, isBack) => draftOf(id)?.problems.nextError(row, isBack) ?? null,
    fix: async (id, change) => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const done = guarded(open.file, () => changeRows(open, change))
      if (!done.ok) return done
      if (done.value === 0) return ok({ rows: 0 })
      open.notes.setWork({ ...work, isChecked: false })
      return checks.recheck(id, { rows: done.value })
    },
    undo: async (id) => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const what = guarded(open.file, () => open.draft.rows.undo())
      if (!what.ok || what.value === null) return what.ok ? ok({ what: null }) : what
      open.notes.setWork({ ...work, isChecked: false })
      return checks.recheck(id, { what: what.value })
    },
  }
}
