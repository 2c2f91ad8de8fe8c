import { ok, type Result } from '../../model/fault.ts'
import type { HaloCustomer } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { type HaloObject, idOf, readOne, textOf } from './answers.ts'
import type { Client, Context } from './context.ts'
import { currentOf } from './current.ts'
import { mappedColumns } from './customer-fields.ts'
import { sitesByReport } from './details.ts'
import { besideEachOther } from './find-lists.ts'
import type { CustomField } from './lookups.ts'
import { clientOf } from './people.ts'

/** What Halo has of one customer. */
export type Present = {
  readonly row: HaloObject | null
  readonly client: Client | null
  readonly site: HaloObject | null
}

/** Client, main site and contacts of each customer of a batch. */
export async function presentOf(
  context: Context,
  batch: readonly Known<HaloCustomer>[],
  custom: readonly CustomField[],
): Promise<Result<Present[]>> {
  const rows = await currentOf(
    context,
    'customers',
    batch,
    mappedColumns(
      batch.map(({ record }) => record),
      custom,
    ),
  )
  if (!rows.ok) return rows
  const keys = rows.value.flatMap((row) => (row ? (idOf(row) ?? []) : []))
  const people = await context.finder.people(keys)
  if (!people.ok) return people
  const clients = rows.value.map((row) =>
    row ? clientOf(idOf(row) ?? 0, textOf(row.name), people.value.sites, people.value.users) : null,
  )
  const sites = await sitesOf(
    context,
    clients.flatMap((client) => client?.siteId ?? []),
  )
  if (!sites.ok) return sites
  return ok(
    rows.value.map((row, at) => {
      const client = clients[at] ?? null
      return { row, client, site: sites.value.get(client?.siteId ?? 0) ?? null }
    }),
  )
}

async function sitesOf(
  context: Context,
  siteIds: readonly number[],
): Promise<Result<ReadonlyMap<number, HaloObject>>> {
  const { api, finder, memory } = context
  if (finder.way === 'reports' && memory.readsByReport && siteIds.length > 1) {
    const told = await sitesByReport(api, siteIds)
    if (told.ok || told.fault.code !== 'halo-refused') return told
    memory.readsByReport = false
  }
  const read = await besideEachOther(siteIds, async (id) => {
    const answer = await api.get(`/Site/${id}`, { includedetails: true })
    return answer.ok ? ok([id, readOne(answer.value)] as const) : answer
  })
  return read.ok ? ok(new Map(read.value.flatMap(([id, site]) => (site ? [[id, site] as const] : [])))) : read
}
