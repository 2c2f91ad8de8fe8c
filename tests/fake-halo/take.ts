import type { Quirks } from './quirks.ts'
import { Refusal } from './refuse.ts'
import type { Row, TableName, Tables } from './tables.ts'

type Body = Readonly<Record<string, unknown>>

const numberOf = (value: unknown): number => Number(value ?? 0)
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Halo keeps UTC and tells it without a zone. */
const stored = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value.slice(0, -1) : value

const merged = (before: Row | undefined, id: number, body: Body): Row => ({
  ...before,
  ...Object.fromEntries(Object.entries(body).map(([name, value]) => [name, stored(value)])),
  id,
})

/** One posted record, taken or refused as Halo would. */
export function take(tables: Tables, quirks: Quirks, table: TableName, body: Body): Row {
  const { rows } = tables
  const given = numberOf(body.id)
  const before = given === 0 ? undefined : rows[table].get(given)
  if (given !== 0 && !before) throw new Refusal(`${table} with id ${given} not found`, 'id')
  const row = merged(before, before?.id ?? 0, body)
  for (const { schema, property, label } of quirks.mandatory) {
    if (schema === table && textOf(row[property]) === '' && numberOf(row[property]) === 0)
      throw new Refusal(`${label} field is mandatory`, property)
  }
  rules[table](tables, quirks, row, before, body)
  row.id = before?.id ?? tables.newKey(table)
  rows[table].set(row.id, row)
  after[table]?.(tables, row, before, body)
  return row
}

type Rule = (tables: Tables, quirks: Quirks, row: Row, before: Row | undefined, body: Body) => void

const named: Rule = (_, __, row) => {
  if (textOf(row.name) === '') throw new Refusal('The name field is required.', 'name')
  if (textOf(row.name).length > 4000) throw new Refusal('String or binary data would be truncated.', 'name')
}

const known = (map: ReadonlyMap<number, Row>, value: unknown, what: string, property: string): void => {
  const id = numberOf(value)
  if (id > 0 && !map.has(id)) throw new Refusal(`${what} with id ${id} does not exist`, property)
}

const listed = (list: readonly { id: number }[], value: unknown, what: string, property: string): void => {
  if (value !== undefined && value !== null && !list.some(({ id }) => id === value))
    throw new Refusal(`${what} ${numberOf(value)} is invalid`, property)
}

const rules: { readonly [T in TableName]: Rule } = {
  Client: named,
  AssetGroup: named,
  Supplier: named,
  DattoCommerceDetails: (_, __, row) => {
    if (textOf(row.url) === '') throw new Refusal('A url must be entered', 'url')
  },
  Tickets: () => undefined,
  Site: (tables, _, row, before, body) => {
    known(tables.rows.Client, row.client_id, 'Client', 'client_id')
    if (!row.client_id) throw new Refusal('client_id must be specified', 'client_id')
    // The form of another screen: what is in this one is ignored.
    if (body.issitedetails !== true && before) Object.assign(row, before)
    delete row.issitedetails
    if (before?.delivery_address)
      row.delivery_address = { ...(before.delivery_address as object), ...(row.delivery_address as object) }
  },
  Users: (tables, quirks, row, before, body) => {
    named(tables, quirks, row, before, body)
    known(tables.rows.Site, row.site_id, 'Site', 'site_id')
    if (!row.site_id) throw new Refusal('Please select a Site', 'site_id')
  },
  Item: (tables, quirks, row, before, body) => {
    named(tables, quirks, row, before, body)
    known(tables.rows.AssetGroup, row.assetgroup_id, 'Item group', 'assetgroup_id')
    if (!row.assetgroup_id) throw new Refusal('An Item Group must be selected', 'assetgroup_id')
    if (numberOf(row.taxcode) > 0) listed(tables.taxes, row.taxcode, 'Tax code', 'taxcode')
  },
  Quotation: (tables, quirks, row, before) => {
    known(tables.rows.Client, row.client_id, 'Client', 'client_id')
    known(tables.rows.Users, row.user_id, 'User', 'user_id')
    known(tables.rows.Tickets, row.ticket_id, 'Ticket', 'ticket_id')
    if (!row.user_id) throw new Refusal('Please select a User', 'user_id')
    listed(tables.lookups.get(39) ?? [], row.status, 'Status', 'status')
    row.status ??= 0
    row.lines = takeLines(tables, quirks, row, before)
  },
  SalesOrder: (tables, quirks, row, before) => {
    known(tables.rows.Client, row.client_id, 'Client', 'client_id')
    known(tables.rows.Users, row.user_id, 'User', 'user_id')
    known(tables.rows.Quotation, row.quotation_id, 'Quotation', 'quotation_id')
    if (!row.site_id) throw new Refusal('Please select a Site', 'site_id')
    listed(tables.lookups.get(34) ?? [], row.status, 'Status', 'status')
    row.status ??= 0
    row.lines = takeLines(tables, quirks, row, before)
  },
}

function takeLines(tables: Tables, quirks: Quirks, row: Row, before: Row | undefined): Row[] {
  const old = (before?.lines as Row[] | undefined) ?? []
  const given = row.lines as Body[] | undefined
  if (given === undefined || given === (old as unknown)) return old
  const lines = given.map((line, at) => {
    const id = numberOf(line.id)
    const own = old.find((one) => one.id === id)
    if (id > 0 && !own) throw new Refusal(`Line with id ${id} not found`, `lines[${at}].id`)
    known(tables.rows.Item, line.item_id, 'Item', `lines[${at}].item_id`)
    if (textOf(line.name ?? own?.name) === '' && numberOf(line.price) !== 0)
      throw new Refusal(`lines[${at}].name must be specified`, `lines[${at}].name`)
    return merged(own, own?.id ?? tables.newKey('line'), line)
  })
  const left = old.filter((line) => !lines.some(({ id }) => id === line.id))
  return quirks.keepsOmittedLines ? [...lines, ...left] : lines
}

const after: {
  readonly [T in TableName]?: (tables: Tables, row: Row, before: Row | undefined, body: Body) => void
} = {
  Client: (tables, row, before, body) => {
    for (const name of ['newclient_sitename', 'newclient_delivery_address', 'newclient_phonenumber'])
      delete row[name]
    if (Array.isArray(body.customfields))
      row.customfields = mergeFields(tables, before, body.customfields as Body[])
    if (before) return
    row.customfields ??= []
    const id = tables.newKey('Site')
    tables.rows.Site.set(id, {
      id,
      name: textOf(body.newclient_sitename) || 'Main',
      client_id: row.id,
      inactive: false,
      phonenumber: textOf(body.newclient_phonenumber),
      delivery_address: {
        id: 0,
        line1: '',
        line2: '',
        line3: '',
        line4: '',
        postcode: '',
        ...(body.newclient_delivery_address as object),
      },
    })
    row.main_site_id = id
  },
  Users: (tables, row) => {
    row.client_id = tables.rows.Site.get(numberOf(row.site_id))?.client_id
    row.inactive ??= false
  },
}

function mergeFields(tables: Tables, before: Row | undefined, given: readonly Body[]): Body[] {
  const fields = new Map(
    ((before?.customfields as Body[] | undefined) ?? []).map((one) => [numberOf(one.id), one]),
  )
  for (const one of given) {
    const field = tables.fields.find(({ id, name }) => id === one.id || name === one.name)
    if (!field) throw new Refusal(`Custom field ${String(one.name)} does not exist`, 'customfields')
    fields.set(field.id, { id: field.id, name: field.name, value: stored(one.value) })
  }
  return [...fields.values()]
}
