import type { Destination, References } from '../halo/destination.ts'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import type { SheetRecord } from '../model/sheet/check.ts'
import { type ImportChoices, keyFields } from '../model/sheet/choices.ts'
import { type Problem, problem } from '../model/sheet/problems.ts'
import type { SheetReferences } from '../model/sheet/to-record.ts'

/** A record with what Halo knows of it. */
export type Resolved = {
  readonly source: SheetRecord
  /** The record in Halo that it means; null for a new one, and for one that its Commerce id tells. */
  readonly haloId: number | null
  readonly refs: SheetReferences
  /** What was found wrong against Halo. */
  readonly problems: readonly Problem[]
}

export type ResolvedBatch = { readonly records: readonly Resolved[]; readonly refs: References }

type Found = ReadonlyMap<string, readonly number[]>
const none: Found = new Map()

/** Everything that a batch names, asked for at once. */
type Around = {
  readonly byId: Found
  readonly byKey: Found
  readonly customers: Found
  readonly products: Found
  readonly quotes: Found
  readonly groups: ReadonlyMap<string, number>
}

const plain = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .toLowerCase()

/** Finds out what a batch of records means in Halo: which record each is, whose, of which products and group. Some thousand at a time. */
export async function resolve(
  destination: Destination,
  choices: ImportChoices,
  records: readonly SheetRecord[],
): Promise<Result<ResolvedBatch>> {
  const around = await lookUp(destination, choices, records)
  if (!around.ok) return around
  const named = new Names()
  const resolved = records.map((source) => resolveOne(choices, source, around.value, named))
  return ok({ records: resolved, refs: named.refs })
}

async function lookUp(
  destination: Destination,
  { plan, recordBy, customerBy }: ImportChoices,
  records: readonly SheetRecord[],
): Promise<Result<Around>> {
  const { sheets } = destination
  if (!sheets) return fail(fault('bug', { raw: 'This Halo takes no spreadsheets.' }))
  const { entity } = plan
  const values = (key: string): string[] => distinct(records.map((one) => one.values[key]))
  const keys = distinct(records.filter(isKeyed).map((one) => one.values[keyFields[entity][recordBy]]))
  const skus = distinct(records.flatMap((one) => one.lines.map((line) => line.productNumber)))
  const asked = [
    [entity, 'haloId', values('haloId')],
    // An order's title is made of its number.
    [entity, entity === 'salesOrders' ? 'number' : recordBy, keys],
    ['customers', customerBy, entity === 'customers' ? [] : values('customer')],
    ['products', 'number', skus],
    ['quotes', 'number', entity === 'salesOrders' ? values('quoteNumber') : []],
  ] as const
  const found: Found[] = []
  for (const [what, by, wanted] of asked) {
    const answer = wanted.length === 0 ? ok(none) : await sheets.find(what, by, wanted)
    if (!answer.ok) return answer
    found.push(answer.value)
  }
  const groups =
    entity === 'products' && values('group').length > 0 ? await destination.choices('groups') : ok([])
  if (!groups.ok) return groups
  const [byId = none, byKey = none, customers = none, products = none, quotes = none] = found
  const byName = new Map(groups.value.map(({ id, name }) => [plain(name), id]))
  return ok({ byId, byKey, customers, products, quotes, groups: byName })
}

const distinct = (values: readonly unknown[]): string[] =>
  [...new Set(values.map(plain))].filter((one) => one !== '')

/** Told by its number or name, since it names no id. */
const isKeyed = ({ values }: SheetRecord): boolean =>
  (values.haloId ?? null) === null && (values.commerceId ?? null) === null

/** Gives each Halo record that is referred to a negative id of its own. */
class Names {
  readonly refs = {
    customers: new Map<number, number>(),
    products: new Map<number, number>(),
    quotes: new Map<number, number>(),
  }
  readonly #given = new Map<string, number>()

  of(what: keyof References, haloId: number): number {
    const key = `${what}:${haloId}`
    const known = this.#given.get(key)
    if (known !== undefined) return known
    // Far from the rows' own negative numbers, which stand for the records themselves.
    const id = -2_000_000_000 + this.#given.size
    this.#given.set(key, id)
    this.refs[what].set(id, haloId)
    return id
  }
}

function resolveOne(choices: ImportChoices, source: SheetRecord, around: Around, names: Names): Resolved {
  const { values, row } = source
  const problems: Problem[] = []
  const note = (field: string, code: Problem['code'], value: unknown): null => {
    problems.push(problem(row, field, code, String(value ?? '')))
    return null
  }
  const customer = customerOf(choices, source, around, note)
  const products = new Map<string, number>()
  for (const sku of new Set(source.lines.map((line) => plain(line.productNumber)))) {
    const found = around.products.get(sku)?.[0]
    if (found !== undefined) products.set(sku, names.of('products', found))
    else if (sku !== '') note('productNumber', 'unknown-product', sku)
  }
  const group = plain(values.group)
  const groupId = around.groups.get(group) ?? null
  if (group !== '' && groupId === null) note('group', 'unknown-group', values.group)
  const quoteOf = choices.plan.entity === 'salesOrders' ? plain(values.quoteNumber) : ''
  const quote = around.quotes.get(quoteOf)?.[0]
  if (quoteOf !== '' && quote === undefined) note('quoteNumber', 'unknown-quote', values.quoteNumber)
  const refs: SheetReferences = {
    customer: customer === null ? null : names.of('customers', customer),
    products,
    quote: quote === undefined ? null : names.of('quotes', quote),
    group: groupId,
  }
  return { source, haloId: recordOf(choices, source, around, note), refs, problems }
}

type Note = (field: string, code: Problem['code'], value: unknown) => null

function customerOf(
  { plan }: ImportChoices,
  { values }: SheetRecord,
  { customers }: Around,
  note: Note,
): number | null {
  if (plan.entity !== 'quotes' && plan.entity !== 'salesOrders') return null
  const found = customers.get(plain(values.customer)) ?? []
  if (found.length > 1) return note('customer', 'several-customers', values.customer)
  return (
    found[0] ?? (plain(values.customer) === '' ? null : note('customer', 'unknown-customer', values.customer))
  )
}

function recordOf(
  { plan, recordBy }: ImportChoices,
  source: SheetRecord,
  around: Around,
  note: Note,
): number | null {
  const { values } = source
  if ((values.haloId ?? null) !== null) {
    return around.byId.get(plain(values.haloId))?.[0] ?? note('haloId', 'unknown-halo-id', values.haloId)
  }
  if (!isKeyed(source)) return null
  const field = keyFields[plan.entity][recordBy]
  const found = around.byKey.get(plain(values[field])) ?? []
  return found.length > 1 ? note(field, 'several-records', values[field]) : (found[0] ?? null)
}
