import type { WriteOutcome } from '../halo/destination.ts'
import type { Made } from '../halo/undo.ts'
import type { Fault } from '../model/fault.ts'
import type { HaloRecord } from '../model/halo.ts'
import { shapeRecord } from '../model/sheet/to-record.ts'
import type { Entity } from '../model/tenant.ts'
import type { ImportWork } from './import.ts'
import type { Resolved, ResolvedBatch } from './resolve.ts'

/** A record of a sheet that Halo has just made. */
export type JustMade = {
  readonly one: Resolved
  readonly written: Pick<WriteOutcome, 'haloId' | 'beside'>
}

/**
 * Notes, with the first records that an import creates, what Halo puts into fields that are left open, and the mapping of the moment: an undo
 * tells by them whether somebody has touched a record since. Answers a fault of Halo, or null.
 */
export async function noteAsWritten(
  { undone, destination, tenant, owner, choices }: ImportWork,
  just: readonly JustMade[],
  refs: ResolvedBatch['refs'],
): Promise<Fault | null> {
  const undo = destination.sheets?.undo
  if (!undone || !undo || just.length === 0 || undone.asWritten() !== null) return null
  const { entity } = choices.plan
  const { mapping } = tenant
  const made = just.map(
    ({ one, written }): Made<HaloRecord[Entity]> => ({
      record: shapeRecord(entity, one.source, one.refs, tenant).record,
      haloId: written.haloId ?? 0,
      beside: written.beside ?? [],
    }),
  )
  const own = await undo.ownValues(entity, made, { owner, refs, defaultGroup: mapping.defaultGroup })
  if (!own.ok) return own.fault
  undone.setAsWritten({ own: own.value, mapping })
  return null
}
