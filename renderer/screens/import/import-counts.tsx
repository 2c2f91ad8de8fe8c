import type { Run } from '../../../app/model/outcome.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { CountsTable } from '../../ui/counts.tsx'

/** What the preview of an import found that it would do; each number leads to its records. */
export function ImportCounts({ run, entity }: { run: Run; entity: Entity }) {
  return (
    <CountsTable
      counts={run.counts}
      entities={[entity]}
      words={wouldWords}
      linkTo={(of, kind) => `/runs/${run.id}?${new URLSearchParams(of ? { entity: of, kind } : { kind })}`}
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
