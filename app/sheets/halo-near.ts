import { setImmediate as turn } from 'node:timers/promises'
import type { Destination, SheetFinder, SheetKey } from '../halo/destination.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { ImportChoices } from '../model/sheet/choices.ts'
import type { HaloProblemCode } from '../model/sheet/halo-problems.ts'
import { type NearFinder, nearFinder } from '../model/sheet/near.ts'
import type { Entity } from '../model/tenant.ts'
import type { ImportAsked } from '../store/import-asked.ts'
import type { RowRange } from '../store/import-problems.ts'

export type NearWork = {
  readonly asked: ImportAsked
  readonly choices: ImportChoices
  readonly destination: Pick<Destination, 'choices'>
  readonly signal?: AbortSignal
}

/** Unknown values of one kind that names are looked for, the most frequent first: more of them are no slips of the pen. */
const mostValues = 200

const places: readonly { readonly code: HaloProblemCode; readonly entity: Entity }[] = [
  { code: 'unknown-customer', entity: 'customers' },
  { code: 'unknown-product', entity: 'products' },
  { code: 'unknown-quote', entity: 'quotes' },
]
const lists = [
  { code: 'unknown-group', kind: 'groups' },
  { code: 'unknown-tax', kind: 'tax' },
  { code: 'unknown-currency', kind: 'currency' },
] as const

/** Looks for what Halo has that reads like the values that it does not know, and keeps it beside them. */
export async function findNear(
  { asked, choices, destination, signal }: NearWork,
  finder: Pick<SheetFinder, 'names'>,
  changed?: readonly RowRange[],
): Promise<Fault | null> {
  for (const { code, entity } of places) {
    const values = unknownOf(asked, code, changed)
    if (values.length === 0) continue
    const near = nearFinder(values)
    const by = keyOf(entity, choices)
    const told = await finder.names(entity, by, async (names) => {
      for (let at = 0; at < names.length && !signal?.aborted; at += turnNames) {
        near.add(names.slice(at, at + turnNames))
        await turn()
      }
    })
    if (!told.ok) return told.fault
    if (signal?.aborted) return fault('cancelled')
    keep(asked, code, near)
  }
  for (const { code, kind } of lists) {
    const values = unknownOf(asked, code, changed)
    const list = values.length === 0 ? null : await destination.choices(kind)
    if (list && !list.ok) return list.fault
    const near = nearFinder(values)
    near.add(list?.value.map(({ name }) => name) ?? [])
    keep(asked, code, near)
  }
  return null
}

/** Names compared before others get their turn. */
const turnNames = 500

/** `changed`: of these rows alone. */
function unknownOf(
  asked: ImportAsked,
  code: HaloProblemCode,
  changed?: readonly RowRange[],
): readonly string[] {
  if (!changed) return asked.unknown(code, mostValues)
  return [...new Set(changed.flatMap((range) => asked.unknown(code, mostValues, range)))].slice(0, mostValues)
}

/** What stands in the column: names of customers unless they are told by their numbers. */
const keyOf = (entity: Entity, { customerBy }: ImportChoices): Exclude<SheetKey, 'haloId'> =>
  entity === 'customers' && customerBy !== 'number' ? 'name' : 'number'

function keep(asked: ImportAsked, code: HaloProblemCode, near: NearFinder): void {
  for (const [value, names] of near.found()) asked.keepNear(code, value, names)
}
