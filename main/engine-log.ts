import { fault } from '../app/model/fault.ts'
import type { RunLogLine } from '../app/model/run-story.ts'
import type { Store } from '../app/store/open.ts'
import type { EngineOptions } from './engine.ts'
import { createEventLog } from './event-log.ts'
import { run } from './install/command.ts'
import { type Log, openLog } from './log.ts'
import { logLevelOf } from './settings.ts'
import { programVersion } from './version.ts'

/** The log, and where trouble goes: there first, to the event log of Windows, then to whoever started the engine. */
export function openLogs(
  options: EngineOptions,
  store: Store,
): { readonly log: Log; readonly onTrouble: EngineOptions['onTrouble'] } {
  const { folder, clock, mode } = options
  const log = openLog(folder, {
    clock,
    level: logLevelOf(store),
    onTrouble: (error) => options.onTrouble(fault('folder-unwritable', { raw: String(error) }), 'log'),
  })
  const events = createEventLog({ platform: process.platform, run, clock, clean: log.clean })
  log.info('started', { version: programVersion(), mode, node: process.version, platform: process.platform })
  return {
    log,
    onTrouble: (found, what) => {
      log.trouble(found, what)
      events.tell(found, what)
      options.onTrouble(found.raw ? { ...found, raw: log.clean(found.raw) } : found, what)
    },
  }
}

/** One line for a run that has ended. */
export function logRun(log: Log, store: Store, runId: number): void {
  const run = store.runs.get(runId)
  if (!run) return
  const { tenantId, kind, outcome, requests, counts } = run
  log.info('run ended', { runId, tenantId, kind, outcome, requests, counts })
  if (run.fault) log.trouble(run.fault, `run ${runId} ended early`)
}

/** A line of a run's log, as the program's log has it: with the run's number. */
export function logRunLine(log: Log, runId: number, { level, what, facts }: RunLogLine): void {
  log[level](what, { runId, ...facts })
}
