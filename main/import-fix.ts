import { ok, type Result } from '../app/model/fault.ts'
import { fixer } from '../app/model/sheet/fix.ts'
import { madeChange, type WorkOptions } from '../app/sheets/draft.ts'
import type { ProblemKind } from '../app/store/import-rows.ts'
import type { OpenImport } from './import-desk.ts'
import type { ImportFix } from './import-port.ts'

/** Changes rows as one step that can be undone; answers how many changed. Throws SqliteError when the disk fails. */
export async function changeRows(
  { draft, notes }: OpenImport,
  change: ImportFix,
  options: WorkOptions,
): Promise<Result<number>> {
  if ('leaveOut' in change) return leaveOut(draft, change.leaveOut, true, options)
  if ('takeBack' in change) return leaveOut(draft, change.takeBack, false, options)
  const made = notes.choices()?.plan.made ?? []
  if ('fix' in change) return draft.fix(change.what, change.fix, { ...options, only: change.only, made })
  const { row, column, value } = change
  const set = madeChange(fixer({ do: 'set', column, value }), made)
  return ok(draft.rows.edit(`Row ${row}`, [row], (found) => set(found.cells)))
}

async function leaveOut(
  draft: OpenImport['draft'],
  which: number | ProblemKind,
  isLeftOut: boolean,
  options: WorkOptions,
): Promise<Result<number>> {
  const done = isLeftOut ? 'left out' : 'taken back'
  if (typeof which === 'number') return ok(draft.rows.leaveOut(`Row ${which} ${done}`, [which], isLeftOut))
  const rows = draft.rows.countWith(which)
  return draft.leaveOut(`${rows === 1 ? '1 row' : `${rows} rows`} ${done}`, which, isLeftOut, options)
}
