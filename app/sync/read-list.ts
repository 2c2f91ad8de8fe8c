import type { CommerceRow, PageOf } from '../commerce/client.ts'
import { resources } from '../commerce/resources/index.ts'
import type { ResourceName } from '../commerce/resources/resource.ts'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import type { SyncContext } from './context.ts'
import { noteBroken } from './failing.ts'
import { stageRows } from './stage.ts'

/**
 * A list read to its end. `newest` is the latest modifiedAt seen, the start of the next read once all of it is committed.
 * `startedAt`: when its first page was read, be it by an earlier run that was interrupted.
 */
export type ListRead = {
  readonly resource: ResourceName
  readonly newest: string | null
  readonly startedAt: string
}

/** Two minutes: rows that Commerce committed late, with a time already passed, are met again. */
const overlapMs = 120_000
/**
 * What is older than this when a list is read has been seen, however wrong a clock or zone is (apis.md §1.5: dates may lack their zone).
 * Without it, thousands of records that were changed at one moment would be read again by every run until something else changes.
 */
const settledMs = 26 * 3_600_000

/**
 * Reads what changed in one list since its watermark into the mirror, page by page. Goes on where an interrupted read stopped (one page
 * earlier, because rows may have moved forward). Rows older than the watermark that were never synced are dropped: a server that ignores
 * `modifiedAfter` must not bring historic records in.
 */
export async function readList(ctx: SyncContext, resource: ResourceName): Promise<Result<ListRead>> {
  const { store, tenant, progress } = ctx
  const since = store.watermarks.get(tenant.id, resource)?.since ?? tenant.syncFrom
  // A preview keeps no mark and follows none: the sync after it reads as if there had been no preview.
  const mark = ctx.kind === 'preview' ? null : store.watermarks.reading(tenant.id, resource)
  const halfway = mark?.since === since ? mark : null
  const fromPage = Math.max(1, (halfway?.nextPage ?? 1) - 1)
  const startedAt = halfway?.startedAt ?? ctx.startedAt
  progress.reading(resource, 1, { way: 'changes', since })
  let newest: string | null = null
  for await (const page of ctx.commerce.pages(resource, { modifiedAfter: since, fromPage })) {
    if (ctx.signal.aborted) return fail(fault('cancelled'))
    if (!page.ok) return page
    if (!page.value.isLast) progress.reading(resource, 1)
    const rows = dropHistoric(ctx, resource, page.value.rows, since)
    stageRows(ctx, resource, rows)
    for (const bad of page.value.bad) noteBroken(ctx, resource, bad)
    newest = latest(newest, rows)
    if (ctx.kind !== 'preview') {
      store.watermarks.keepReading(tenant.id, resource, { since, startedAt, nextPage: page.value.page + 1 })
    }
    progress.read(page.value.rows.length)
  }
  return ok({ resource, newest, startedAt })
}

/**
 * Where the next read of a list may begin (UTC ISO): the newest row seen, never past the moment when its first page was read (`startedAt`), less the
 * overlap; at least a good day before that moment; never before `previous`.
 */
export function nextSince(previous: string, newest: string | null, startedAt: string): string {
  const until = newest !== null && newest < startedAt ? newest : startedAt
  const seen = newest === null ? previous : before(until, overlapMs)
  const settled = before(startedAt, settledMs)
  return [previous, seen, settled].reduce((latest, one) => (one > latest ? one : latest))
}

const before = (iso: string, ms: number): string => new Date(Date.parse(iso) - ms).toISOString()

/** After the Halo commit: the lists' watermarks move, and their half-way marks go. */
export function checkpoint(ctx: SyncContext, lists: readonly ListRead[]): void {
  if (ctx.kind === 'preview') return
  const { store, tenant } = ctx
  store.inTransaction(() => {
    for (const list of lists) {
      const previous = store.watermarks.get(tenant.id, list.resource)?.since ?? tenant.syncFrom
      const until = nextSince(previous, list.newest, list.startedAt)
      store.watermarks.move(tenant.id, list.resource, until, ctx.runId)
      store.watermarks.doneReading(tenant.id, list.resource)
      ctx.progress.moved(list.resource, until)
    }
  })
}

function dropHistoric(
  ctx: SyncContext,
  resource: ResourceName,
  rows: PageOf['rows'],
  since: string,
): readonly CommerceRow[] {
  // A list without dates to ask by (categories) comes whole, and is wanted whole.
  if (resources[resource].since === null) return rows
  const old = rows.filter((row) => row.modifiedAt !== null && row.modifiedAt < since)
  if (old.length === 0) return rows
  const known = ctx.store.sources.existing(
    ctx.tenant.id,
    resource,
    old.map((row) => row.id),
  )
  return rows.filter((row) => row.modifiedAt === null || row.modifiedAt >= since || known.has(row.id))
}

function latest(newest: string | null, rows: readonly CommerceRow[]): string | null {
  return rows.reduce<string | null>(
    (found, row) => (row.modifiedAt && (!found || row.modifiedAt > found) ? row.modifiedAt : found),
    newest,
  )
}
