import { fail, fault, ok, type Result } from '../../model/fault.ts'
import type { Owner } from '../destination.ts'
import { normalUrl } from '../sql/owner.ts'
import { idOf, readList, readPosted, textOf } from './answers.ts'
import type { HaloApi } from './api.ts'

/** The /DattoCommerceDetails record of an instance, made when missing: disabled and without a key, so that Halo's own integration stays asleep. */
export async function findOrMakeOwner(
  api: HaloApi,
  instanceUrl: string,
  mode: 'write' | 'preview',
): Promise<Result<Owner>> {
  const wanted = normalUrl(instanceUrl)
  if (wanted === '') return fail(fault('url-invalid', { facts: { url: instanceUrl } }))
  const known = await find(api, wanted)
  if (!known.ok) return known
  if (known.value !== null) return ok({ haloTenantId: known.value })
  if (mode === 'preview') return ok({ haloTenantId: -1 })
  const answer = await api.post('/DattoCommerceDetails', [
    { url: instanceUrl.trim(), halointegratorenabled: false },
  ])
  const made = answer.ok ? (readPosted(answer.value).map(idOf)[0] ?? null) : null
  if (made !== null) return ok({ haloTenantId: made })
  // The answer was lost or says nothing: it may be there all the same.
  const again = await find(api, wanted)
  if (again.ok && again.value !== null) return ok({ haloTenantId: again.value })
  return answer.ok ? fail(fault('halo-error', { raw: 'The new connection has no key.' })) : answer
}

async function find(api: HaloApi, wanted: string): Promise<Result<number | null>> {
  const listed = await api.get('/DattoCommerceDetails')
  if (!listed.ok) return listed
  const { rows } = readList(listed.value)
  const own = rows.filter((row) => normalUrl(textOf(row.url)) === wanted).flatMap((row) => idOf(row) ?? [])
  return ok(own.length === 0 ? null : Math.min(...own))
}
