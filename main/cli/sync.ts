import { Command } from 'commander'
import { explain } from '../../app/model/fault-words.ts'
import type { Run } from '../../app/model/outcome.ts'
import { entities, type Tenant } from '../../app/model/tenant.ts'
import type { Engine } from '../engine.ts'
import { type CommonOptions, tenantNamed, withEngine } from './engine.ts'
import { faultText, say, statusLine, table } from './output.ts'

type SyncOptions = CommonOptions & {
  readonly tenant?: string
  readonly preview?: boolean
  readonly reconcile?: boolean
}

/** sync: one run for one tenant, or for every enabled one in turn. */
export function syncCommand(): Command {
  return new Command('sync')
    .description('sync now: one tenant, or all that are enabled')
    .option('--tenant <name>', 'only this one')
    .option('--preview', 'show what would change; write nothing to Halo')
    .option('--reconcile', 'read everything, find what the dates missed and mark what is gone from Commerce')
    .option('--json', 'print one line of JSON a tenant')
    .action((_, command: Command) => sync(command.optsWithGlobals()))
}

async function sync(options: SyncOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    let isStopped = false
    const stop = (): void => {
      isStopped = true
      for (const run of engine.runs.live()) engine.runs.cancel(run.runId)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    const chosen = options.tenant ? tenantNamed(engine, options.tenant) : null
    if (chosen && !chosen.ok) {
      say.fault(chosen.fault, options.json === true)
      return 1
    }
    const tenants = chosen
      ? [chosen.value]
      : engine.tenants
          .list()
          .map((one) => one.tenant)
          .filter((one) => one.isEnabled)
    if (tenants.length === 0)
      say.aside('No enabled tenants. Add one: tenant add --name N --url URL --api-key-stdin')
    let worst = 0
    for (const tenant of tenants) {
      if (isStopped) return 1
      const status = await syncOne(engine, tenant, options)
      worst = worst === 1 || status === 1 ? 1 : Math.max(worst, status)
    }
    return worst
  })
}

async function syncOne(engine: Engine, tenant: Tenant, options: SyncOptions): Promise<number> {
  const kind = options.preview ? 'preview' : options.reconcile ? 'reconcile' : 'sync'
  const started = engine.startRun(tenant.id, kind, 'cli')
  if (!started.ok) {
    say.fault(started.fault, options.json === true)
    return 1
  }
  const { runId } = started.value
  const line = statusLine()
  const timer = setInterval(() => line.show(progressText(engine, tenant.name, runId)), 250)
  const lost = await engine.control.ended(runId)
  clearInterval(timer)
  line.clear()
  const run = engine.store.runs.get(runId)
  if (!run) throw new Error(`Run ${runId} is not in the store.`)
  if (lost) {
    say.fault(lost, options.json === true)
    return 1
  }
  if (options.json) say.json(report(tenant, run))
  else say.line(runTable(tenant, run))
  if (options.preview && !options.json) say.line(changesOf(engine, runId))
  if (run.fault) say.aside(faultText(run.fault))
  return run.outcome === 'done' ? 0 : run.outcome === 'partial' ? 2 : 1
}

function progressText(engine: Engine, name: string, runId: number): string {
  const now = engine.runs.live().find((one) => one.runId === runId)
  if (!now) return `${name}: ending`
  const what = [now.phase, now.entity, now.resource].filter(Boolean).join(' ')
  const done =
    now.recordsTotal === null ? `${now.recordsRead} read` : `${now.recordsDone} of ${now.recordsTotal}`
  const planned = now.plannedRequests === null ? '' : ` of about ${now.plannedRequests}`
  const waiting = now.waitingUntil
    ? `, waiting for the request limit until ${new Date(now.waitingUntil).toLocaleTimeString()}`
    : ''
  return `${name}: ${what}, ${done}, ${now.requests}${planned} requests${waiting}`
}

/** Twenty characters wide, full when nothing is left to do. */
export function bar(done: number, total: number): string {
  const filled = total === 0 ? 20 : Math.min(20, Math.floor((20 * done) / total))
  return `[${'#'.repeat(filled)}${'.'.repeat(20 - filled)}]`
}

const durationOf = (run: Run): number => Date.parse(run.endedAt ?? run.startedAt) - Date.parse(run.startedAt)

function report(tenant: Tenant, run: Run) {
  return {
    tenant: tenant.name,
    outcome: run.outcome,
    requests: run.requests,
    durationMs: durationOf(run),
    entities: run.counts,
    ...(run.fault ? { fault: run.fault } : {}),
  }
}

export function runTable(tenant: Tenant, run: Run): string {
  const rows = entities.map((entity) => {
    const { created, updated, unchanged, skipped, failed } = run.counts[entity]
    return [
      entity,
      created + updated + unchanged + skipped + failed,
      created,
      updated,
      unchanged,
      skipped,
      failed,
    ]
  })
  const head = [tenant.name, 'Read', 'Created', 'Updated', 'Unchanged', 'Skipped', 'Failed']
  const requests = `${run.requests} request${run.requests === 1 ? '' : 's'}`
  return `${table(head, rows)}\n${run.outcome}, ${requests}, ${(durationOf(run) / 1000).toFixed(1)} s`
}

/** The first changes of a preview, field by field. */
export function changesOf(engine: Engine, runId: number): string {
  const { rows, total } = engine.store.runs.outcomes(runId, { offset: 0, limit: 20 })
  const lines = rows.flatMap((row) => [
    `${row.kind}  ${row.entity}  ${row.label}`,
    ...row.changes
      .slice(0, 12)
      .map((change) => `    ${change.field}: ${change.before ?? ''} -> ${change.after ?? ''}`),
    ...(row.changes.length > 12 ? [`    and ${row.changes.length - 12} more fields`] : []),
    ...(row.fault ? [`    ${explain(row.fault).what}`] : []),
  ])
  if (total > rows.length)
    lines.push(`and ${total - rows.length} more records (see them all in the window, under Runs)`)
  return lines.join('\n')
}
