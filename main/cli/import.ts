import { existsSync, readFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { type Fault, fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { encodings, type Separator, type TextForm } from '../../app/model/sheet/text-form.ts'
import { type Entity, entities, type Tenant } from '../../app/model/tenant.ts'
import { decide, formColumns } from '../../app/sheets/decision.ts'
import { checkHalo } from '../../app/sheets/halo-check.ts'
import { decisionFor, type ImportFile, openQuestion, readImportFile } from '../../app/sheets/mapping-file.ts'
import type { ImportWorkNote } from '../../app/store/import-notes.ts'
import type { Engine } from '../engine.ts'
import { nextPlace } from '../import-choosing.ts'
import { customSoon } from '../import-custom.ts'
import { createImportDesk, type OpenImport, type ReadImport } from '../import-desk.ts'
import { noteBegun } from '../import-undo.ts'
import { matchesOf } from '../import-views.ts'
import { type CommonOptions, clock, folderOf, tenantNamed, withEngine } from './engine.ts'
import { matchText, problemText } from './import-report.ts'
import { commandLine } from './imports.ts'
import { faultText, say, statusLine } from './output.ts'
import { bar, changesOf, runTable } from './sync.ts'

type ImportOptions = CommonOptions & {
  readonly tenant: string
  readonly entity: Entity
  readonly mapping?: string
  readonly preview?: boolean
  readonly allOrNothing?: boolean
  readonly separator?: keyof typeof separatorWords
  readonly encoding?: TextForm['encoding']
}

const separatorWords = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const satisfies Record<
  string,
  Separator
>

/** import: historic records from a spreadsheet, through the same checks as in the window. */
export function importCommand(): Command {
  return new Command('import')
    .description('import records from a spreadsheet (xlsx, xls, csv)')
    .argument('<file>', 'the spreadsheet')
    .requiredOption('--tenant <name>', 'whose Halo they go into')
    .addOption(new Option('--entity <entity>', 'what the rows are').choices(entities).makeOptionMandatory())
    .option(
      '--mapping <file>',
      'JSON: columns, constants, formats, what tells records apart (docs/import.md)',
    )
    .addOption(
      new Option('--separator <name>', 'what parts the columns of a text file (else found out)').choices(
        Object.keys(separatorWords),
      ),
    )
    .addOption(
      new Option('--encoding <name>', 'how the letters of a text file are kept (else found out)').choices(
        encodings,
      ),
    )
    .option('--preview', 'check every row and show what would change; write nothing to Halo')
    .option('--all-or-nothing', 'import nothing while a record has an error')
    .option('--json', 'print one line of JSON')
    .action((file: string, _, command: Command) => importFile(file, command.optsWithGlobals()))
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const said: Result<ImportFile> = options.mapping ? readMapping(options.mapping) : { ok: true, value: {} }
  if (!said.ok) return tell(said.fault, options)
  await withEngine(options, async (engine) => {
    const tenant = tenantNamed(engine, options.tenant)
    if (!tenant.ok) return failed(tenant.fault, options)
    const desk = createImportDesk(folderOf(options), clock)
    const line = statusLine()
    const { sheet, headerRow } = said.value
    const text = textOf(said.value, options)
    const read = await desk.read(
      { file, tenantId: tenant.value.id, entity: options.entity, sheet, headerRow, text },
      { onProgress: (rows) => line.show(`Reading: ${rows} rows`) },
    )
    line.clear()
    if (!read.ok) return failed(read.fault, options)
    const { open } = read.value
    let isKept = false
    try {
      const whole = options.allOrNothing === true ? { ...said.value, allOrNothing: true } : said.value
      const custom = isAllMatched(read.value, whole)
        ? []
        : await customSoon(engine, tenant.value.id, options.entity)
      if (custom) open.notes.setCustom(custom)
      const decided =
        (await prepare(read.value, options, file, whole, line)) ??
        (options.preview === true ? await askHalo(engine, tenant.value, open, line) : null)
      if (decided) return failed(decided, options)
      isKept = options.preview !== true
      return await run(engine, tenant.value, open, { ...options, file })
    } finally {
      open.close()
      if (!isKept) desk.remove(open.file)
    }
  })
}

const tell = (found: Fault, options: CommonOptions): void => {
  process.exitCode = failed(found, options)
}
function failed(found: Fault, options: CommonOptions): number {
  say.fault(found, options.json === true)
  return 1
}

function readMapping(file: string): Result<ImportFile> {
  if (!existsSync(file)) {
    return fail(fault('input-invalid', { facts: { field: 'mapping', problem: `There is no file ${file}.` } }))
  }
  return readImportFile(readFileSync(file, 'utf8'))
}

/** What was said of a text file's form; the options go before the mapping file. */
function textOf(said: ImportFile, { separator, encoding }: ImportOptions): Partial<TextForm> {
  const form = {
    separator: separator ? separatorWords[separator] : said.separator,
    encoding: encoding ?? said.encoding,
  }
  return {
    ...(form.separator ? { separator: form.separator } : {}),
    ...(form.encoding ? { encoding: form.encoding } : {}),
  }
}

/** What the import does, kept as the window keeps it, so that it can be gone on with there; and the check of every row by it. */
async function prepare(
  { open, look }: ReadImport,
  { entity }: ImportOptions,
  file: string,
  said: ImportFile,
  line: ReturnType<typeof statusLine>,
): Promise<Fault | null> {
  const { headings = [], width = 0 } = open.notes.origin() ?? {}
  const custom = open.notes.custom() ?? []
  const matches = custom.length > 0 ? matchesOf(open, entity, {}) : look.matches
  const decision = decisionFor({ entity, headings, width, matches, said, custom })
  if (!decision.ok) return decision.fault
  const { made } = decision.value
  const guesses = await open.draft.guesses(formColumns(entity, decision.value, custom), made)
  const question = openQuestion(entity, decision.value, guesses, custom)
  if (question) return question
  const { plan, ...choices } = decide(entity, decision.value, guesses, custom)
  open.notes.setChoices({ plan, ...choices })
  const stopped = await open.check(plan, {
    onProgress: (rows) => line.show(`Checking: ${rows} rows`),
  })
  line.clear()
  open.notes.setWork({
    ...{ path: resolve(file), guesses, decision: decision.value, remembered: {} },
    ...{ nextPlace: nextPlace(width, made ?? []), isChecked: stopped === null },
    ...{ previewRunId: null, importRunId: null },
  })
  return stopped
}

/** Whether every heading is known, so that no custom field of Halo is needed; what is said of one names it. */
function isAllMatched({ look }: ReadImport, said: ImportFile): boolean {
  const named = [...Object.keys(said.columns ?? {}), ...Object.keys(said.constants ?? {})]
  const headings = look.columns.filter(({ heading }) => heading !== '')
  return look.matches.length >= headings.length && !named.some((field) => field.startsWith('cf:'))
}

/** What Halo has to say of the rows, told with the other problems of a preview. An import asks as it comes to each row, and tells by its outcomes. */
async function askHalo(
  engine: Engine,
  tenant: Tenant,
  { draft, asked, notes }: OpenImport,
  line: ReturnType<typeof statusLine>,
): Promise<Fault | null> {
  const choices = notes.choices()
  if (!choices) return fault('bug')
  const done = await engine.atHalo(tenant, async (destination) => {
    const trouble = await checkHalo({
      ...{ draft, asked, choices, tenant, destination, clock },
      onProgress: (rows) => line.show(`Asking Halo: ${rows} rows`),
    })
    return trouble ? fail(trouble) : ok(null)
  })
  line.clear()
  // A Halo that does not answer is told by the run, which asks it, too, and is kept in the history.
  return done.ok || done.fault.side === 'halo' ? null : done.fault
}

type RunOptions = ImportOptions & { readonly file: string }

async function run(engine: Engine, tenant: Tenant, open: OpenImport, options: RunOptions): Promise<number> {
  const kind = options.preview ? 'import-preview' : 'import'
  const started = engine.startRun(tenant.id, kind, 'cli', open.file)
  if (!started.ok) return failed(started.fault, options)
  if (!options.preview) noteBegun(open, { clock, store: engine.store, doer: commandLine() })
  const { runId } = started.value
  noteRun(open, options.preview ? { previewRunId: runId } : { importRunId: runId })
  const stop = (): void => engine.control.cancel(runId)
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const line = statusLine()
  const timer = setInterval(() => line.show(progressOf(engine, runId)), 250)
  const lost = await engine.control.ended(runId)
  clearInterval(timer)
  line.clear()
  const ended = engine.store.runs.get(runId)
  if (lost || !ended) return failed(lost ?? fault('bug'), options)
  const notImported =
    ended.counts[options.entity].failed > 0 && !options.preview ? notImportedFile(options.file) : null
  if (notImported) await open.writeFailed(notImported)
  if (options.json) {
    const counts = ended.counts[options.entity]
    const groups = open.draft.problems.groups().map(({ values, ...group }) => group)
    say.json({
      outcome: ended.outcome,
      counts,
      problems: groups,
      notImported,
      ...(ended.fault ? { fault: ended.fault } : {}),
    })
  } else {
    say.line(runTable(tenant, ended))
    say.line(matchText(open, options.entity))
    const problems = problemText(open)
    if (problems !== '') say.line(problems)
    if (options.preview) say.line(changesOf(engine, runId))
    if (notImported) say.line(`Rows that were not imported, with the reason: ${notImported}`)
  }
  if (ended.fault) say.aside(faultText(ended.fault))
  return ended.outcome === 'done' ? 0 : ended.outcome === 'partial' ? 2 : 1
}

function noteRun({ notes }: OpenImport, run: Partial<ImportWorkNote>): void {
  const work = notes.work()
  if (work) notes.setWork({ ...work, ...run })
}

function progressOf(engine: Engine, runId: number): string {
  const now = engine.runs.live().find((one) => one.runId === runId)
  if (!now || now.recordsTotal === null) return 'Importing'
  return `${bar(now.recordsDone, now.recordsTotal)} ${now.recordsDone} of ${now.recordsTotal} records`
}

/** Beside the file that was imported; a number is added rather than overwrite an earlier one. */
function notImportedFile(file: string): string {
  const bare = file.slice(0, file.length - extname(file).length)
  for (let turn = 1; ; turn++) {
    const name = `${bare}.not-imported${turn === 1 ? '' : `-${turn}`}.xlsx`
    if (!existsSync(name)) return name
  }
}
