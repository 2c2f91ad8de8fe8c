import type { Run } from '../../../app/model/outcome.ts'
import { CountsTable } from '../../ui/counts.tsx'

/** What a run of an import came to, or would; each number leads to its records. */
export function ImportCounts({ run, isPreview = false }: { run: Run; isPreview?: boolean }) {
  return (
    <CountsTable
      counts={run.counts}
      {...(isPreview ? { words: wouldWords } : {})}
      linkTo={(entity, kind) =>
        `/runs/${run.id}?${new URLSearchParams(entity ? { entity, kind } : { kind })}`
      }
    />
  )
}

const wouldWords = {
  created: 'To create',
  updated: 'To update',
  unchanged: 'Unchanged',
  skipped: 'Left alone',
  failed: 'Would fail',
} as const
