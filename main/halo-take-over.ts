import { type HaloMeans, openHalo } from '../app/halo/open.ts'
import { ok, type Result } from '../app/model/fault.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'
import type { HaloConnection } from '../app/model/take-over.ts'

/**
 * What Halo's own integration in this Halo is set to, asked now; nothing where a Halo cannot tell. Opened and closed for this one question.
 * `categoryIds`: Commerce's categories as far as known. Faults: those of openHalo.
 */
export async function haloTakeOver(
  target: HaloTarget,
  means: HaloMeans,
  categoryIds: readonly number[],
): Promise<Result<readonly HaloConnection[]>> {
  const opened = await openHalo(target, means)
  if (!opened.ok) return opened
  const halo = opened.value
  try {
    return halo.takeOver ? await halo.takeOver(categoryIds) : ok([])
  } finally {
    await halo.close()
  }
}
