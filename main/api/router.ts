import { exchangeRouter } from './exchanges.ts'
import { failureRouter } from './failures.ts'
import { groupRouter } from './groups.ts'
import { importRouter } from './imports.ts'
import { inspectorRouter } from './inspector.ts'
import { mailRouter } from './mail.ts'
import { mappingRouter } from './mapping.ts'
import { matchRouter } from './matches.ts'
import { orderActionRouter } from './order-actions.ts'
import { quoteActionRouter } from './quote-actions.ts'
import { recordRouter } from './records.ts'
import { runPageRouter } from './run-page.ts'
import { runRouter } from './runs.ts'
import { settingsRouter } from './settings.ts'
import { statusRouter } from './status.ts'
import { tenantRouter } from './tenants.ts'
import { timelineRouter } from './timeline.ts'
import { router } from './trpc.ts'

/** The whole API, one file a screen. The renderer knows it by its type alone; trpc.ts says how faults travel. */
export const apiRouter = router({
  status: statusRouter,
  tenants: tenantRouter,
  mapping: mappingRouter,
  runs: runRouter,
  runPage: runPageRouter,
  timeline: timelineRouter,
  records: recordRouter,
  groups: groupRouter,
  orderActions: orderActionRouter,
  matches: matchRouter,
  quoteActions: quoteActionRouter,
  failures: failureRouter,
  exchanges: exchangeRouter,
  inspector: inspectorRouter,
  imports: importRouter,
  settings: settingsRouter,
  mail: mailRouter,
})
export type ApiRouter = typeof apiRouter
