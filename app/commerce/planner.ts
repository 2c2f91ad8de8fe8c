import type { ResourceName } from './resources/resource.ts'

/** How records are read: one request a parent, one an id, or the whole list page by page. */
type ReadWay = 'per parent' | 'per id' | 'whole list'

/** What is wanted of a list. Requests are the currency: the API grants few of them (apis.md §1.4). */
export type PlanQuestion = {
  readonly resource: ResourceName
  /** Whether `ids` are of parents, whose parts are wanted, or of the records themselves. */
  readonly by: 'parent' | 'id'
  /** Each once. */
  readonly ids: ReadonlySet<number>
  /** Rows of the whole list when it was last read to its end; null when it never was. */
  readonly listSize: number | null
  /** Whether this tenant's server was seen to ignore the filter by parent: then only the whole list helps. */
  readonly isFilterIgnored: boolean
}

export type Plan = {
  readonly way: ReadWay
  /** What the plan is expected to cost; for a list of unknown size, what it may cost before it is given up. */
  readonly requests: number
  /** What each way would cost; null where the list's size is not known, or the way does not work here. */
  readonly costs: Readonly<Partial<Record<ReadWay, number | null>>>
  /** Whole list only: after so many pages the other way is taken, because more would have been wasted than it costs. */
  readonly giveUpAfter: number | null
  /** One sentence for the run's page. */
  readonly why: string
}

/** The one interface that a cleverer planner has to fit. Pure: the same question has the same answer. */
export type Planner = { plan(question: PlanQuestion): Plan }

const pageRows = 100
/** Up to here asking one by one costs less than finding out how long an unknown list is. */
const fewIds = 50

/** Pages until one is shorter than asked: a list of exactly 200 takes three. */
export const pagesOf = (rows: number): number => Math.floor(rows / pageRows) + 1

const requestsText = (count: number): string => `${count} request${count === 1 ? '' : 's'}`

function planUnknown({ resource, by, ids }: PlanQuestion, single: ReadWay): Plan {
  const costs = { [single]: ids.size, 'whole list': null }
  const unknown = `how long the ${resource} list is, is not known yet`
  if (ids.size <= fewIds) {
    const why = `${unknown}, and asking ${single} takes only ${requestsText(ids.size)}.`
    return { way: single, requests: ids.size, costs, giveUpAfter: null, why: capital(why) }
  }
  const why = `${unknown}; it is read page by page, and after ${ids.size} pages ${by === 'id' ? 'each record' : 'each parent'} is asked for instead.`
  return { way: 'whole list', requests: ids.size, costs, giveUpAfter: ids.size, why: capital(why) }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Takes whichever way costs fewer requests, by the list's remembered size; a tie goes to asking one by one, which reads nothing in vain. */
function plan(question: PlanQuestion): Plan {
  const { resource, by, ids, listSize, isFilterIgnored } = question
  const single: ReadWay = by === 'id' ? 'per id' : 'per parent'
  const whole = listSize === null ? null : pagesOf(listSize)
  if (ids.size === 0) {
    const why = `No ${resource} is needed.`
    return { way: single, requests: 0, costs: { [single]: 0, 'whole list': whole }, giveUpAfter: null, why }
  }
  if (by === 'parent' && isFilterIgnored) {
    const why = `This server ignores the filter of the ${resource} list, so the whole list is read${whole === null ? '' : ` (${requestsText(whole)})`}.`
    return { way: 'whole list', requests: whole ?? 1, costs: { 'whole list': whole }, giveUpAfter: null, why }
  }
  if (whole === null) return planUnknown(question, single)
  const costs = { [single]: ids.size, 'whole list': whole }
  const sums = `${requestsText(ids.size)} ${single}, ${whole} for the whole ${resource} list.`
  return ids.size <= whole
    ? { way: single, requests: ids.size, costs, giveUpAfter: null, why: sums }
    : { way: 'whole list', requests: whole, costs, giveUpAfter: null, why: sums }
}

/** The first planner: compares two sums. */
export const plainPlanner: Planner = { plan }
