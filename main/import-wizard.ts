import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { ImportDecision } from '../app/model/sheet/choices.ts'
import { sheetField } from '../app/model/sheet/fields.ts'
import { decide, firstDecision, formColumns, isOpen, questionsOf } from '../app/sheets/decision.ts'
import type { ImportWorkNote } from '../app/store/import-notes.ts'
import type { CheckCounts } from '../app/store/import-problems.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import { createImportDesk, type OpenImport } from './import-desk.ts'
import { lookInto } from './import-file-look.ts'
import { changeRows } from './import-fix.ts'
import { importMemory } from './import-memory.ts'
import type { ImportWizard, ImportWizardParts, ImportWork } from './import-port.ts'
import { isOldImport, pruneUploads } from './import-prune.ts'
import { importUploads } from './import-uploads.ts'
import { briefOf, type ImportBrief, importFileOf, importFiles, importIdOf, viewOf } from './import-views.ts'

const distinctLimit = 1_000
const noSuch = () => wrong('There is no such import.')
const wrong = (problem: string) => fail(fault('input-invalid', { facts: { field: 'import', problem } }))

/** Builds it over the data folder; imports that are asked for stay open until `close`. */
export function createImportWizard(parts: ImportWizardParts): ImportWizard {
  const { clock, onChange } = parts
  const desk = createImportDesk(parts.folder, clock)
  const uploads = importUploads(join(desk.home, 'uploads'))
  const memory = importMemory(parts.store.settings)
  const held = new Map<string, OpenImport>()
  const checks = new Map<string, AbortController>()
  const working = new Set<{ id: string | null; what: ImportWork['what']; rows: number }>()
  const isRunning = (runId: number): boolean => parts.live().some((one) => one.runId === runId)

  const find = (id: string): OpenImport | null => {
    const known = held.get(id)
    if (known) return known
    const file = importFileOf(desk.home, id)
    if (!importFiles(desk.home).includes(file)) return null
    const opened = desk.open(file)
    if (!opened.ok) return null
    held.set(id, opened.value)
    return opened.value
  }
  const brief = (id: string): ImportBrief | null => {
    const open = find(id)
    return open ? briefOf(open, isRunning) : null
  }
  const list = (): ImportBrief[] => importFiles(desk.home).flatMap((file) => brief(importIdOf(file)) ?? [])
  /** What is in Halo, or on its way there, is no longer changed. */
  const changeable = (id: string): Result<{ open: OpenImport; work: ImportWorkNote }> => {
    const open = find(id)
    const work = open?.notes.work()
    if (!open || !work) return noSuch()
    const state = briefOf(open, isRunning)?.state
    return state === 'draft' ? ok({ open, work }) : wrong('This import has begun; its rows stay as they are.')
  }
  const during = async <T>(
    id: string | null,
    what: ImportWork['what'],
    act: (tell: (rows: number) => void) => Promise<T>,
  ): Promise<T> => {
    const one = { id, what, rows: 0 }
    working.add(one)
    onChange()
    try {
      return await act((rows) => {
        one.rows = rows
        onChange()
      })
    } finally {
      working.delete(one)
      onChange()
    }
  }
  const check = async (id: string): Promise<Result<CheckCounts>> => {
    const found = changeable(id)
    if (!found.ok) return found
    const { open } = found.value
    const choices = open.notes.choices()
    if (!choices) return noSuch()
    checks.get(id)?.abort()
    const abort = new AbortController()
    checks.set(id, abort)
    const trouble = await during(id, 'checking', (onProgress) =>
      open.draft.check(choices.plan, { onProgress, signal: abort.signal }),
    )
    if (checks.get(id) === abort) checks.delete(id)
    if (trouble) return fail(trouble)
    const work = open.notes.work()
    if (work && !abort.signal.aborted) open.notes.setWork({ ...work, isChecked: true })
    onChange()
    return ok(open.draft.problems.counts())
  }
  const keep = async (open: OpenImport, work: ImportWorkNote): Promise<void> => {
    const { entity } = open.notes.origin() ?? {}
    if (!entity) return
    const wanted = formColumns(entity, work.decision).filter((column) => !work.guesses[column])
    const guesses = { ...work.guesses, ...(await open.draft.guesses(wanted)) }
    open.notes.setWork({ ...work, guesses, isChecked: false })
    open.notes.setChoices(decide(entity, work.decision, guesses))
  }

  return {
    uploads,
    list,
    busy: () => [...working].map((one) => ({ ...one })),
    get: (id) => {
      const open = find(id)
      const own = brief(id)
      if (!open || !own) return null
      const headings = open.notes.origin()?.headings ?? []
      return viewOf(open, own, memory.recall(own.tenantId, own.entity, headings), list())
    },
    look: async (request) => {
      const path = uploads.pathOf(request.source)
      return path.ok ? lookInto(path.value, request, memory.recall) : path
    },
    stage: async (request) => {
      const path = uploads.pathOf(request.source)
      if (!path.ok) return path
      if (!parts.store.tenants.get(request.tenantId)) return fail(fault('tenant-unknown'))
      const looked = await lookInto(path.value, request, memory.recall)
      if (!looked.ok) return looked
      const { tenantId, entity } = request
      const { sheet, headerRow, matches } = looked.value
      const read = await during(null, 'reading', (onProgress) =>
        desk.read({ file: path.value, tenantId, entity, sheet, headerRow }, { onProgress }),
      )
      if (!read.ok) return read
      const { open } = read.value
      held.set(importIdOf(open.file), open)
      await keep(open, {
        path: path.value,
        guesses: {},
        decision: firstDecision(entity, matches),
        ...{ isChecked: false, previewRunId: null, importRunId: null },
      })
      onChange()
      return ok({ id: importIdOf(open.file) })
    },
    again: (id) => {
      const open = find(id)
      const [origin, work] = [open?.notes.origin(), open?.notes.work()]
      if (!origin || !work) return null
      const { tenantId, entity, sheet, headerRow } = origin
      return { source: { path: work.path }, tenantId, entity, sheet, headerRow }
    },
    decide: async (id, decision) => {
      const found = changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const origin = open.notes.origin()
      if (!origin) return noSuch()
      const strange = Object.keys(decision.columns).find((field) => !sheetField(origin.entity, field))
      if (strange) return wrong(`${strange} is no field of this kind of record.`)
      if (isSame(decision, work.decision)) return ok(null)
      await keep(open, { ...work, decision })
      memory.remember(origin.tenantId, origin.entity, origin.headings, decision.columns)
      onChange()
      return ok(null)
    },
    distinct: (id, column) => find(id)?.draft.rows.distinct(column, distinctLimit) ?? [],
    check,
    problems: (id) => find(id)?.draft.problems.groups() ?? [],
    rows: (id, { offset, limit }, only) => {
      const open = find(id)
      if (!open) return { rows: [], total: 0 }
      const { rows, problems } = open.draft
      const page = rows.window(offset, limit, only)
      const found = problems.ofRows(page.map((row) => row.number))
      return {
        rows: page.map((row) => ({ ...row, problems: found.filter((one) => one.row === row.number) })),
        total: only ? rows.countWith(only) : rows.count(),
      }
    },
    nextError: (id, row, isBack) => {
      return find(id)?.draft.problems.nextError(row, isBack) ?? null
    },
    row: (id, number) => {
      const draft = find(id)?.draft
      const row = draft?.rows.get(number)
      return draft && row ? { ...row, problems: draft.problems.ofRows([number]) } : null
    },
    fix: async (id, change) => {
      const found = changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const done = guarded(open.file, () => changeRows(open, change))
      if (!done.ok) return done
      if (done.value === 0) return ok({ rows: 0 })
      open.notes.setWork({ ...work, isChecked: false })
      const checked = await check(id)
      return checked.ok || checked.fault.code === 'cancelled' ? ok({ rows: done.value }) : checked
    },
    undo: async (id) => {
      const found = changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const what = guarded(open.file, () => open.draft.rows.undo())
      if (!what.ok || what.value === null) return what.ok ? ok({ what: null }) : what
      open.notes.setWork({ ...work, isChecked: false })
      const checked = await check(id)
      return checked.ok || checked.fault.code === 'cancelled' ? ok({ what: what.value }) : checked
    },
    start: async (id, kind) => {
      const ready = await readyToStart(id, kind)
      if (!ready.ok) return ready
      const { open, tenantId } = ready.value
      const started = parts.startRun(tenantId, kind, open.file)
      if (!started.ok) return started
      const { runId } = started.value
      noteStart(open, kind === 'import' ? { importRunId: runId } : { previewRunId: runId })
      onChange()
      return started
    },
    remove: (id) => {
      const open = find(id)
      if (!open) return noSuch()
      if (briefOf(open, isRunning)?.state === 'running') return wrong('It is running; cancel it first.')
      checks.get(id)?.abort()
      open.close()
      held.delete(id)
      const removed = guarded(open.file, () => desk.remove(open.file))
      onChange()
      return removed.ok ? ok(null) : removed
    },
    failed: async (id) => {
      const open = find(id)
      const origin = open?.notes.origin()
      if (!open || !origin) return noSuch()
      const folder = join(desk.home, 'uploads')
      mkdirSync(folder, { recursive: true })
      const file = join(folder, `${id}-not-imported.xlsx`)
      rmSync(file, { force: true })
      await open.writeFailed(file)
      return ok({ file, name: `${origin.fileName.replace(/\.[^.]*$/, '')} - not imported.xlsx` })
    },
    prune: () => {
      for (const file of importFiles(desk.home)) {
        const open = find(importIdOf(file))
        const isBusy = open !== null && briefOf(open, isRunning)?.state === 'running'
        if (isBusy || !isOldImport(file, open?.notes.origin()?.readAt ?? null, clock.now())) continue
        open?.close()
        held.delete(importIdOf(file))
        desk.remove(file)
      }
      pruneUploads(join(desk.home, 'uploads'), clock.now())
    },
    close: () => {
      for (const abort of checks.values()) abort.abort()
      for (const open of held.values()) open.close()
      held.clear()
    },
  }

  /** Columns that went as far as a run are those of the next such file, too. */
  function noteStart(open: OpenImport, run: Partial<ImportWorkNote>): void {
    const [origin, work] = [open.notes.origin(), open.notes.work()]
    if (!origin || !work) return
    open.notes.setWork({ ...work, ...run })
    memory.remember(origin.tenantId, origin.entity, origin.headings, work.decision.columns)
  }

  async function readyToStart(
    id: string,
    kind: 'import' | 'import-preview',
  ): Promise<Result<{ open: OpenImport; tenantId: number }>> {
    const open = find(id)
    const origin = open?.notes.origin()
    const work = open?.notes.work()
    if (!open || !origin) return noSuch()
    const state = briefOf(open, isRunning)?.state
    if (state === 'running') return wrong('It is running already.')
    if (state === 'done') return wrong('Every record of it had its turn already.')
    if (state === 'begun' && kind === 'import-preview') return wrong('This import has begun.')
    const questions = work ? questionsOf(origin.entity, work.decision, work.guesses) : []
    const question = questions.find(isOpen)
    if (question) return wrong(`"${question.example}" can be read in two ways; say which.`)
    if (work && !work.isChecked) {
      const checked = await check(id)
      if (!checked.ok) return checked
    }
    return ok({ open, tenantId: origin.tenantId })
  }
}

const isSame = (a: ImportDecision, b: ImportDecision): boolean => JSON.stringify(a) === JSON.stringify(b)
