import type { OutcomeKind, Run } from '../../../app/model/outcome.ts'
import { outcomeWords } from '../../words.ts'

/** What would become of a record, in a preview. */
const wouldWords: Record<OutcomeKind, string> = {
  created: 'New',
  updated: 'Would change',
  unchanged: 'Unchanged',
  skipped: 'Left out',
  failed: 'Would fail',
}

/** What became of a record that an import had created, when it was undone. */
const undoWords: Record<OutcomeKind, string> = {
  created: 'Created',
  updated: 'Removed',
  unchanged: 'Gone before',
  skipped: 'Left alone',
  failed: 'Failed',
}

/** Words for what became of records, or what would. */
export const wordsOfRun = ({ kind }: Pick<Run, 'kind'>): Record<OutcomeKind, string> =>
  kind === 'import-undo'
    ? undoWords
    : kind === 'preview' || kind === 'import-preview'
      ? wouldWords
      : outcomeWords
