import { ok, type Result } from '../app/model/fault.ts'
import { widener } from '../app/model/sheet/made.ts'
import type { WorkOptions } from '../app/sheets/draft.ts'
import { type ImportChecks, type ImportsBusy, mostRechecked } from './import-checks.ts'
import type { OpenImport } from './import-desk.ts'
import { keptDistinct } from './import-distinct.ts'
import { changeRows } from './import-fix.ts'
import type { ImportFound } from './import-found.ts'
import type { ImportWizard } from './import-port.ts'
import type { ImportShelf } from './import-shelf.ts'
import { guardedWork, type ImportTurns } from './import-turns.ts'

const distinctLimit = 1_000

type Handled = 'distinct' | 'problems' | 'rows' | 'row' | 'place' | 'nextError' | 'fix' | 'undo' | 'cancel'

/** What a change came to, and the rows that are others now. */
type Changed<T> = { readonly answer: T; readonly numbers: readonly number[] }

/** The rows of the last change; more than are checked by themselves need no telling. */
const changedRows = ({ draft }: Pick<OpenImport, 'draft'>): readonly number[] =>
  draft.rows.lastEditRows(mostRechecked + 1)

/** The rows of an import and what is wrong with them: shown, changed, changed back. */
export function importRows(
  shelf: ImportShelf,
  lastCheck: ImportFound,
  busy: ImportsBusy,
  checks: ImportChecks,
  turns: ImportTurns,
): Pick<ImportWizard, Handled> {
  const draftOf = (id: string) => shelf.find(id)?.draft
  const edits = new Map<string, AbortController>()
  const distinct = keptDistinct(distinctLimit, busy)
  /** Changes rows when it is its turn, and checks again what it changed. */
  const changing = <T>(
    id: string,
    what: 'changing' | 'undoing',
    act: (open: OpenImport, options: WorkOptions) => Promise<Result<Changed<T>>>,
  ): Promise<Result<T>> => {
    checks.end(id)
    return turns(id, async () => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const abort = new AbortController()
      edits.set(id, abort)
      const done = await busy.during(id, what, (onProgress) =>
        guardedWork(open.file, () => act(open, { onProgress, signal: abort.signal })),
      )
      edits.delete(id)
      if (!done.ok || done.value.numbers.length === 0) checks.resume(id)
      if (!done.ok) return done
      const { answer, numbers } = done.value
      if (numbers.length === 0) return ok(answer)
      open.notes.setWork({ ...work, isChecked: false })
      return checks.recheck(id, answer, { numbers, wasChecked: work.isChecked })
    })
  }
  const madeOf = (id: string) => shelf.find(id)?.notes.choices()?.plan.made ?? []
  return {
    distinct: (id, column) => {
      const open = shelf.find(id)
      return open ? distinct(open, column) : Promise.resolve([])
    },
    problems: (id) => {
      const open = shelf.find(id)
      return open ? lastCheck.groups(open) : []
    },
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
    place: (id, row) => draftOf(id)?.rows.place(row) ?? 0,
    nextError: (id, row, isBack) => draftOf(id)?.problems.nextError(row, isBack) ?? null,
    fix: (id, change) =>
      changing(id, 'changing', async (open, options) => {
        const done = await changeRows(open, change, options)
        if (!done.ok) return done
        return ok({ answer: { rows: done.value }, numbers: done.value > 0 ? changedRows(open) : [] })
      }),
    undo: (id) =>
      changing(id, 'undoing', async ({ draft }, { onProgress }) => {
        const numbers = changedRows({ draft })
        const what = await draft.undo(onProgress)
        return ok({ answer: { what }, numbers: what === null ? [] : numbers })
      }),
    cancel: (id) => {
      edits.get(id)?.abort()
      checks.end(id)
    },
  }
}
