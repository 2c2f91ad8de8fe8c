import { fixer } from '../app/model/sheet/fix.ts'
import type { OpenImport } from './import-desk.ts'
import type { ImportFix } from './import-port.ts'

/** Changes rows as one step that can be undone; answers how many changed. Throws SqliteError when the disk fails. */
export function changeRows({ draft }: OpenImport, change: ImportFix): number {
  if ('leaveOut' in change) {
    const { leaveOut } = change
    const isOne = typeof leaveOut === 'number'
    const numbers = isOne ? [leaveOut] : draft.rows.withProblem(leaveOut, 0, Number.MAX_SAFE_INTEGER)
    // A row without a value is no record; its place and number stay.
    const what = isOne ? `Row ${leaveOut} left out` : `${numbers.length} rows left out`
    return draft.rows.edit(what, numbers, () => [])
  }
  if ('fix' in change) return draft.fix(change.what, change.fix, change.only)
  const { row, column, value } = change
  const set = fixer({ do: 'set', column, value })
  return draft.rows.edit(`Row ${row}`, [row], (found) => set(found.cells))
}
