import type { Row, Tables } from './tables.ts'

type Body = Readonly<Record<string, unknown>>
type Told = Readonly<Record<string, (row: Row) => unknown>>

const from = (field: string) => (row: Row) => row[field] ?? null
const bit = (field: string) => (row: Row) => (row[field] === true ? 1 : 0)

/** The tables behind the API, as far as they are asked for: column by what the API calls it. */
const columns: Readonly<Record<string, Told>> = {
  AREA: {
    Aarea: from('id'),
    aareadesc: from('name'),
    adattocommerceid: (row) => row.datto_commerce_id ?? -1,
    adattocommercetenantid: from('dattocommerce_tenantid'),
    adattocommerceurl: from('datto_commerce_url'),
    Aarearef: from('ref'),
    axerotaxnumber: from('tax_number'),
    AWebsite: from('website'),
  },
  ADDRESSSTORE: {
    ASSiteID: from('id'),
    ASPrimary: () => 1,
    ...Object.fromEntries(
      ['line1', 'line2', 'line3', 'line4', 'postcode'].map((line, at) => [
        `ASLine${at + 1}`,
        (row: Row) => (row.delivery_address as Body | undefined)?.[line] ?? '',
      ]),
    ),
  },
  SITE: {
    SPhoneNumber: from('phonenumber'),
    Ssitenum: from('id'),
    sdesc: from('name'),
    Sarea: from('client_id'),
    SIsInactive: from('inactive'),
  },
  USERS: {
    Uid: from('id'),
    Usite: from('site_id'),
    uusername: from('name'),
    uFirstName: from('firstname'),
    uLastName: from('surname'),
    uemail: from('emailaddress'),
    uextn: from('phonenumber'),
    umobile: from('mobilenumber'),
    uinactive: from('inactive'),
  },
  ITEM: {
    Iid: from('id'),
    idesc: from('name'),
    Igeneric: from('assetgroup_id'),
    Ibaseprice: from('baseprice'),
    IRecurringPrice: from('recurringprice'),
    IIsRecurringItem: bit('isrecurringitem'),
    idefaultbillingperiod: from('item_default_billing_period'),
    Itaxcode: from('taxcode'),
    IExternalReference: from('externalreference'),
    IDoesNotNeedConsigning: bit('doesnotneedconsigning'),
    iserialiseonlyone: bit('serialise_only_one'),
    idatecreated: from('datecreated'),
    ilastmodified: from('lastmodified'),
    ithirdpartyid: from('third_party_id'),
    idattocommercetenant: from('dattocommerce_tenant'),
    Isupplier: from('supplier_id'),
    idefaultsupplierpartcode: from('supplier_part_code'),
  },
  QUOTATIONHEADER: {
    QHid: from('id'),
    QHtitle: from('title'),
    QHstatus: from('status'),
    QHDate: from('date'),
    QHExpiryDate: from('expiry_date'),
    QHNote: from('note'),
    QHUserID: from('user_id'),
    QHCarriageDesc: from('carriage_desc'),
    QHCarriagePrice: from('carriage_price'),
    qhdeladdress1: from('deladdress1'),
    qhdeladdress2: from('deladdress2'),
    qhdeladdress3: from('deladdress3'),
    qhdeladdress4: from('deladdress4'),
    qhdeladdress5: from('deladdress5'),
    QHThirdPartyNumber: from('third_party_number'),
    QHThirdPartyURL: from('third_party_url'),
    qhdattocommerceid: (row) => row.datto_commerce_id ?? -1,
    qhdattocommercetenantid: from('dattocommerce_tenantid'),
    qhdattocommerceurl: from('datto_commerce_url'),
  },
  QUOTATIONDETAIL: {
    QDid: from('id'),
    QDQHid: from('parent'),
    QDItemid: (row) => row.item_id ?? 0,
    QDProductCode: from('productcode'),
    QDDesc: from('name'),
    QDNote: from('note'),
    QDPrice: from('price'),
    QDQuantity: from('quantity'),
    QDTax: from('tax'),
    qdtax_rate: from('tax_rate'),
    QDDiscount: from('discount'),
    QDBillingPeriod: from('billingperiod'),
    qdperiods: from('line_periods'),
    qdOptional: bit('optional'),
    QDGroupID: from('group_id'),
    QDIsGroupDesc: bit('isgroupdesc'),
    QDPrintItem: (row) => (row.printitem === false ? 0 : -1),
    QDsortseq: from('sort_seq'),
  },
  ORDERHEAD: {
    OHid: from('id'),
    OHsitenum: from('site_id'),
    ohuserid: from('user_id'),
    OHQHID: from('quotation_id'),
  },
  ORDERLINE: {
    OLid: from('parent'),
    OLitem: (row) => row.item_id ?? 0,
    oldattocommercelineid: from('dattocommercelineid'),
  },
  FAULTS: { Areaint: from('client_id'), sitenumber: from('site_id'), userid: from('user_id') },
}

