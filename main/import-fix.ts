import { fixer } from '../app/model/sheet/fix.ts'
import { madeChange } from '../app/sheets/draft.ts'
import type { ProblemKind } from '../app/store/import-rows.ts'
import type { OpenImport } from './import-desk.ts'
import type { ImportFix } from './import-port.ts'

/** Changes rows as one step that can be undone; answers how many changed. Throws SqliteError when the disk fails. */
export function changeRows({ draft, notes }: OpenImport, change: ImportFix): number {
  if ('leaveOut' in change) return leaveOut(draft, change.leaveOut, true)
  if ('takeBack' in change) return leaveOut(draft, change.takeBack, false)
  const made = notes.choices()?.plan.made ?? []
  if ('fix' in change) return draft.fix(change.what, change.fix, change.only, made)
  const { row, column, value } = change
  const set = madeChange(fixer({ do: 'set', column, value }), made)
  return draft.rows.edit(`Row ${row}`, [row], (found) => set(found.cells))
}

function leaveOut({ rows }: OpenImport['draft'], which: number | ProblemKind, isLeftOut: boolean): number {
  const isOne = typeof which === 'number'
  const numbers = isOne ? [which] : rows.withProblem(which, 0, Number.MAX_SAFE_INTEGER)
  const subject = isOne ? `Row ${which}` : numbers.length === 1 ? '1 row' : `${numbers.length} rows`
  return rows.leaveOut(`${subject} ${isLeftOut ? 'left out' : 'taken back'}`, numbers, isLeftOut)
}
