import { Command } from 'commander'
import { type Fault, fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'
import type { Run } from '../../app/model/outcome.ts'
import { accountName } from '../account.ts'
import type { Engine } from '../engine.ts'
import { createImportDesk, type OpenImport } from '../import-desk.ts'
import { beginUndo, type Doer } from '../import-undo.ts'
import { type ImportBrief, importFileOf } from '../import-views.ts'
import { obstacleToUndo } from '../undo-obstacle.ts'
import { type CommonOptions, clock, folderOf, withEngine } from './engine.ts'
import { faultText, say, statusLine, table } from './output.ts'
import { bar } from './sync.ts'

/** Who works at the command line. */
export const commandLine = (): Doer => ({ who: 'command line', account: accountName() })

type UndoOptions = CommonOptions & { readonly yes?: boolean }

/** imports: what was imported before, and taking one back. */
export function importsCommand(): Command {
  const imports = new Command('imports').description('list imports, and undo one')
  imports
    .command('list')
    .description('every import with its number, its file, who began it and what it wrote')
    .option('--json', 'print one line of JSON')
    .action((_, command: Command) => list(command.optsWithGlobals()))
  imports
    .command('undo')
    .description('remove from Halo what an import created and nothing else has touched since')
    .argument('<number>', 'the number of the import, as `imports list` tells it')
    .option('--yes', 'do it; without this only what would happen is said')
    .option('--json', 'print one line of JSON')
    .action((number: string, _, command: Command) => undo(number, command.optsWithGlobals()))
  return imports
}

async function list(options: CommonOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const all = engine.imports.list()
    if (options.json) say.json({ imports: all })
    else if (all.length === 0) say.line('Nothing was imported yet.')
    else
      say.line(table(['Number', 'File', 'Entity', 'Begun by', 'State', 'Created', 'Updated'], all.map(rowOf)))
    return 0
  })
}

const rowOf = (one: ImportBrief): (string | number)[] => [
  one.importRunId ?? one.id,
  one.fileName,
  one.entity,
  one.begun ? `${one.begun.who}${one.begun.account === null ? '' : ` (${one.begun.account})`}` : '',
  one.state,
  one.done.created,
  one.done.updated,
]

async function undo(number: string, options: UndoOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const found = engine.imports
      .list()
      .find(({ id, importRunId }) => id === number || String(importRunId) === number)
    if (!found)
      return failed(wrong(`There is no import ${number}; \`imports list\` tells them all.`), options)
    const desk = createImportDesk(folderOf(options), clock)
    const opened = desk.open(importFileOf(desk.home, found.id))
    if (!opened.ok) return failed(opened.fault, options)
    const open = opened.value
    try {
      const obstacle = obstacleToUndo(open, false)
      if (obstacle !== null) return failed(wrong(obstacle), options)
      if (options.yes) return await perform(engine, found, open, options)
      tellPlan(found, open, options)
      return 0
    } finally {
      open.close()
    }
  })
}

const wrong = (problem: string): Fault => fault('input-invalid', { facts: { field: 'import', problem } })

function failed(found: Fault, options: CommonOptions): number {
  say.fault(found, options.json === true)
  return 1
}

/** What an undo would do. */
function tellPlan({ fileName, done }: ImportBrief, { undone }: OpenImport, options: CommonOptions): void {
  const { created, removed, gone } = undone.counts()
  const most = created - removed - gone
  if (options.json) {
    say.json({ wouldRemove: most, changedAndKept: done.updated })
    return
  }
  say.line(`${fileName}: of ${created} created records, up to ${most} can be removed from Halo.`)
  if (done.updated > 0)
    say.line(`${done.updated} were in Halo before and were changed; they stay as they are now.`)
  say.line('Those that something has touched or refers to since are left alone. Add --yes to do it.')
}

async function perform(
  engine: Engine,
  { tenantId }: ImportBrief,
  open: OpenImport,
  options: CommonOptions,
): Promise<number> {
  const begun = beginUndo(open, {
    ...{ clock, store: engine.store, doer: commandLine() },
    start: () => engine.startRun(tenantId, 'import-undo', 'cli', open.file),
  })
  if (!begun.ok) return failed(begun.fault, options)
  const ended = await followed(engine, begun.value.runId)
  if (!ended.ok) return failed(ended.fault, options)
  const { outcome, fault: trouble } = ended.value
  const { removed, gone, left } = open.undone.counts()
  const reasons = open.undone.reasons()
  if (options.json) {
    const why = reasons.map(({ code, count }) => ({ code, count }))
    say.json({ outcome, removed, gone, left, reasons: why, ...(trouble && { fault: trouble }) })
  } else {
    say.line(`${outcome}: ${removed} removed, ${gone} gone before, ${left} left alone`)
    for (const { count, example } of reasons)
      say.line(`${count} left alone, such as: ${explain(example).what}`)
  }
  if (trouble) say.aside(faultText(trouble))
  return outcome === 'done' ? (left > 0 ? 2 : 0) : 1
}

/** Shows how far a run is until it has ended; Ctrl+C cancels it. */
async function followed(engine: Engine, runId: number): Promise<Result<Run>> {
  const stop = (): void => engine.control.cancel(runId)
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const line = statusLine()
  const timer = setInterval(() => {
    const now = engine.runs.live().find((one) => one.runId === runId)
    const total = now?.recordsTotal ?? 0
    line.show(now ? `${bar(now.recordsDone, total)} ${now.recordsDone} of ${total} records` : 'Undoing')
  }, 250)
  const lost = await engine.control.ended(runId)
  clearInterval(timer)
  line.clear()
  const run = engine.store.runs.get(runId)
  return lost || !run ? fail(lost ?? fault('bug')) : ok(run)
}
