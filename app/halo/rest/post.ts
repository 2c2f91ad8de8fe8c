import { ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import { type HaloObject, idOf, readPosted } from './answers.ts'
import type { Context, Plan, Writer } from './context.ts'
import { makeNeeds } from './people.ts'

type Posted = { readonly answer: HaloObject | null; readonly haloId: number }

/**
 * Posts one chunk: what its records need, the records, and what belongs to them. Answers Halo's keys by Commerce id. Halo answers a POST with all records,
 * with the first alone, or in another order: each is told by its Commerce id, by its key, or by its place; what is not told of is looked up.
 */
export async function postPlans<E extends Entity>(
  context: Context,
  writer: Writer<E>,
  chunk: readonly { readonly plan: Plan; readonly record: HaloRecord[E] }[],
): Promise<Result<ReadonlyMap<number, number>>> {
  const needed = await makeNeeds(
    context,
    chunk.flatMap(({ plan }) => plan.needs),
  )
  if (!needed.ok) return needed
  const bodies = chunk.map(({ plan }) => plan.body())
  const sent = chunk.flatMap((one, at) => (bodies[at] ? [{ ...one, body: bodies[at] }] : []))
  const found = new Map<number, Posted>()
  for (const { plan } of chunk)
    if (plan.haloId !== null) found.set(plan.commerceId, { answer: null, haloId: plan.haloId })
  if (sent.length > 0) {
    // Only what replaces itself may be sent twice; a new record would be there twice.
    const isSafe = sent.every(({ plan, body }) => plan.haloId !== null && !hasNewLines(body))
    const answer = await context.api.post(
      writer.path,
      sent.map((one) => one.body),
      { isSafe },
    )
    if (!answer.ok) return answer
    match(
      writer,
      sent.map((one) => one.plan),
      readPosted(answer.value),
      found,
    )
    const located = await locateRest(context, writer, sent, found)
    if (!located.ok) return located
  }
  if (writer.finish) {
    const whole = chunk.flatMap(({ plan }) => {
      const one = found.get(plan.commerceId)
      return one ? [[plan.commerceId, { plan, ...one }] as const] : []
    })
    const finished = await writer.finish(context, new Map(whole))
    if (!finished.ok) return finished
  }
  return ok(new Map([...found].map(([commerceId, { haloId }]) => [commerceId, haloId])))
}

const hasNewLines = (body: HaloObject): boolean =>
  Array.isArray(body.lines) && body.lines.some((line: HaloObject) => idOf(line) === null)

function match<E extends Entity>(
  writer: Writer<E>,
  plans: readonly Plan[],
  answers: readonly HaloObject[],
  found: Map<number, Posted>,
): void {
  const isWhole = answers.length === plans.length
  const byKey = new Map(plans.map((plan) => [plan.commerceId, plan]))
  const byHaloId = new Map(
    plans.flatMap((plan) => (plan.haloId === null ? [] : [[plan.haloId, plan] as const])),
  )
  for (const [at, answer] of answers.entries()) {
    const haloId = idOf(answer)
    if (haloId === null) continue
    const key = writer.keyOf(answer)
    const plan =
      byHaloId.get(haloId) ??
      (key === null ? undefined : byKey.get(key)) ??
      (isWhole && key === null ? plans[at] : undefined)
    if (plan) found.set(plan.commerceId, { answer, haloId })
  }
}

/** Halo answered for some alone. Where only lists can tell, the next POSTs have one record each: that is cheaper than walking a list each time. */
async function locateRest<E extends Entity>(
  context: Context,
  writer: Writer<E>,
  sent: readonly { readonly plan: Plan; readonly record: HaloRecord[E] }[],
  found: Map<number, Posted>,
): Promise<Result<null>> {
  const open = sent.filter(({ plan }) => !found.has(plan.commerceId))
  if (open.length === 0) return ok(null)
  context.finder.forget()
  if (context.finder.way === 'lists') {
    context.memory.largestBatch = 1
    context.memory.batchSize = 1
  }
  const located = await writer.locate(
    context,
    open.map((one) => one.record),
  )
  if (!located.ok) return located
  for (const [commerceId, haloId] of located.value) found.set(commerceId, { answer: null, haloId })
  return ok(null)
}
