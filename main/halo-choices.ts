import type { HaloChoice } from '../app/halo/destination.ts'
import { openHalo } from '../app/halo/open.ts'
import { ok, type Result } from '../app/model/fault.ts'
import type { Clock } from '../app/model/ports.ts'
import type { HaloTarget } from '../app/model/tenant.ts'

/** What a mapping can point to in a Halo. `customFields`: columns of its clients ("CFregion"). */
export type HaloChoices = {
  readonly groups: readonly HaloChoice[]
  readonly quoteStatus: readonly HaloChoice[]
  readonly orderStatus: readonly HaloChoice[]
  readonly customFields: readonly string[]
}

/** Asks a Halo what can be chosen from. Opened and closed for this one question, so that no file is held. Faults: those of openHalo. */
export async function haloChoices(target: HaloTarget, clock: Clock): Promise<Result<HaloChoices>> {
  const opened = await openHalo(target, { clock })
  if (!opened.ok) return opened
  const halo = opened.value
  try {
    const groups = await halo.choices('groups')
    if (!groups.ok) return groups
    const quoteStatus = await halo.choices('quoteStatus')
    if (!quoteStatus.ok) return quoteStatus
    const orderStatus = await halo.choices('orderStatus')
    if (!orderStatus.ok) return orderStatus
    const probe = await halo.probe()
    if (!probe.ok) return probe
    return ok({
      groups: groups.value,
      quoteStatus: quoteStatus.value,
      orderStatus: orderStatus.value,
      customFields: probe.value.customFields,
    })
  } finally {
    await halo.close()
  }
}
