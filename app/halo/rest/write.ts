import { type Fault, type FaultCode, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Known, WriteOutcome } from '../destination.ts'
import type { Context, Plan, Writer } from './context.ts'
import { besideOf } from './plan.ts'
import { postPlans } from './post.ts'

/** A body larger than this goes in two: the common limit of a web server is 28 MB, but what Halo reads in seconds is far less. */
const mostBytes = 1_000_000

type One<E extends Entity> = { readonly known: Known<HaloRecord[E]>; readonly plan: Plan }
/** The first plan of each record: when a batch is planned again after trouble, it still says what the write came to. */
type First = Map<number, Plan>

/**
 * Writes a batch by POSTs of some twenty records. Halo takes or refuses a POST as a whole, and may have done part of it when it refuses: after trouble,
 * what Halo has by now is read again before anything is sent again, and a refused batch is halved until the record is found. A fault of the answer is
 * the whole batch's; what was written before stays, and is found by its Commerce id.
 */
export async function writeBatch<E extends Entity>(
  context: Context,
  writer: Writer<E>,
  batch: readonly Known<HaloRecord[E]>[],
): Promise<Result<WriteOutcome[]>> {
  const outcomes: WriteOutcome[] = []
  for (const part of withoutRepeats(batch)) {
    const written = await writePart(context, writer, part, new Map(), 0)
    if (!written.ok) return written
    const byId = new Map(written.value.map((one) => [one.commerceId, one]))
    for (const { record } of part) {
      const one = byId.get(record.commerceId)
      if (one) outcomes.push(one)
    }
  }
  return ok(outcomes)
}

/** Parts in which each Commerce id occurs once: a record that comes twice must find what its first coming made. */
function withoutRepeats<R extends { readonly commerceId: number }>(batch: readonly Known<R>[]): Known<R>[][] {
  const parts: Known<R>[][] = []
  let seen = new Set<number>()
  for (const known of batch) {
    const part = parts.at(-1)
    if (!part || seen.has(known.record.commerceId)) {
      parts.push([known])
      seen = new Set()
    } else part.push(known)
    seen.add(known.record.commerceId)
  }
  return parts
}

async function writePart<E extends Entity>(
  context: Context,
  writer: Writer<E>,
  part: readonly Known<HaloRecord[E]>[],
  first: First,
  losses: number,
): Promise<Result<WriteOutcome[]>> {
  const planned = await writer.plan(context, part)
  if (!planned.ok) return planned
  const outcomes: WriteOutcome[] = []
  const todo: One<E>[] = []
  for (const [at, plan] of planned.value.entries()) {
    if (!first.has(plan.commerceId)) first.set(plan.commerceId, plan)
    const isDone = plan.fault !== null || plan.kind === 'unchanged' || context.isPreview
    if (!isDone) todo.push({ known: part[at] as Known<HaloRecord[E]>, plan })
    else outcomes.push(settled(context, plan, first))
  }
  for (let from = 0; from < todo.length; ) {
    const chunk = chunkOf(writer, todo, from, context.memory.batchSize)
    from += chunk.length
    const written = await writeChunk(context, writer, chunk, first, losses)
    if (!written.ok) return written
    const outage = outageOf(written.value)
    if (outage) return fail(outage)
    outcomes.push(...written.value)
    adaptSize(context, written.value)
  }
  return ok(outcomes)
}

/** The outcome of a record of which nothing is posted. */
function settled(context: Context, plan: Plan, first: First): WriteOutcome {
  if (plan.fault) return failed(plan.commerceId, plan.fault)
  if (context.isPreview || plan.kind === 'unchanged') plan.keep(plan.haloId)
  return outcomeOf(plan, plan.haloId, first, context.isPreview)
}

/** A new record that Commerce does not know has no sign of its own in Halo: only a POST of its own tells which it became. */
const isToldByPlace = (plan: Plan): boolean => plan.haloId === null && plan.commerceId < 0

/** As many records as go in one POST: by number, by size, and one that stands alone by itself. */
function chunkOf<E extends Entity>(
  writer: Writer<E>,
  todo: readonly One<E>[],
  from: number,
  size: number,
): One<E>[] {
  const chunk: One<E>[] = []
  let bytes = 0
  for (const one of todo.slice(from, from + size)) {
    const isAlone = isToldByPlace(one.plan) || (writer.isAlone?.(one.known.record) ?? false)
    // The record is about as long as what is posted of it; the needs of the body are not there yet.
    bytes += JSON.stringify(one.known.record).length
    if (chunk.length > 0 && (isAlone || bytes > mostBytes)) break
    chunk.push(one)
    if (isAlone) break
  }
  return chunk
}

/** So many in a row are no bad records. */
const outageRecords = 15