const linesOf = (rows: ReadonlyMap<number, Row>): Row[] =>
  [...rows.values()].flatMap((parent) =>
    ((parent.lines as Row[] | undefined) ?? []).map((line) => ({ ...line, parent: parent.id })),
  )

function rowsOf({ rows }: Tables, table: string): readonly Row[] {
  switch (table) {
    case 'AREA':
      return [...rows.Client.values()]
    case 'SITE':
    case 'ADDRESSSTORE':
      return [...rows.Site.values()]
    case 'USERS':
      return [...rows.Users.values()]
    case 'ITEM':
      return [...rows.Item.values()]
    case 'QUOTATIONHEADER':
      return [...rows.Quotation.values()]
    case 'QUOTATIONDETAIL':
      return linesOf(rows.Quotation)
    case 'FAULTS':
      return [...rows.Tickets.values()]
    case 'ORDERHEAD':
      return [...rows.SalesOrder.values()]
    default:
      return linesOf(rows.SalesOrder)
  }
}

/** A client's custom fields are columns of its row. */
const customColumn =
  (name: string) =>
  (row: Row): unknown =>
    ((row.customfields as { name: string; value: unknown }[] | undefined) ?? []).find(
      (one) => one.name === name,
    )?.value ?? null

const part = /(CONVERT\(VARCHAR\(23\), (\w+), 126\)|\w+) AS (\w+)/g

/** Runs the one kind of statement that is asked, and says of any other what a report designer says. */
export function runReport(tables: Tables, lacks: readonly string[], body: Body): Body {
  const refused = (why: string): Body => ({ report: { rows: [], load_error: why } })
  const found = /^SELECT (.+) FROM (\w+) WHERE (\w+) IN \(([^()]+)\)$/.exec(String(body.sql ?? ''))
  const table = String(found?.[2] ?? '')
  const told = columns[table]
  if (!found || !told) return refused(`Incorrect syntax near '${String(body.sql).slice(0, 40)}'.`)
  const read = (column: string): ((row: Row) => unknown) | undefined => {
    if (lacks.includes(column)) return undefined
    const isCustom = table === 'AREA' && tables.fields.some(({ name }) => name === column)
    return told[column] ?? (isCustom ? customColumn(column) : undefined)
  }
  const where = read(String(found[3]))
  const picked = [...String(found[1]).matchAll(part)].map(([, text, dated, name]) => ({
    name: String(name),
    column: String(dated ?? text),
    // As a report shows a date that nobody converts.
    isShown: dated === undefined,
  }))
  const unknown = [...picked.map(({ column }) => column), String(found[3])].find((column) => !read(column))
  if (unknown || !where) return refused(`Invalid column name '${unknown}'.`)
  const wanted = new Set(
    String(found[4])
      .split(',')
      .map((key) => key.trim().replaceAll("'", '')),
  )
  const rows = rowsOf(tables, table)
    .filter((row) => wanted.has(String(where(row))))
    .map((row) =>
      Object.fromEntries(
        picked.map(({ name, column, isShown }) => [name, shownAs(read(column)?.(row), isShown)]),
      ),
    )
  return { id: 0, name: '', report: { rows, load_error: '' } }
}

const shownAs = (value: unknown, isShown: boolean): unknown =>
  isShown && typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
    ? new Date(`${value}Z`).toUTCString()
    : value
