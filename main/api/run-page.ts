import { z } from 'zod'
import { isTelling } from '../../app/model/change-words.ts'
import { outcomeKinds } from '../../app/model/outcome.ts'
import { logLevels } from '../../app/model/run-story.ts'
import { entitySchema } from '../../app/model/tenant.ts'
import type { StoredOutcome } from '../../app/store/outcomes.ts'
import type { EnginePort } from './port.ts'
import { call, idSchema, router, searchSchema, windowSchema } from './trpc.ts'

const ofRun = z.object({ runId: idSchema })
const outcomeFilterSchema = z.object({
  entity: entitySchema.exactOptional(),
  kind: z.enum(outcomeKinds).exactOptional(),
  search: searchSchema.exactOptional(),
})
/** Changes that a row of a list shows; a new quote has hundreds. */
const changesInList = 6
const exportRows = 500
const differencesShown = 500
const auditRows = 50

/** One run: what it did, record by record, list by list, line by line. */
export const runPageRouter = router({
  /** Lists with planned and real requests, phases with their times. */
  story: call.input(ofRun).query(({ ctx, input }) => ctx.engine.store.runs.story(input.runId)),
  log: call
    .input(
      ofRun.extend({
        filter: z.object({
          levels: z.array(z.enum(logLevels)).exactOptional(),
          search: searchSchema.exactOptional(),
        }),
        window: windowSchema,
      }),
    )
    .query(({ ctx, input }) => ctx.engine.store.runs.log(input.runId, { ...input.filter, ...input.window })),
  /** Outcomes with the changes that tell a person something; the rest is in `outcome`. */
  outcomes: call
    .input(ofRun.extend({ filter: outcomeFilterSchema, window: windowSchema }))
    .query(({ ctx, input }) => {
      const query = { ...input.filter, ...input.window }
      const { rows, total } = ctx.engine.store.runs.outcomes(input.runId, query)
      return { total, rows: rows.map(briefOf) }
    }),
  outcome: call
    .input(ofRun.extend({ seq: idSchema }))
    .query(({ ctx, input }) => ctx.engine.store.runs.outcome(input.runId, input.seq)),
  /** The outcomes behind `after`, whole, 500 at a time: for a report. */
  export: call
    .input(ofRun.extend({ after: z.int().min(0) }))
    .query(({ ctx, input }) => ctx.engine.store.runs.outcomesAfter(input.runId, input.after, exportRows)),
  /** What happened since a preview: the first run that wrote, and the last change of the tenant's settings. */
  since: call.input(ofRun).query(({ ctx, input }) => sincePreview(ctx.engine, input.runId)),
  /** Where a preview and a run came out differently. */
  differences: call
    .input(z.object({ previewId: idSchema, runId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.engine.store.runs.differences(input.previewId, input.runId, differencesShown),
    ),
})

function briefOf({ changes, ...row }: StoredOutcome) {
  const telling = changes.filter(isTelling)
  return {
    ...row,
    changes: (telling.length > 0 ? telling : changes).slice(0, changesInList),
    changeCount: changes.length,
  }
}

function sincePreview({ store }: EnginePort, runId: number) {
  const preview = store.runs.get(runId)
  if (!preview?.endedAt) return null
  const changed = store.audit
    .list(preview.tenantId, 0, auditRows)
    .find(({ at, what }) => what === 'tenant changed' && at > preview.startedAt)
  return { nextRun: store.runs.nextWriting(preview.tenantId, runId), settingsChangedAt: changed?.at ?? null }
}