/** A Halo that has an error of its own for every record of a large batch has it for all: the run ends, instead of failing thousands. */
function outageOf(outcomes: readonly WriteOutcome[]): Fault | null {
  const [first] = outcomes
  const isAll = outcomes.length >= outageRecords && outcomes.every((one) => one.fault?.code === 'halo-error')
  return isAll ? (first?.fault ?? null) : null
}

/** Where most records are refused, halving costs more than asking for each; where all is well again, batches grow. */
function adaptSize({ memory }: Context, outcomes: readonly WriteOutcome[]): void {
  const refused = outcomes.filter((one) => one.kind === 'failed').length
  if (refused * 2 > outcomes.length) memory.batchSize = 1
  else if (refused === 0) memory.batchSize = Math.min(memory.largestBatch, memory.batchSize * 2)
}

async function writeChunk<E extends Entity>(
  context: Context,
  writer: Writer<E>,
  chunk: readonly One<E>[],
  first: First,
  losses: number,
): Promise<Result<WriteOutcome[]>> {
  const posted = await postPlans(
    context,
    writer,
    chunk.map((one) => ({ plan: one.plan, record: one.known.record })),
  )
  if (posted.ok) {
    return ok(
      chunk.map(({ plan }) => {
        const haloId = posted.value.get(plan.commerceId) ?? null
        if (haloId === null) return failed(plan.commerceId, unanswered(plan))
        plan.keep(haloId)
        return outcomeOf(plan, haloId, first, false)
      }),
    )
  }
  return recover(context, writer, { chunk, first, losses, trouble: posted.fault })
}

type Trouble<E extends Entity> = {
  readonly chunk: readonly One<E>[]
  readonly first: First
  readonly losses: number
  readonly trouble: Fault
}

/** After a POST that did not go well: what Halo has by now is read again before anything is sent again. */
async function recover<E extends Entity>(
  context: Context,
  writer: Writer<E>,
  { chunk, first, losses, trouble }: Trouble<E>,
): Promise<Result<WriteOutcome[]>> {
  forgetAll(context, chunk)
  const known = chunk.map((one) => one.known)
  if (isLost(trouble)) {
    // Nobody knows whether Halo did it: looked up first, then sent once more. What cannot be looked up is not.
    const isEnough = losses > 0 || chunk.some((one) => isToldByPlace(one.plan))
    return isEnough ? fail(trouble) : writePart(context, writer, known, first, losses + 1)
  }
  if (!isOneRecords(trouble)) return fail(trouble)
  const [only] = chunk
  if (chunk.length === 1 && only) {
    const { commerceId, label } = only.plan
    return ok([failed(commerceId, { ...trouble, facts: { label, ...trouble.facts } })])
  }
  const middle = Math.ceil(known.length / 2)
  const outcomes: WriteOutcome[] = []
  for (const half of [known.slice(0, middle), known.slice(middle)]) {
    const written = await writePart(context, writer, half, first, losses)
    if (!written.ok) return written
    outcomes.push(...written.value)
  }
  return ok(outcomes)
}

/** Remembered clients may have got contacts that were not answered for. */
function forgetAll<E extends Entity>({ finder, memory }: Context, chunk: readonly One<E>[]): void {
  finder.forget()
  for (const { known } of chunk) {
    const { record } = known
    memory.clients.delete('customerCommerceId' in record ? record.customerCommerceId : record.commerceId)
  }
}

const lostCodes: readonly FaultCode[] = [
  'timeout',
  'connection-lost',
  'halo-unreachable',
  'json-broken',
  'halo-deadlock',
]
/** The answer did not come: Halo may have done all, part or nothing. */
const isLost = (found: Fault): boolean => lostCodes.includes(found.code)

const recordCodes: readonly FaultCode[] = [
  'halo-value-too-long',
  'halo-value-refused',
  'halo-reference-missing',
  'halo-field-mandatory',
  'halo-too-big',
  'halo-refused',
  'halo-error',
]
/** Trouble with what was sent, so with one of the records. */
const isOneRecords = (found: Fault): boolean => recordCodes.includes(found.code)

const unanswered = (plan: Plan): Fault =>
  fault('halo-refused', { facts: { label: plan.label }, raw: 'The answer does not tell which record it is.' })

const failed = (commerceId: number, trouble: Fault): WriteOutcome => ({
  commerceId,
  kind: 'failed',
  haloId: null,
  fault: trouble,
  notes: [],
  changes: [],
})

function outcomeOf(plan: Plan, haloId: number | null, firsts: First, isPreview: boolean): WriteOutcome {
  const first = firsts.get(plan.commerceId) ?? plan
  const { kind } = first.fault ? plan : first
  const beside = kind === 'created' && !isPreview ? besideOf(first) : []
  return {
    commerceId: plan.commerceId,
    kind,
    haloId,
    fault: null,
    notes: plan.notes,
    changes: kind === 'updated' || (kind === 'created' && isPreview) ? first.changes : [],
    ...(beside.length > 0 && { beside }),
  }
}
