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

/** Words for what became of records, or what would. */
export const wordsOfRun = ({ kind }: Pick<Run, 'kind'>): Record<OutcomeKind, string> =>
  kind === 'preview' || kind === 'import-preview' ? wouldWords : outcomeWords
