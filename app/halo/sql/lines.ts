import type { HaloDelivery, HaloLine } from '../../model/halo.ts'
import { type Context, ownedKey, referred, rowsBy } from './context.ts'
import type { LiveTable, Row, Value } from './dialect.ts'
import { type Draft, type Ref, rowKey, type Wanted } from './rows.ts'

/** How one of Halo's lists of lines says what matching needs: columns of its database, or properties of its API. */
export type LineColumns = {
  readonly sequence: string
  readonly heading: string
  readonly text: string
  /** The product code's column, where there is one. */
  readonly code: string | null
  /** The Commerce line's id, where there is a column for it. */
  readonly commerceId: string | null
  /** An order that was made here and is now Commerce's: its lines have no numbers of Commerce's yet, and those that say the same get them. */
  readonly isAdopted?: boolean
}
export type LineTable = LineColumns & { readonly table: LiveTable }

/** A line to be written with the row it continues. */
export type Pair = { readonly line: HaloLine; readonly row: Row | null; readonly item: Ref | null }

type Key = string | null
type Pass = { readonly ofRow: (row: Row) => Key; readonly ofLine: (line: HaloLine) => Key }

// Enough to tell descriptions apart, and short enough to survive being cut.
const shown = (text: Value | undefined): string => String(text ?? '').slice(0, 200)

/** From the surest sign to the weakest; each row and line is used once (docs/decisions: lines of a quote). */
function passesOf(lines: LineColumns): Pass[] {
  const { commerceId, sequence, heading, text, code, isAdopted = false } = lines
  const kindOfRow = (row: Row): string => (Number(row[heading] ?? 0) === 0 ? 'line' : 'heading')
  const codeOfRow = (row: Row): string => (code ? String(row[code] ?? '') : '')
  const codeOfLine = (line: HaloLine): string => (code ? line.productCode : '')
  const passes: Pass[] = []
  if (commerceId) {
    passes.push({
      ofRow: (row) => (Number(row[commerceId] ?? 0) > 0 ? String(row[commerceId]) : null),
      ofLine: (line) => (line.commerceId > 0 ? String(line.commerceId) : null),
    })
  }
  // A row that carries a Commerce line's id is that line's or nobody's.
  const isOther = (row: Row): boolean => commerceId !== null && Number(row[commerceId] ?? 0) > 0
  const isNumbered = (line: HaloLine): boolean => commerceId !== null && line.commerceId > 0 && !isAdopted
  const pass = (ofRow: (row: Row) => Key, ofLine: (line: HaloLine) => Key): void => {
    passes.push({
      ofRow: (row) => (isOther(row) ? null : ofRow(row)),
      ofLine: (line) => (isNumbered(line) ? null : ofLine(line)),
    })
  }
  pass(
    (row) => `${kindOfRow(row)}\n${codeOfRow(row)}\n${Number(row[sequence] ?? 0)}\n${shown(row[text])}`,
    (line) => `${line.kind}\n${codeOfLine(line)}\n${line.sequence}\n${shown(line.description)}`,
  )
  pass(
    (row) => `${kindOfRow(row)}\n${codeOfRow(row)}\n${shown(row[text])}`,
    (line) => `${line.kind}\n${codeOfLine(line)}\n${shown(line.description)}`,
  )
  pass(
    (row) => (codeOfRow(row) === '' ? null : `${kindOfRow(row)}\n${codeOfRow(row)}`),
    (line) => (codeOfLine(line) === '' ? null : `${line.kind}\n${codeOfLine(line)}`),
  )
  // What says something else is another line there: the quote's places are not the order's.
  if (isAdopted) return passes
  pass(
    (row) => `${kindOfRow(row)}\n${Number(row[sequence] ?? 0)}`,
    (line) => `${line.kind}\n${line.sequence}`,
  )
  return passes
}

/** Finds for each line the row that already holds it. Answers the rows in the order of the lines, and those that are left over. */
export function pairLines(
  lines: LineColumns,
  existing: readonly Row[],
  wanted: readonly HaloLine[],
): { rows: (Row | null)[]; leftOver: Row[] } {
  const rows: (Row | null)[] = wanted.map(() => null)
  if (existing.length === 0) return { rows, leftOver: [] }
  let free = [...existing]
  let open = wanted.map((line, at) => ({ line, at }))
  for (const { ofRow, ofLine } of passesOf(lines)) {
    if (free.length === 0 || open.length === 0) break
    const byKey = new Map<string, Row[]>()
    for (const row of free) {
      const key = ofRow(row)
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), row])
    }
    const used = new Set<Row>()
    open = open.filter(({ line, at }) => {
      const key = ofLine(line)
      const row = key === null ? undefined : byKey.get(key)?.shift()
      if (!row) return true
      rows[at] = row
      used.add(row)
      return false
    })
    free = free.filter((row) => !used.has(row))
  }
  return { rows, leftOver: free }
}

/** The items behind the lines of a batch, by Commerce product id; those that a preview would have made are there, too. */
export async function itemsOf(
  context: Context,
  records: readonly { readonly lines: readonly HaloLine[] }[],
): Promise<Map<number, Ref>> {
  const { item } = context.schema.tables
  const ids = new Set<number>()
  for (const { lines } of records) {
    for (const { productCommerceId } of lines) if (productCommerceId !== null) ids.add(productCommerceId)
  }
  const own = [...ids].filter((id) => id >= 0)
  const rows = await rowsBy(
    context,
    item,
    ['Iid', 'ithirdpartyid', 'idattocommercetenant'],
    'ithirdpartyid',
    own.map(String),
  )
  const items = new Map<number, Ref>(referred(context.options.refs?.products, ids))
  for (const row of rows) {
    const id = Number(row.ithirdpartyid)
    if (row.idattocommercetenant === context.tenant && !items.has(id)) items.set(id, rowKey(item, row))
  }
  if (context.overlay) {
    for (const id of ids) {
      const made = context.overlay.items.get(ownedKey(context.tenant, id))
      if (made && !items.has(id)) items.set(id, made)
    }
  }
  return items
}

/** Plans all lines of one quote or order: rows go on in place where they can, the rest is added, what is gone from Commerce is removed. */
export function planLines(
  draft: Draft,
  lines: LineTable,
  existing: readonly Row[],
  wanted: readonly HaloLine[],
  items: ReadonlyMap<number, Ref>,
  valuesOf: (pair: Pair, at: number) => Wanted,
): void {
  if (draft.keepsLines && existing.length > 0) return
  const { rows, leftOver } = pairLines(lines, existing, wanted)
  for (const row of leftOver) {
    draft.remove({
      table: lines.table,
      key: rowKey(lines.table, row),
      part: `${lines.table.spec.name}#${Number(row[lines.sequence] ?? 0)}`,
      was: row[lines.text] ?? null,
    })
  }
  wanted.forEach((line, at) => {
    const item = line.productCommerceId === null ? null : (items.get(line.productCommerceId) ?? null)
    const pair = { line, row: rows[at] ?? null, item }
    draft.row(lines.table, pair.row, valuesOf(pair, at), `${lines.table.spec.name}#${line.sequence}`)
  })
}

/** The delivery address as the five columns of a quote (`qhdeladdress`) or an order (`ohdeladdress`). */
export function addressColumns(prefix: string, { address }: HaloDelivery): Record<string, string> {
  return {
    [`${prefix}1`]: address.line1,
    [`${prefix}2`]: address.line2,
    [`${prefix}3`]: address.line3,
    [`${prefix}4`]: address.line4,
    [`${prefix}5`]: address.postcode,
  }
}
