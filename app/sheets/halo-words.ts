import type { Destination, HaloChoice } from '../halo/destination.ts'
import { ok, type Result } from '../model/fault.ts'
import { rowsSaying, type SheetPlan, type SheetRecord } from '../model/sheet/check.ts'
import { sheetField } from '../model/sheet/fields.ts'
import type { HaloProblemCode } from '../model/sheet/halo-problems.ts'
import { type Problem, problem } from '../model/sheet/problems.ts'
import type { Tenant } from '../model/tenant.ts'
import { plain } from './references.ts'

type WordsOf = (record: SheetRecord) => readonly Problem[]

/**
 * What is to be said of a record's status, tax rates and currency, by what Halo has of these. Only lists that a column of the sheet needs
 * are asked for; where a list is empty, or that of taxes or currencies may not be seen, nothing is said.
 */
export async function haloWords(
  { choices }: Pick<Destination, 'choices'>,
  plan: SheetPlan,
  tenant: Tenant,
): Promise<Result<WordsOf>> {
  const isUsed = (field: string): boolean =>
    plan.columns[field] !== undefined || plan.constants[field] !== undefined
  const lists = new Map<string, readonly HaloChoice[]>()
  for (const [field, kind] of [
    ['status', plan.entity === 'quotes' ? 'quoteStatus' : 'orderStatus'],
    ['taxRate', 'tax'],
    ['currency', 'currency'],
  ] as const) {
    const list = isUsed(field) ? await choices(kind) : ok([])
    // An agent may not be allowed to see taxes or currencies; a Halo that is down is told by what follows.
    if (!list.ok && field === 'status') return list
    lists.set(field, list.ok ? list.value : [])
  }
  const statusOf = statusWords(plan, tenant, lists.get('status') ?? [])
  const rates = rateWords(lists.get('taxRate') ?? [])
  const currency = currencyWords(lists.get('currency') ?? [])
  return ok((record) => [...statusOf(record), ...rates(record), ...currency(record)])
}

/** A status goes to Halo by the tenant's mapping, so it is that which may be wrong. */
function statusWords({ entity }: SheetPlan, { mapping }: Tenant, list: readonly HaloChoice[]): WordsOf {
  const map = entity === 'quotes' ? mapping.quoteStatus : mapping.orderStatus
  const field = sheetField(entity, 'status')
  return (record) => {
    const { values } = record
    const status = values.status ?? null
    if (status === null || typeof status === 'boolean') return []
    const word = field?.choices.find((one) => one.value === status)?.word ?? String(status)
    const tell = (code: HaloProblemCode, all: readonly number[]) =>
      all.map((one) => problem(one, 'status', code, word))
    const key = String(status)
    if (!Object.hasOwn(map, key)) return tell('status-unmapped', rowsSaying(record, 'status').slice(0, 1))
    const id = map[key] ?? null
    return id === null || list.length === 0 || list.some((one) => one.id === id)
      ? []
      : tell('unknown-status', rowsSaying(record, 'status'))
  }
}

function rateWords(list: readonly HaloChoice[]): WordsOf {
  const rates = new Set(list.flatMap(({ rate }) => rate ?? []))
  if (rates.size === 0) return () => []
  return ({ lines, rows }) =>
    lines.flatMap(({ taxRate }, at) =>
      typeof taxRate !== 'number' || taxRate === 0 || rates.has(taxRate)
        ? []
        : [problem(rows[at] ?? 0, 'taxRate', 'unknown-rate', String(taxRate))],
    )
}

function currencyWords(list: readonly HaloChoice[]): WordsOf {
  const codes = new Set(list.map(({ name }) => plain(name)))
  if (codes.size === 0) return () => []
  return ({ values, row }) =>
    plain(values.currency) === '' || codes.has(plain(values.currency))
      ? []
      : [problem(row, 'currency', 'unknown-currency', String(values.currency))]
}
