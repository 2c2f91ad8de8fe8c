import { fail, fault, ok } from '../app/model/fault.ts'
import type { Cell } from '../app/model/sheet/cell.ts'
import type { ImportDecision } from '../app/model/sheet/choices.ts'
import { sheetField } from '../app/model/sheet/fields.ts'
import type { MadeColumns } from '../app/model/sheet/made.ts'
import { madeFrom } from '../app/model/sheet/said-columns.ts'
import { decide, firstDecision, formColumns } from '../app/sheets/decision.ts'
import type { ImportWorkNote } from '../app/store/import-notes.ts'
import type { ImportsBusy } from './import-checks.ts'
import { customOf, customSoon } from './import-custom.ts'
import type { OpenImport } from './import-desk.ts'
import { headingsOf, lookInto } from './import-file-look.ts'
import type { ImportMemory } from './import-memory.ts'
import type { FileLook, ImportWizard, ImportWizardParts, LookRequest } from './import-port.ts'
import { type ImportShelf, noSuch, wrong } from './import-shelf.ts'
import { matchesOf } from './import-views.ts'

/** From a file to an import of its own, and what is decided about its columns. */
export function importChoosing(
  { store, onChange, ...parts }: ImportWizardParts,
  shelf: ImportShelf,
  busy: ImportsBusy,
  memory: ImportMemory,
): Pick<ImportWizard, 'look' | 'stage' | 'again' | 'decide' | 'askCustom'> {
  return {
    look: async (request) => {
      const path = shelf.uploads.pathOf(request.source)
      return path.ok ? lookInto(path.value, request, memory.recall) : path
    },
    stage: async (request) => {
      const path = shelf.uploads.pathOf(request.source)
      if (!path.ok) return path
      if (!store.tenants.get(request.tenantId)) return fail(fault('tenant-unknown'))
      const looked = await lookInto(path.value, request, memory.recall)
      if (!looked.ok) return looked
      const { tenantId, entity } = request
      const { sheet, headerRow } = looked.value
      const custom = customSoon({ store, ...parts }, tenantId, entity)
      const text = looked.value.text ?? undefined
      const read = await busy.during(null, 'reading', (onProgress) =>
        shelf.read({ file: path.value, tenantId, entity, sheet, headerRow, text }, { onProgress }),
      )
      if (!read.ok) return read
      const { open } = read.value
      const id = shelf.hold(open)
      if (request.text) await rememberText(memory, path.value, request, looked.value)
      const { headings, width } = originOf(open)
      const own = await custom
      if (own) open.notes.setCustom(own)
      const recalled = memory.recall(tenantId, entity, headings)
      const again = madeFrom(recalled.said, headings, width)
      const matches = matchesOf(open, entity, recalled.fields)
      await keep(open, {
        path: path.value,
        guesses: {},
        decision: firstDecision(entity, matches, again),
        remembered: recalled.fields,
        nextPlace: nextPlace(width, again.made),
        ...{ isChecked: false, previewRunId: null, importRunId: null },
      })
      onChange()
      return ok({ id })
    },
    again: (id) => {
      const open = shelf.find(id)
      const [origin, work] = [open?.notes.origin(), open?.notes.work()]
      if (!origin || !work) return null
      const { tenantId, entity, sheet, headerRow, text } = origin
      return { source: { path: work.path }, tenantId, entity, sheet, headerRow, ...(text ? { text } : {}) }
    },
    askCustom: async (id) => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open } = found.value
      const { tenantId, entity } = open.notes.origin() ?? {}
      if (tenantId === undefined || !entity) return noSuch()
      const custom = await customOf({ store, ...parts }, tenantId, entity)
      if (!custom.ok) return custom
      open.notes.setCustom(custom.value)
      onChange()
      return ok(null)
    },
    decide: async (id, decision) => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      const origin = open.notes.origin()
      if (!origin) return noSuch()
      const strange = Object.keys(decision.columns).find(
        (field) => !sheetField(origin.entity, field, open.notes.custom() ?? []),
      )
      if (strange) return wrong(`${strange} is no field of this kind of record.`)
      const misplaced = misplacedIn(decision.made ?? [], origin.width)
      if (misplaced) return wrong(misplaced)
      if (isSame(decision, work.decision)) return ok(null)
      if (isSame(ofRows(decision), ofRows(work.decision))) {
        open.notes.setWork({ ...work, decision })
        open.notes.setChoices(decide(origin.entity, decision, work.guesses, open.notes.custom() ?? []))
        onChange()
        return ok(null)
      }
      await keep(open, { ...work, decision, nextPlace: nextPlace(work.nextPlace, decision.made ?? []) })
      memory.remember(origin.tenantId, origin.entity, origin.headings, decision.columns, decision.made)
      onChange()
      return ok(null)
    },
  }
}

/** How the text is read is kept by the headings that the file shows without it. */
async function rememberText(
  memory: ImportMemory,
  path: string,
  { tenantId, entity, text }: LookRequest,
  { foundText }: FileLook,
): Promise<void> {
  const found = await lookInto(path, { source: { path }, tenantId, entity }, nothingRecalled)
  if (!found.ok || !text) return
  const isFound = text.encoding === foundText?.encoding && text.separator === foundText.separator
  memory.rememberText(tenantId, entity, headingsOf(found.value), isFound ? null : text)
}
const nothingRecalled: ImportMemory['recall'] = () => ({ fields: {}, said: {}, text: null })

const originOf = ({ notes }: OpenImport): { readonly headings: readonly Cell[]; readonly width: number } =>
  notes.origin() ?? { headings: [], width: 0 }

/** Beyond all places that are taken. */
export const nextPlace = (least: number, made: readonly MadeColumns[]): number =>
  Math.max(least, ...made.flatMap((one) => one.into.map((place) => place + 1)))

/** What is wrong with the places of made columns: each takes from the file's own and stands beyond them, alone. */
function misplacedIn(made: readonly MadeColumns[], width: number): string | null {
  const into = made.flatMap((one) => one.into)
  const from = made.flatMap((one) => one.from)
  if (new Set(into).size < into.length) return 'Two made columns have the same place.'
  if (into.some((place) => place < width)) return 'A made column stands where the file has one of its own.'
  return from.some((place) => place >= width) ? 'A column is made of one that the file does not have.' : null
}

async function keep(open: OpenImport, work: ImportWorkNote): Promise<void> {
  const { entity } = open.notes.origin() ?? {}
  if (!entity) return
  const custom = open.notes.custom() ?? []
  const wanted = formColumns(entity, work.decision, custom).filter((column) => !work.guesses[column])
  const guesses = { ...work.guesses, ...(await open.draft.guesses(wanted, work.decision.made)) }
  open.notes.setWork({ ...work, guesses, isChecked: false })
  open.notes.setChoices(decide(entity, work.decision, guesses, custom))
}

/** What the check of the rows depends on. */
const ofRows = (decision: ImportDecision): ImportDecision => ({ ...decision, isAllOrNothing: false })

const isSame = (a: ImportDecision, b: ImportDecision): boolean => JSON.stringify(a) === JSON.stringify(b)
