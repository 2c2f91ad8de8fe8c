import type { CheckCounts, ProblemGroup } from '../app/store/import-problems.ts'
import type { ImportsBusy } from './import-checks.ts'
import type { OpenImport } from './import-desk.ts'
import { importIdOf } from './import-views.ts'

/** What the last check of an import found. */
export type ImportFound = {
  counts(open: OpenImport): CheckCounts
  groups(open: OpenImport): readonly ProblemGroup[]
}

/**
 * Each answer is a pass over all records, a tenth of a second for a million, and screens ask again with every news of how far a change is. As
 * long as rows are changed or checked, the answers from before hold: half a check would tell of numbers that jump.
 */
export function keptFound(busy: ImportsBusy): ImportFound {
  const counts = new WeakMap<OpenImport, CheckCounts>()
  const groups = new WeakMap<OpenImport, readonly ProblemGroup[]>()
  const held = <T>(kept: WeakMap<OpenImport, T>, open: OpenImport, ask: () => T): T => {
    const known = kept.get(open)
    if (known !== undefined && busy.isMidway(importIdOf(open.file))) return known
    const now = ask()
    kept.set(open, now)
    return now
  }
  return {
    counts: (open) => held(counts, open, () => open.draft.problems.counts()),
    groups: (open) => held(groups, open, () => open.draft.problems.groups()),
  }
}
