import { ok, type Result } from '../../model/fault.ts'
import type { HaloClientField, HaloFieldType } from '../../model/halo-fields.ts'
import type { HaloConnection, HaloGroupLink, HaloMappingRow } from '../../model/take-over.ts'
import { flagOf, type HaloObject, idOf, isObject, readList, readOne, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { besideEachOther } from './find-lists.ts'
import type { CustomField } from './lookups.ts'

/** Halo's own connections to Commerce with their settings (/DattoCommerceDetails, apis.md §2.5). The API key is write only there. */
export async function readConnections(api: HaloApi): Promise<Result<HaloConnection[]>> {
  const listed = await api.get('/DattoCommerceDetails', { includedetails: true })
  if (!listed.ok) return listed
  const rows = readList(listed.value).rows
  const whole = await besideEachOther(rows, async (row) => {
    // A list row may leave the mappings out.
    if ('customer_field_mappings' in row) return ok(row)
    const answer = await api.get(`/DattoCommerceDetails/${idOf(row)}`, { includedetails: true })
    return answer.ok ? ok(readOne(answer.value) ?? row) : answer
  })
  return whole.ok ? ok(whole.value.flatMap(connectionOf)) : whole
}

const listOf = (value: unknown): readonly HaloObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const flagOrNull = (value: unknown): boolean | null =>
  value === null || value === undefined ? null : flagOf(value)

function connectionOf(row: HaloObject): HaloConnection[] {
  const haloTenantId = idOf(row)
  if (haloTenantId === null) return []
  return [
    {
      haloTenantId,
      url: textOf(row.url).trim(),
      isEnabled: flagOf(row.halointegratorenabled),
      defaultGroup: wholeOf(row.item_group),
      createItems: flagOrNull(row.create_items_on_import),
      setProductSupplier: flagOrNull(row.product_supplier_on_import),
      orderStatuses: textOf(row.sostatustoimport).trim() || null,
      mappings: [...listOf(row.customer_field_mappings), ...listOf(row.quote_status_mappings)].map(mappingOf),
      groups: listOf(row.item_group_mappings).flatMap(groupLinkOf),
    },
  ]
}

const mappingOf = (row: HaloObject): HaloMappingRow => ({
  haloId: Number(row.fiid ?? 0),
  haloName: textOf(row.name).trim(),
  commerceName: textOf(row.thirdpartyname).trim(),
  value: textOf(row.xmvalue).trim(),
  module: Number(row.msid ?? 0),
  type: Number(row.typeid ?? 0),
  onlyNew: flagOf(row.newrecords) || flagOf(row.dontupdate),
  clearsWhenEmpty: flagOf(row.populateemptyvalue),
})

function groupLinkOf(row: HaloObject): HaloGroupLink[] {
  const groupId = wholeOf(row.halo_id)
  const categoryId = textOf(row.third_party_id).trim()
  return groupId === null || categoryId === ''
    ? []
    : [{ groupId, categoryId, categoryName: textOf(row.third_party_desc).trim() }]
}

/** Types of Halo's custom fields (FieldInfo.type): 0 text, 1 long text, 2 and 3 choices, 4 date, 5 time, 6 yes or no, 10 rich text; as public clients list them. */
const types: Readonly<Record<number, HaloFieldType>> = {
  1: 'long text',
  4: 'date',
  6: 'yes/no',
  10: 'long text',
}
/** FieldInfo.inputtype of a text field that takes numbers alone: 1 whole, 2 with decimals. */
const numbers: Readonly<Record<number, HaloFieldType>> = { 1: 'whole number', 2: 'number' }

/** FieldInfo.type of a field that takes one entry of its list, by its id. */
const oneOfList = 2

export function clientFieldOf({ name, row }: CustomField): HaloClientField {
  const kind = Number(row.type ?? 0)
  const values = kind === oneOfList && Array.isArray(row.values) ? row.values.filter(isObject) : []
  const list = values.flatMap((one) => {
    const id = wholeOf(one.id)
    const text = textOf(one.name).trim()
    return id === null || text === '' ? [] : [{ id, name: text }]
  })
  const type = types[kind] ?? (kind === 0 ? numbers[Number(row.inputtype ?? 0)] : undefined) ?? 'text'
  return {
    column: name,
    label: textOf(row.label).trim() || name,
    type,
    maxLength: type === 'text' ? wholeOf(row.characterlimit) : null,
    isMandatory: flagOf(row.mandatory),
    ...(list.length > 0 && { list: { keeps: 'id', values: list } }),
  }
}
