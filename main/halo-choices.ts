import type { Destination, HaloChoice } from '../app/halo/destination.ts'
import { type HaloMeans, openHalo } from '../app/halo/open.ts'
import { ok, type Result } from '../app/model/fault.ts'
import type { HaloClientField } from '../app/model/halo-fields.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'

/** What a mapping can point to in a Halo. `clientFields`: the custom fields of its clients. */
export type HaloChoices = {
  readonly groups: readonly HaloChoice[]
  readonly quoteStatus: readonly HaloChoice[]
  readonly orderStatus: readonly HaloChoice[]
  readonly clientFields: readonly HaloClientField[]
}

/** Asks a Halo what can be chosen from. Opened and closed for this one question, so that no file is held. Faults: those of openHalo. */
export async function haloChoices(target: HaloTarget, means: HaloMeans): Promise<Result<HaloChoices>> {
  const opened = await openHalo(target, means)
  if (!opened.ok) return opened
  const halo = opened.value
  try {
    const groups = await halo.choices('groups')
    if (!groups.ok) return groups
    const quoteStatus = await halo.choices('quoteStatus')
    if (!quoteStatus.ok) return quoteStatus
    const orderStatus = await halo.choices('orderStatus')
    if (!orderStatus.ok) return orderStatus
    const clientFields = await clientFieldsOf(halo)
    if (!clientFields.ok) return clientFields
    return ok({
      groups: groups.value,
      quoteStatus: quoteStatus.value,
      orderStatus: orderStatus.value,
      clientFields: clientFields.value,
    })
  } finally {
    await halo.close()
  }
}

/** A Halo that tells no types has custom fields that take text. */
async function clientFieldsOf(halo: Destination): Promise<Result<readonly HaloClientField[]>> {
  if (halo.clientFields) return halo.clientFields()
  const probe = await halo.probe()
  if (!probe.ok) return probe
  return ok(
    probe.value.customFields.map((column) => ({
      column,
      label: column,
      type: 'text' as const,
      maxLength: null,
      isMandatory: false,
    })),
  )
}
