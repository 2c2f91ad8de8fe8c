import { ok, type Result } from '../../model/fault.ts'
import type { HaloLine } from '../../model/halo.ts'
import { referred } from '../sql/context.ts'
import { type LineColumns, pairLines } from '../sql/lines.ts'
import { type HaloObject, idOf, isObject, readOne } from './answers.ts'
import type { Context, Plan } from './context.ts'
import { type Draft, type Fields, newDraft, shown, type Value, type Wanted } from './fields.ts'
import { locateProducts } from './products.ts'

type Row = Readonly<Record<string, string | number | null>>

/** How the lines of quotes and of orders are posted and matched. */
export type LineForm = {
  readonly fields: Fields
  readonly columns: LineColumns
  readonly wanted: (line: HaloLine, row: Row | null, item: number | null) => Wanted
}

/** All lines of a record as they are posted; null when Halo's are the same. `gone`: keys of those that Commerce has no more. */
type LinePlan = { readonly bodies: readonly HaloObject[] | null; readonly gone: readonly number[] }

/** Flags as numbers, as the matching reads them. */
const flat = (line: HaloObject): Row =>
  Object.fromEntries(Object.entries(line).map(([name, value]) => [name, shown(value)]))

export const linesOf = (record: HaloObject | null): readonly HaloObject[] =>
  Array.isArray(record?.lines) ? record.lines.filter(isObject) : []

/**
 * Plans all lines of one quote or order. They are posted all together or not at all: whether Halo merges a list of lines or replaces it is not known
 * (apis.md §2.2). A line that continues one of Halo's keeps its key.
 */
export function planLines(
  context: Context,
  draft: Draft,
  form: LineForm,
  current: HaloObject | null,
  lines: readonly HaloLine[],
  items: ReadonlyMap<number, number>,
): LinePlan {
  const rows = linesOf(current).map(flat)
  if (draft.keepsLines && rows.length > 0) return { bodies: null, gone: [] }
  const { rows: paired, leftOver } = pairLines(form.columns, rows, lines)
  // A Halo that keeps what is left out: such a line was emptied before.
  const gone = leftOver.filter((row) => !(context.memory.keepsLines && isEmptied(row)))
  for (const row of gone) {
    const place = Number(row[form.columns.sequence] ?? 0)
    draft.change({ field: `Line#${place}`, before: row[form.columns.text] ?? null, after: null })
  }
  const before = draft.changes.length
  const bodies = lines.map((line, at) => {
    const row = paired[at] ?? null
    const item = line.productCommerceId === null ? null : (items.get(line.productCommerceId) ?? null)
    const wanted = form.wanted(line, row, item)
    draft.set(`Line#${line.sequence}`, form.fields, row, wanted)
    const id = row ? idOf(row) : null
    // Halo's price before it applies its own rules: the same here. Which of the two it tells, and how, is not known, so it is not compared.
    return { ...(id === null ? {} : { id }), ...wholeBody(form.fields, wanted), baseprice: line.price }
  })
  const isChanged = gone.length > 0 || draft.changes.length > before || current === null
  return { bodies: isChanged ? bodies : null, gone: gone.flatMap((row) => idOf(row) ?? []) }
}

/** Everything of a line, in the form in which it is posted; faults were told by the record's own draft. */
const wholeBody = (fields: Fields, wanted: Wanted): Record<string, Value> =>
  newDraft('').set('Line', fields, null, wanted)

const isEmptied = (row: Row): boolean => Number(row.quantity ?? 0) === 0 && Number(row.price ?? 0) === 0

/** The item when it is in Halo; 0 when a row now stands for another product; else as it is. */
export function itemValue(item: number | null, row: Row | null, isOtherProduct: boolean): number | null {
  if (item !== null) return item
  return row && isOtherProduct && Number(row.item_id ?? 0) !== 0 ? 0 : null
}

/** The items behind the lines of a batch, by Commerce product id. Remembered for the session; those that a preview would have made have no key. */
export async function itemsOf(
  context: Context,
  records: readonly { readonly lines: readonly HaloLine[] }[],
): Promise<Result<ReadonlyMap<number, number>>> {
  const { memory } = context
  const wanted = new Set(
    records.flatMap(({ lines }) => lines.flatMap((line) => line.productCommerceId ?? [])),
  )
  const open = [...wanted].filter((id) => id > 0 && !memory.items.has(id))
  const found = open.length === 0 ? ok(new Map<number, number>()) : await locateProducts(context, open)
  if (!found.ok) return found
  for (const [id, haloId] of found.value) memory.items.set(id, haloId)
  const own = [...memory.items].flatMap(([id, haloId]) => (haloId === null ? [] : [[id, haloId] as const]))
  return ok(new Map([...own, ...referred(context.options.refs?.products, wanted)]))
}

/**
 * Makes sure that lines which Commerce has no more do not count in Halo: a Halo that kept them although they were left out gets them once more, with
 * quantity and price 0.
 */
export async function emptyKeptLines(
  context: Context,
  path: string,
  written: Iterable<{ readonly plan: Plan; readonly answer: HaloObject | null; readonly haloId: number }>,
): Promise<Result<null>> {
  for (const { plan, answer, haloId } of written) {
    if (plan.gone.length === 0) continue
    const told = Array.isArray(answer?.lines)
      ? ok(answer)
      : await context.api.get(`${path}/${haloId}`, { includedetails: true })
    if (!told.ok) return told
    const now = linesOf(readOne(told.value))
    const kept = now.filter((line) => plan.gone.includes(idOf(line) ?? 0))
    if (kept.length === 0) continue
    context.memory.keepsLines = true
    const lines = now.map((line) => ({
      id: idOf(line),
      ...(kept.includes(line) ? { quantity: 0, price: 0, baseprice: 0, tax: 0, discount: 0 } : {}),
    }))
    const emptied = await context.api.post(path, [{ id: haloId, lines }], { isSafe: true })
    if (!emptied.ok) return emptied
  }
  return ok(null)
}
