import { ok, type Result } from '../../model/fault.ts'
import { type HaloObject, idOf, readPosted, wholeOf } from './answers.ts'
import type { Context, Plan } from './context.ts'
import type { CustomerParts, CustomerPlan } from './customers.ts'

type Written = { readonly plan: Plan; readonly answer: HaloObject | null; readonly haloId: number }
type Placed = {
  readonly parts: CustomerParts
  readonly clientId: number
  siteId: number | null
  readonly isNew: boolean
}

/**
 * Posts what belongs to clients that have their keys now: sites and addresses that changed, then contacts, each in one POST for the whole chunk. When Halo
 * refuses one, the chunk is planned again: what was made by then is found, and only the rest is posted.
 */
export async function finishCustomers(
  context: Context,
  written: ReadonlyMap<number, Written>,
): Promise<Result<null>> {
  const placed = [...written.values()].map(({ plan, answer, haloId }): Placed => {
    const { parts } = plan as CustomerPlan
    const siteId = parts.siteId ?? (answer ? wholeOf(answer.main_site_id) : null)
    return { parts, clientId: haloId, siteId, isNew: plan.haloId === null }
  })
  const found = await findSites(context, placed)
  if (!found.ok) return found
  const sited = await postSites(context, placed)
  return sited.ok ? postPeople(context, placed) : sited
}

/** New clients have a site by now, but not every answer names it. */
async function findSites(context: Context, placed: readonly Placed[]): Promise<Result<null>> {
  const open = placed.filter((one) => one.siteId === null && one.isNew)
  if (open.length === 0) return ok(null)
  const people = await context.finder.people(open.map((one) => one.clientId))
  if (!people.ok) return people
  const sites = people.value.sites.toSorted((a, b) => a.id - b.id)
  for (const one of open) one.siteId = sites.find((site) => site.clientId === one.clientId)?.id ?? null
  return ok(null)
}

async function postSites(context: Context, placed: readonly Placed[]): Promise<Result<null>> {
  const changed = placed.filter((one) => (one.siteId === null ? true : !one.isNew && one.parts.site !== null))
  if (changed.length === 0) return ok(null)
  const bodies = changed.map(({ parts, siteId, clientId }) => ({
    // Without the flag Halo takes the form of another screen and ignores what is in this one (apis.md §2.2).
    issitedetails: true,
    client_id: clientId,
    ...(siteId === null ? { name: 'Main' } : { id: siteId }),
    ...parts.site,
  }))
  const answer = await context.api.post('/Site', bodies, {
    isSafe: changed.every((one) => one.siteId !== null),
  })
  if (!answer.ok) return answer
  const made = readPosted(answer.value)
  for (const [at, one] of changed.entries()) {
    const own =
      made.find((row) => wholeOf(row.client_id) === one.clientId) ??
      (made.length === changed.length ? made[at] : undefined)
    one.siteId ??= own ? idOf(own) : null
  }
  return ok(null)
}

async function postPeople(context: Context, placed: readonly Placed[]): Promise<Result<null>> {
  const bodies = placed.flatMap(({ parts, clientId, siteId }) =>
    parts.people.flatMap(({ person, set }) => {
      if (Object.keys(set).length === 0) return []
      return [person ? { id: person.id, ...set } : { site_id: siteId, client_id: clientId, ...set }]
    }),
  )
  if (bodies.length === 0) return ok(null)
  const isSafe = bodies.every((body) => 'id' in body)
  const answer = await context.api.post('/Users', bodies, { isSafe })
  return answer.ok ? ok(null) : answer
}
