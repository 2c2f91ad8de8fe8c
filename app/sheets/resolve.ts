import type { Destination, References, SheetFinder, SheetKey } from '../halo/destination.ts'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import { rowsSaying, type SheetRecord } from '../model/sheet/check.ts'
import { type ImportChoices, keyFields } from '../model/sheet/choices.ts'
import { type Problem, problem } from '../model/sheet/problems.ts'
import type { SheetReferences } from '../model/sheet/to-record.ts'
import { type Found, findReferences, idsInList, none, plain } from './references.ts'

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

type IdsOf = (value: unknown) => readonly number[]

/** Everything that a batch names, asked for at once. */
type Around = {
  readonly byId: Found
  readonly byKey: Found
  readonly customers: Found
  readonly products: Found
  readonly quotes: Found
  readonly groups: IdsOf
  readonly taxes: IdsOf
}

/** Of a Halo, what finding out needs. */
export type Asking = Pick<Destination, 'choices'> & { readonly sheets?: Pick<SheetFinder, 'find'> }

/** Finds out what a batch of records means in Halo: which record each is, whose, of which products and group. Some thousand at a time. */
export async function resolve(
  destination: Asking,
  choices: ImportChoices,
  records: readonly SheetRecord[],
): Promise<Result<ResolvedBatch>> {
  const around = await lookUp(destination, choices, records)
  if (!around.ok) return around
  const named = new Names()
  const resolved = records.map((source) => resolveOne(choices, source, around.value, named))
  return ok({ records: resolved, refs: named.refs })
}

/** A name that nobody has may be a number, and the other way about; an id is an id. */
const customerKeys: Readonly<Record<ImportChoices['customerBy'], readonly SheetKey[]>> = {
  name: ['name', 'number'],
  number: ['number', 'name'],
  haloId: ['haloId'],
}
const numberFirst: readonly SheetKey[] = ['number', 'name']

async function lookUp(
  destination: Asking,
  { plan, recordBy, customerBy }: ImportChoices,
  records: readonly SheetRecord[],
): Promise<Result<Around>> {
  const { sheets } = destination
  if (!sheets) return fail(fault('bug', { raw: 'This Halo takes no spreadsheets.' }))
  const { entity } = plan
  const values = (key: string): string[] => distinct(records.map((one) => one.values[key]))
  const keys = distinct(records.filter(isKeyed).map((one) => one.values[keyFields[entity][recordBy]]))
  const skus = distinct(records.flatMap((one) => one.lines.map((line) => line.productNumber)))
  const customers = entity === 'customers' ? [] : values('customer')
  const quotes = entity === 'salesOrders' ? values('quoteNumber') : []
  // An order's title is made of its number.
  const own = entity === 'salesOrders' ? 'number' : recordBy
  const found: Found[] = []
  for (const [wanted, ask] of [
    [values('haloId'), (all: string[]) => sheets.find(entity, 'haloId', all)],
    [keys, (all: string[]) => sheets.find(entity, own, all)],
    [customers, (all: string[]) => findReferences(sheets, 'customers', customerKeys[customerBy], all)],
    [skus, (all: string[]) => findReferences(sheets, 'products', numberFirst, all)],
    [quotes, (all: string[]) => findReferences(sheets, 'quotes', numberFirst, all)],
  ] as const) {
    const answer = wanted.length === 0 ? ok(none) : await ask(wanted)
    if (!answer.ok) return answer
    found.push(answer.value)
  }
  const groups = await listOf(destination, 'groups', entity === 'products' ? values('group') : [])
  if (!groups.ok) return groups
  const taxes = await listOf(destination, 'tax', entity === 'products' ? values('tax') : [])
  if (!taxes.ok) return taxes
  const [byId = none, byKey = none, ofCustomers = none, products = none, ofQuotes = none] = found
  return ok({
    ...{ byId, byKey, products, customers: ofCustomers, quotes: ofQuotes },
    ...{ groups: groups.value, taxes: taxes.value },
  })
}

async function listOf(
  { choices }: Asking,
  kind: 'groups' | 'tax',
  wanted: readonly string[],
): Promise<Result<IdsOf>> {
  const list = wanted.length === 0 ? ok([]) : await choices(kind)
  return list.ok ? ok(idsInList(list.value)) : list
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

type Note = (field: string, code: Problem['code'], value: unknown, rows?: readonly number[]) => null

function resolveOne(choices: ImportChoices, source: SheetRecord, around: Around, names: Names): Resolved {
  const { values } = source
  const problems: Problem[] = []
  // What a record says may stand in several of its rows, and is put right in all of them at once.
  const note: Note = (field, code, value, rows = rowsSaying(source, field)) => {
    for (const row of rows) problems.push(problem(row, field, code, String(value ?? '')))
    return null
  }
  const customer = customerOf(choices, source, around, note)
  const quoteOf = choices.plan.entity === 'salesOrders' ? values.quoteNumber : null
  const quote = oneOf(around.quotes.get(plain(quoteOf)), quoteOf)
  if (quote === 'none') note('quoteNumber', 'unknown-quote', quoteOf)
  if (quote === 'several') note('quoteNumber', 'several-quotes', quoteOf)
  const group = oneOf(around.groups(values.group), values.group)
  if (group === 'none') note('group', 'unknown-group', values.group)
  if (group === 'several') note('group', 'several-groups', values.group)
  const taxes = around.taxes(values.tax)
  if (plain(values.tax) !== '' && taxes.length === 0) note('tax', 'unknown-tax', values.tax)
  const refs: SheetReferences = {
    customer: customer === null ? null : names.of('customers', customer),
    products: productsOf(source, around, names, note),
    quote: typeof quote === 'number' ? names.of('quotes', quote) : null,
    group: typeof group === 'number' ? group : null,
    tax: taxes[0] ?? null,
  }
  return { source, haloId: recordOf(choices, source, around, note), refs, problems }
}

/** The one id that a value stands for; null for an empty one. */
function oneOf(ids: readonly number[] | undefined, value: unknown): number | 'none' | 'several' | null {
  if (plain(value) === '') return null
  return (ids?.length ?? 0) > 1 ? 'several' : (ids?.[0] ?? 'none')
}

/** Of several products with one number the oldest: a line of the past needs no more. */
function productsOf(
  { lines, rows }: SheetRecord,
  { products: found }: Around,
  names: Names,
  note: Note,
): SheetReferences['products'] {
  const products = new Map<string, number>()
  for (const [at, { productNumber }] of lines.entries()) {
    const sku = plain(productNumber)
    if (sku === '') continue
    const ids = found.get(sku) ?? []
    const row = rows.slice(at, at + 1)
    if (ids.length === 0) note('productNumber', 'unknown-product', productNumber, row)
    else products.set(sku, names.of('products', Math.min(...ids)))
    if (ids.length > 1) note('productNumber', 'several-products', productNumber, row)
  }
  return products
}

function customerOf(
  { plan }: ImportChoices,
  { values }: SheetRecord,
  { customers }: Around,
  note: Note,
): number | null {
  if (plan.entity !== 'quotes' && plan.entity !== 'salesOrders') return null
  const found = oneOf(customers.get(plain(values.customer)), values.customer)
  if (found === 'several') return note('customer', 'several-customers', values.customer)
  return found === 'none' ? note('customer', 'unknown-customer', values.customer) : found
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
  const found = oneOf(around.byKey.get(plain(values[field])), values[field])
  if (found === 'several') return note(field, 'several-records', values[field])
  return found === 'none' ? null : found
}
