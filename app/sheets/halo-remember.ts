import type { Destination, SheetFinder } from '../halo/destination.ts'
import { ok } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import type { Entity } from '../model/tenant.ts'
import type { ImportAsked } from '../store/import-asked.ts'
import { plain } from './references.ts'
import type { Asking } from './resolve.ts'

/** A person corrects rows for a while; what Halo said about the others still holds. */
const freshMs = 15 * 60_000

/**
 * Asks Halo for each value once: what it answered about customers, products and quotes that rows name is kept in the import's file for a
 * quarter of an hour. Numbers of the records themselves come once each, so they are asked every time.
 */
export function remembering(
  destination: Pick<Destination, 'choices'>,
  finder: Pick<SheetFinder, 'find'>,
  asked: ImportAsked,
  own: Entity,
  clock: Clock,
): Asking {
  const find: SheetFinder['find'] = async (entity, by, values) => {
    if (entity === own) return finder.find(entity, by, values)
    const what = `${entity} ${by}`
    const wanted = [...new Set(values.map(plain))]
    const known = asked.known(what, wanted, clock.now() - freshMs)
    const open = wanted.filter((value) => !known.has(value))
    if (open.length > 0) {
      const answer = await finder.find(entity, by, open)
      if (!answer.ok) return answer
      const found = new Map(open.map((value) => [value, answer.value.get(value) ?? []]))
      asked.keep(what, found, clock.now())
      for (const [value, ids] of found) known.set(value, ids)
    }
    return ok(new Map([...known].filter(([, ids]) => ids.length > 0)))
  }
  return { choices: (kind) => destination.choices(kind), sheets: { find } }
}
