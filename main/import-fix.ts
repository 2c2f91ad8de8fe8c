import { ok, type Result } from '../app/model/fault.ts'
import type { SheetPlan } from '../app/model/sheet/check.ts'
import { rowKeys, sheetField } from '../app/model/sheet/fields.ts'
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
  const plan = notes.choices()?.plan ?? null
  if ('leaveOut' in change) return leaveOut(draft, change.leaveOut, true, { ...options, plan })
  if ('takeBack' in change) return leaveOut(draft, change.takeBack, false, { ...options, plan })
  const made = plan?.made ?? []
  if ('fix' in change) return draft.fix(change.what, change.fix, { ...options, only: change.only, made })
  const { row, column, value } = change
  const set = madeChange(fixer({ do: 'set', column, value }), made)
  return ok(draft.rows.edit(`Row ${row}`, [row], (found) => set(found.cells)))
}

async function leaveOut(
  draft: OpenImport['draft'],
  which: number | ProblemKind,
  isLeftOut: boolean,
  { plan, ...options }: WorkOptions & { readonly plan: SheetPlan | null },
): Promise<Result<number>> {
  const done = isLeftOut ? 'left out' : 'taken back'
  if (typeof which === 'number') return ok(draft.rows.leaveOut(`Row ${which} ${done}`, [which], isLeftOut))
  // What is wrong with a quote is wrong with all of its lines: one of them alone would be a quote without a customer.
  const field = plan && which.field !== null ? sheetField(plan.entity, which.field, plan.custom) : null
  if (isLeftOut && plan && rowKeys[plan.entity] !== null && field?.of === 'record') {
    return draft.leaveOut(`Records ${done}`, which, isLeftOut, { ...options, isWhole: true })
  }
  const rows = draft.rows.countWith(which)
  return draft.leaveOut(`${rows === 1 ? '1 row' : `${rows} rows`} ${done}`, which, isLeftOut, options)
}
