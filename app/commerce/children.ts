import { type Fault, ok, type Result } from '../model/fault.ts'
import type { Commerce, CommerceRow, PageOf } from './client.ts'
import type { Plan, Planner } from './planner.ts'
import { resources } from './resources/index.ts'
import type { ResourceName } from './resources/resource.ts'
import { type BadRow, claimsOf } from './rows.ts'

/** The lists whose records are parts of others and can be asked for by parent. */
export type PartName =
  | 'contact'
  | 'customeraddress'
  | 'quotesection'
  | 'quoteline'
  | 'salesorderline'
  | 'productsupplier'

type PartsWanted<Name extends PartName> = {
  readonly resource: Name
  readonly parentIds: ReadonlySet<number>
  /** As remembered from an earlier `size` event. */
  readonly listSize: number | null
  /** As remembered from an earlier `filter-ignored` event. */
  readonly isFilterIgnored: boolean
}

/** What happens while parts are read. */
export type PartsEvent<Name extends PartName = PartName> =
  | { readonly kind: 'plan'; readonly resource: Name; readonly plan: Plan }
  | {
      readonly kind: 'page'
      readonly resource: Name
      /** Rows of the parents that are wanted. */
      readonly rows: readonly CommerceRow<Name>[]
      /** Rows of others, met while the whole list was read: they cost nothing, and may show what no watermark did. */
      readonly others: readonly CommerceRow<Name>[]
      readonly bad: readonly BadRow[]
      /** Parents all of whose parts have now been read. */
      readonly doneParents: readonly number[]
    }
  /** The server refused this one parent (it answers 400 to ids it does not know): its parts are unknown, the others go on. */
  | { readonly kind: 'refused'; readonly resource: Name; readonly parentId: number; readonly fault: Fault }
  /** The whole list was read to its end: worth remembering for the next plan. */
  | { readonly kind: 'size'; readonly resource: Name; readonly rows: number }
  /** The server sent parts of other parents than the one asked for: worth remembering, too. The rest is read as a whole list. */
  | { readonly kind: 'filter-ignored'; readonly resource: Name }

type Events<Name extends PartName> = AsyncGenerator<Result<PartsEvent<Name>>, void, undefined>

/**
 * Reads the parts of some parents in the way that the planner finds cheapest, and changes over to the whole list when the server turns out
 * to ignore the filter. Rows come page by page, a row may come twice, and a fault ends it. Nothing is kept but ids.
 */
export async function* readParts<Name extends PartName>(
  commerce: Commerce,
  planner: Planner,
  wanted: PartsWanted<Name>,
): Events<Name> {
  const { resource, parentIds, listSize } = wanted
  const plan = planner.plan({ ...wanted, by: 'parent', ids: parentIds })
  yield ok({ kind: 'plan', resource, plan })
  if (plan.way !== 'whole list') {
    if ((yield* readPerParent(commerce, resource, parentIds)) !== 'ignored') return
    yield ok({ kind: 'filter-ignored', resource })
    const again = planner.plan({ resource, by: 'parent', ids: parentIds, listSize, isFilterIgnored: true })
    yield ok({ kind: 'plan', resource, plan: again })
    yield* readWhole(commerce, resource, parentIds, null)
    return
  }
  if ((yield* readWhole(commerce, resource, parentIds, plan.giveUpAfter)) !== 'too long') return
  if ((yield* readPerParent(commerce, resource, parentIds)) !== 'ignored') return
  yield ok({ kind: 'filter-ignored', resource })
  yield* readWhole(commerce, resource, parentIds, null)
}

type Ended = 'done' | 'failed' | 'ignored' | 'too long'
type Reading<Name extends PartName> = AsyncGenerator<Result<PartsEvent<Name>>, Ended, undefined>

async function* readPerParent<Name extends PartName>(
  commerce: Commerce,
  resource: Name,
  parentIds: ReadonlySet<number>,
): Reading<Name> {
  for (const parentId of parentIds) {
    for await (const page of commerce.pages(resource, { parentId })) {
      if (!page.ok && page.fault.code === 'bad-request') {
        yield ok({ kind: 'refused', resource, parentId, fault: page.fault })
        break
      }
      if (!page.ok) {
        yield page
        return 'failed'
      }
      if (page.value.foreignParents > 0) return 'ignored'
      const { rows, bad, isLast } = page.value
      yield ok({ kind: 'page', resource, rows, others: [], bad, doneParents: isLast ? [parentId] : [] })
    }
  }
  return 'done'
}

async function* readWhole<Name extends PartName>(
  commerce: Commerce,
  resource: Name,
  parentIds: ReadonlySet<number>,
  giveUpAfter: number | null,
): Reading<Name> {
  let size = 0
  for await (const page of commerce.pages(resource)) {
    if (!page.ok) {
      yield page
      return 'failed'
    }
    size += page.value.rows.length + page.value.bad.length
    const doneParents = page.value.isLast ? [...parentIds] : []
    yield ok({ kind: 'page', resource, ...partition(resource, page.value, parentIds), doneParents })
    if (page.value.isLast) break
    if (giveUpAfter !== null && page.value.page >= giveUpAfter) return 'too long'
  }
  yield ok({ kind: 'size', resource, rows: size })
  return 'done'
}

/** A broken record whose parent cannot be read might be one of ours, so it is kept. */
function partition<Name extends PartName>(
  resource: Name,
  page: PageOf<Name>,
  parentIds: ReadonlySet<number>,
): Pick<PartsEvent<Name> & { kind: 'page' }, 'rows' | 'others' | 'bad'> {
  const isWanted = (parentId: number | null) => parentId !== null && parentIds.has(parentId)
  const bad = page.bad.filter((row) => {
    const { parentId } = claimsOf(resources[resource], row.raw)
    return parentId === null || isWanted(parentId)
  })
  const rows = page.rows.filter((row) => isWanted(row.parentId))
  const others = page.rows.filter((row) => !isWanted(row.parentId))
  return { rows, others, bad }
}

type QuotePartsWanted = {
  readonly quoteIds: ReadonlySet<number>
  /** Remembered sizes and seen quirks, by list. */
  readonly listSize: (resource: ResourceName) => number | null
  readonly isFilterIgnored: (resource: ResourceName) => boolean
}

/** The sections of some quotes, then the lines of those sections (lines cannot be asked for by quote). */
export async function* readQuoteParts(
  commerce: Commerce,
  planner: Planner,
  { quoteIds, listSize, isFilterIgnored }: QuotePartsWanted,
): AsyncGenerator<Result<PartsEvent<'quotesection' | 'quoteline'>>, void, undefined> {
  const sectionIds = new Set<number>()
  const ask = (resource: ResourceName) => ({
    listSize: listSize(resource),
    isFilterIgnored: isFilterIgnored(resource),
  })
  const sections = { resource: 'quotesection', parentIds: quoteIds, ...ask('quotesection') } as const
  for await (const event of readParts(commerce, planner, sections)) {
    yield event
    if (!event.ok) return
    if (event.value.kind === 'page') for (const row of event.value.rows) sectionIds.add(row.id)
  }
  yield* readParts(commerce, planner, { resource: 'quoteline', parentIds: sectionIds, ...ask('quoteline') })
}
