import {
  type DeliveryCharge,
  isPart,
  linesOfOrder,
  type OfferedLine,
  shownTotals,
  totalsOfOrder,
  type WantedLine,
} from '../../../app/model/new-order.ts'
import type { ByPeriod } from '../../../app/model/totals.ts'
import type { Answers, api } from '../../api.ts'

type Ok<T> = Extract<T, { ok: true }> extends { value: infer V } ? V : never
export type OrderStart = Ok<Answers['orderActions']['start']>
type OrderInput = Parameters<typeof api.orderActions.make.mutate>[0]['order']

/** What is decided about a line. `isTaken` null: an optional line about which nobody has been asked yet. `quantity`: as typed. */
export type Choice = { readonly isTaken: boolean | null; readonly quantity: string }

/** An order before it is made, as the dialog has it. */
export type OrderDraft = {
  readonly title: string
  readonly reference: string
  readonly note: string
  /** A day: 2026-05-31. */
  readonly day: string
  readonly statusId: number | null
  readonly hasDelivery: boolean
  /** The quote has an order already, and is to have another one. */
  readonly isAnother: boolean
  readonly choices: ReadonlyMap<number, Choice>
}

/** Everything that counts is taken, everything optional is a question. */
export function firstDraft({ offer, delivery, statusId }: OrderStart, day: string): OrderDraft {
  const lines = offer.lines.filter(({ kind }) => kind === 'line')
  return {
    ...{ title: offer.title, reference: offer.reference, note: '', day, statusId, isAnother: false },
    hasDelivery: delivery !== null,
    choices: new Map(
      lines.map((line) => [line.id, { isTaken: firstAnswer(line), quantity: String(line.quantity) }]),
    ),
  }
}

const canBeOrdered = (line: OfferedLine): boolean => isPart(line.quantity, line)
const firstAnswer = (line: OfferedLine): boolean | null =>
  canBeOrdered(line) ? (line.isOptional ? null : true) : false

/** The draft with other answers for these lines. */
export const withChoices = (
  draft: OrderDraft,
  ids: readonly number[],
  change: Partial<Choice>,
): OrderDraft => ({
  ...draft,
  choices: new Map(
    [...draft.choices].map(([id, choice]) => [id, ids.includes(id) ? { ...choice, ...change } : choice]),
  ),
})

export type DraftReading = {
  readonly wanted: readonly WantedLine[]
  readonly delivery: DeliveryCharge | null
  readonly totals: ByPeriod
  /** Optional lines without an answer, in their order. */
  readonly undecided: readonly number[]
  /** Lines whose quantity cannot be ordered. */
  readonly wrong: ReadonlySet<number>
  /** Why the order cannot be made as it is, in words; null when it can. */
  readonly obstacle: string | null
}

/** What the draft comes to: the same arithmetic as the order that is made of it. */
export function readDraft(start: OrderStart, draft: OrderDraft): DraftReading {
  const { lines } = start.offer
  const byId = new Map(lines.flatMap((line) => (line.kind === 'line' ? [[line.id, line]] : [])))
  const taken = [...draft.choices].filter(([, { isTaken }]) => isTaken === true)
  const all = taken.map(([id, { quantity }]) => ({ id, quantity: Number(quantity) }))
  const wanted = all.filter(({ id, quantity }) => isPart(quantity, byId.get(id)))
  const right = new Set(wanted.map(({ id }) => id))
  const delivery = draft.hasDelivery ? start.delivery : null
  const made = linesOfOrder(lines, wanted, delivery)
  const undecided = [...draft.choices].flatMap(([id, { isTaken }]) => (isTaken === null ? [id] : []))
  const wrong = new Set(all.flatMap(({ id }) => (right.has(id) ? [] : [id])))
  return {
    ...{ wanted, delivery, undecided, wrong },
    totals: totalsOfOrder(made.ok ? made.value : []),
    obstacle: obstacleTo(start, draft, { wanted, delivery, undecided, wrong }),
  }
}

function obstacleTo(
  { orders }: OrderStart,
  draft: OrderDraft,
  { wanted, undecided, wrong }: Pick<DraftReading, 'wanted' | 'delivery' | 'undecided' | 'wrong'>,
): string | null {
  if (orders.length > 0 && !draft.isAnother) return 'The quote has an order already.'
  if (undecided.length > 0)
    return undecided.length === 1
      ? 'One optional line is not decided yet.'
      : `${undecided.length} optional lines are not decided yet.`
  if (wrong.size > 0) return 'A quantity is not one that the quote offers.'
  if (wanted.length === 0) return 'No line is chosen.'
  if (draft.title.trim() === '') return 'The order has no title.'
  return Number.isNaN(Date.parse(draft.day)) ? 'The order has no date.' : null
}

/** What is sent. Halo keeps instants: noon is the same day everywhere but at the date line. */
export const inputOf = (
  start: OrderStart,
  draft: OrderDraft,
  { wanted, delivery, totals }: DraftReading,
): OrderInput => ({
  title: draft.title.trim(),
  reference: draft.reference.trim(),
  note: draft.note.trim(),
  orderedAt: `${draft.day}T12:00:00.000Z`,
  statusId: draft.statusId,
  lines: wanted.map(({ id, quantity }) => ({ id, quantity })),
  delivery,
  shown: shownTotals(totals),
  known: start.orders.map(({ haloId }) => haloId),
})

/** The day of a clock on the wall. */
export function dayOfClock(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
