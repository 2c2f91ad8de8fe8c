import { ok, type Result } from '../../model/fault.ts'
import type { HaloChoice } from '../destination.ts'
import { flagOf, type HaloObject, idOf, isObject, readList, textOf, wholeOf } from './answers.ts'
import type { HaloApi, Query } from './api.ts'

/** A custom field of Halo's clients. `name` as Halo has it ("CFregion"). */
export type CustomField = { readonly id: number; readonly name: string; readonly row: HaloObject }

/** Halo's own small lists, each asked for once and then remembered. */
export type Lookups = {
  groups(): Promise<Result<readonly HaloChoice[]>>
  taxes(): Promise<Result<readonly HaloChoice[]>>
  /** By their codes. */
  currencies(): Promise<Result<readonly HaloChoice[]>>
  /** 39: quote statuses, 34: order statuses (apis.md §2.4). Inactive ones are left out. */
  statuses(list: 34 | 39): Promise<Result<readonly HaloChoice[]>>
  /** Statuses of tickets. */
  ticketStatuses(): Promise<Result<readonly HaloChoice[]>>
  customFields(): Promise<Result<readonly CustomField[]>>
  /** Suppliers in use, by name in lower case; of two with one name the older. */
  suppliers(): Promise<Result<ReadonlyMap<string, number>>>
  /** The number under which Halo keeps links to Commerce: not public, so read from one that Halo's own integration made (apis.md §2.4). null: there is none. */
  linkModule(): Promise<Result<number | null>>
  /** Told of a group that was made. */
  addGroup(group: HaloChoice): void
  /** All is asked anew. */
  forget(): void
}

/** Custom fields of clients: `/FieldInfo?typeid=2` (apis.md §2.4). */
const clientFields = 2

export function createLookups(api: HaloApi): Lookups {
  const kept = new Map<string, Promise<Result<unknown>>>()
  const once = <T>(name: string, read: () => Promise<Result<T>>): Promise<Result<T>> => {
    const found = kept.get(name) as Promise<Result<T>> | undefined
    if (found) return found
    const asked = read().then((answer) => {
      // Trouble is not remembered.
      if (!answer.ok) kept.delete(name)
      return answer
    })
    kept.set(name, asked)
    return asked
  }
  const list = (path: string, query: Query = {}): Promise<Result<readonly HaloObject[]>> =>
    once(`${path} ${JSON.stringify(query)}`, async () => {
      const answer = await api.get(path, query)
      return answer.ok ? ok(readList(answer.value).rows) : answer
    })
  const choices = async (path: string, query: Query = {}): Promise<Result<readonly HaloChoice[]>> => {
    const rows = await list(path, query)
    return rows.ok ? ok(rows.value.filter((row) => !flagOf(row.inactive)).flatMap(choiceOf)) : rows
  }
  const made: HaloChoice[] = []
  return {
    groups: async () => {
      const groups = await choices('/AssetGroup')
      return groups.ok
        ? ok([...groups.value, ...made.filter((one) => groups.value.every(({ id }) => id !== one.id))])
        : groups
    },
    taxes: async () => {
      const rows = await list('/Tax')
      return rows.ok ? ok(rows.value.flatMap(taxOf)) : rows
    },
    currencies: async () => {
      const rows = await list('/Currency')
      return rows.ok ? ok(rows.value.flatMap(currencyOf)) : rows
    },
    statuses: (lookupid) => choices('/Lookup', { lookupid, showallcodes: true }),
    ticketStatuses: () => choices('/Status', { type: 'ticket' }),
    customFields: async () => {
      const rows = await list('/FieldInfo', { typeid: clientFields })
      return rows.ok ? ok(rows.value.flatMap(customFieldOf)) : rows
    },
    suppliers: () => once('suppliers', () => readSuppliers(api)),
    linkModule: () => once('module', () => readLinkModule(api)),
    addGroup: (group) => void made.push(group),
    forget: () => {
      kept.clear()
      made.length = 0
    },
  }
}

/** Some lists count from 0 (statuses), so a key of 0 is one. */
function choiceOf(row: HaloObject): HaloChoice[] {
  const id = typeof row.id === 'string' ? Number(row.id) : row.id
  return typeof id === 'number' && Number.isInteger(id) ? [{ id, name: textOf(row.name) }] : []
}

function taxOf(row: HaloObject): HaloChoice[] {
  const rate = typeof row.value === 'number' ? { rate: row.value } : {}
  return flagOf(row.inactive) ? [] : choiceOf(row).map((choice) => ({ ...choice, ...rate }))
}

const currencyOf = (row: HaloObject): HaloChoice[] =>
  choiceOf(row).map((choice) => ({ ...choice, name: textOf(row.code).trim() || choice.name }))

function customFieldOf(row: HaloObject): CustomField[] {
  const id = idOf(row)
  const name = textOf(row.name).trim()
  const isCustom = /^cf/i.test(name) || !('custom' in row) || wholeOf(row.custom) !== null
  // The list may also name Halo's own fields.
  if (id === null || name === '' || !isCustom) return []
  return [{ id, name: /^cf/i.test(name) ? name : `CF${name}`, row }]
}

async function readSuppliers(api: HaloApi): Promise<Result<ReadonlyMap<string, number>>> {
  const suppliers: { id: number; name: string }[] = []
  const walked = await api.walk('/Supplier', {}, (rows) => {
    for (const row of rows) {
      const id = idOf(row)
      if (id !== null && !flagOf(row.inactive))
        suppliers.push({ id, name: textOf(row.name).trim().toLowerCase() })
    }
    return true
  })
  if (!walked.ok) return walked
  const newestFirst = suppliers.sort((a, b) => b.id - a.id)
  return ok(new Map(newestFirst.map(({ id, name }) => [name, id])))
}

async function readLinkModule(api: HaloApi): Promise<Result<number | null>> {
  const answer = await api.get('/DattoCommerceDetails', { includedetails: true })
  if (!answer.ok) return answer
  const links = readList(answer.value).rows.flatMap((row) =>
    Array.isArray(row.item_group_mappings) ? row.item_group_mappings : [],
  )
  return ok(links.filter(isObject).flatMap((link) => wholeOf(link.module_id) ?? [])[0] ?? null)
}
