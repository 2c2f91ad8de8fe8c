/**
 * Turns Halo's OpenAPI document into what the repository keeps of it: which paths, query parameters and properties there are of those that this program
 * uses, and their types. `node build/halo-contract.ts DOCUMENT` writes tests/fixtures/contracts/halopsa.json. The document has no answers in it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const haloContractFile = fileURLToPath(
  new URL('../tests/fixtures/contracts/halopsa.json', import.meta.url),
)

/** A property: `integer`, `number`, `string`, `boolean`, `date-time`, `any`, the name of a schema, or `[name]` for a list of them. */
export type HaloContract = {
  /** Query parameters of a GET, the schema of the records of a POST, and whether there is a DELETE. */
  readonly paths: Readonly<
    Record<
      string,
      { readonly get?: Readonly<Record<string, string>>; readonly post?: string; readonly delete?: true }
    >
  >
  readonly schemas: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const paging = ['pageinate', 'page_no', 'page_size', 'search']
const lists = [...paging, 'includeactive', 'includeinactive', 'client_id']
/** The paths in use, with the parameters in use. */
const used: Readonly<Record<string, readonly string[]>> = {
  '/AuthInfo': [],
  '/Client': [...lists, 'advanced_search'],
  '/Client/{id}': ['includedetails'],
  '/Site': lists,
  '/Site/{id}': ['includedetails'],
  '/Users': lists,
  '/Users/{id}': ['includedetails'],
  '/Item': lists,
  '/Item/{id}': ['includedetails'],
  '/Quotation': [...lists, 'includelines'],
  '/Quotation/{id}': ['includedetails'],
  '/SalesOrder': lists,
  '/SalesOrder/{id}': ['includedetails'],
  '/Supplier': lists,
  '/AssetGroup': [],
  '/Tax': [],
  '/Currency': [],
  '/Lookup': ['lookupid', 'showallcodes'],
  '/FieldInfo': ['typeid'],
  '/DattoCommerceDetails': ['includedetails'],
  '/DattoCommerceDetails/{id}': ['includedetails'],
  '/Tickets': [...lists, 'open_only', 'closed_only', 'order', 'orderdesc'],
  '/Tickets/{id}': ['includedetails'],
  '/Status': ['type'],
  '/Report': [],
}

/** What is removed one by one. */
const removable: readonly string[] = [
  '/Client/{id}',
  '/Site/{id}',
  '/Users/{id}',
  '/Item/{id}',
  '/Quotation/{id}',
  '/SalesOrder/{id}',
]

const addressProperties = ['id', 'line1', 'line2', 'line3', 'line4', 'postcode', 'site_id', 'primary']
const deliveryProperties = ['deladdress1', 'deladdress2', 'deladdress3', 'deladdress4', 'deladdress5']
/** The schemas in use, with the properties in use. */
const kept: Readonly<Record<string, readonly string[]>> = {
  Area: [
    ...[
      'id',
      'name',
      'ref',
      'tax_number',
      'inactive',
      'main_site_id',
      'main_site_name',
      'customfields',
      'website',
      'trading_name',
      'domain',
    ],
    ...[
      'datto_commerce_id',
      'datto_commerce_url',
      'dattocommerce_tenantid',
      'newclient_sitename',
      'newclient_delivery_address',
    ],
    ...[
      'newclient_phonenumber',
      'accountsid',
      'accountsemailaddress',
      'accountsccemailaddress',
      'accountsfirstname',
      'accountslastname',
    ],
    ...[
      'currencyisocode',
      'colour',
      'callhandlingnotes',
      'billing_plan_text',
      'fluserdef1',
      'fluserdef2',
      'fluserdef3',
      'fluserdef4',
    ],
    ...[
      'fluserdef5',
      'notes',
      'announce',
      'customertype',
      'accountmanagertech',
      'paymentterms',
      'invoiceduedaysextraclient',
    ],
    ...['discountperc', 'is_vip', 'taxable', 'dontinvoice', 'startdate', 'enddate', 'main_phonenumber'],
  ],
  AddressStore: addressProperties,
  CustomField: ['id', 'name', 'label', 'value'],
  Site: [
    'id',
    'name',
    'client_id',
    'inactive',
    'phonenumber',
    'issitedetails',
    'delivery_address',
    'isinvoicesite',
  ],
  Users: [
    'id',
    'name',
    'firstname',
    'surname',
    'emailaddress',
    'phonenumber',
    'mobilenumber',
    'site_id',
    'client_id',
    'inactive',
  ],
  Item: [
    ...[
      'id',
      'name',
      'assetgroup_id',
      'assetgroup_name',
      'baseprice',
      'recurringprice',
      'isrecurringitem',
      'item_default_billing_period',
    ],
    ...[
      'taxcode',
      'externalreference',
      'doesnotneedconsigning',
      'serialise_only_one',
      'datecreated',
      'lastmodified',
      'third_party_id',
    ],
    ...['dattocommerce_tenant', 'supplier_id', 'supplier_part_code'],
  ],
  Generic: ['id', 'name'],
  QuotationHeader: [
    ...[
      'id',
      'title',
      'ticket_id',
      'status',
      'date',
      'expiry_date',
      'note',
      'user_id',
      'site_id',
      'client_id',
      'carriage_desc',
    ],
    ...[
      'carriage_price',
      ...deliveryProperties,
      'third_party_number',
      'third_party_url',
      'datto_commerce_id',
      'datto_commerce_url',
    ],
    ...['dattocommerce_tenantid', 'lines', 'salesorder_id'],
  ],
  QuotationDetail: [
    ...[
      'id',
      'item_id',
      'productcode',
      'name',
      'note',
      'baseprice',
      'billingperiod',
      'line_periods',
      'optional',
      'group_id',
    ],
    ...['isgroupdesc', 'printitem', 'sort_seq'],
  ],
  OrderHead: [
    ...[
      'id',
      'title',
      'ticket_id',
      'summary',
      'po_number',
      'date',
      'note',
      'user_id',
      'user_name',
      'site_id',
      'client_id',
      'status',
    ],
    ...['quotation_id', 'new_external_link', 'override_delivery_address', ...deliveryProperties, 'lines'],
    ...['currency_code', 'currency_conversion_rate'],
  ],
  OrderLine: [
    ...[
      'id',
      'item_id',
      'name',
      'note',
      'baseprice',
      'billingperiod',
      'line_periods',
      'line_recurring',
      'group_id',
      'isgroupdesc',
    ],
    ...['sort_seq', 'dattocommercelineid', 'quotation_line_id'],
  ],
  DattoCommerceDetails: ['id', 'url', 'halointegratorenabled'],
  ExternalLink_List: ['module_id', 'details_id', 'third_party_id', 'third_party_desc'],
  AnalyzerProfile: ['id', 'name', 'sql', '_testonly', '_loadreportonly'],
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
const objectOf = (value: Json | undefined): { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : {}
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
const nameOf = (ref: Json | undefined): string => String(ref).slice(String(ref).lastIndexOf('/') + 1)

function typeOf(schema: { readonly [name: string]: Json }): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref)
  if (schema.type === 'array') return `[${typeOf(objectOf(schema.items))}]`
  if (schema.format === 'date-time') return 'date-time'
  // The document's own words for query parameters.
  const own: Readonly<Record<string, string>> = { bool: 'boolean', int: 'integer' }
  return own[String(schema.type)] ?? String(schema.type ?? 'any')
}

/** The facts of Halo's document that are in use; throws when one of them is not in it. */
export function reduceHaloDocument(text: string): HaloContract {
  const document = objectOf(JSON.parse(text) as Json)
  const paths = objectOf(document.paths)
  const schemas = objectOf(objectOf(document.components).schemas)
  const required = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`The document has no ${what}`)
    return value
  }
  const reducedPaths = Object.entries(used).map(([path, names]) => {
    const { get, post, delete: removal } = objectOf(required(paths[path], path))
    const all = listOf(objectOf(get).parameters).map(objectOf)
    const parameters = names.map((name) => {
      const found = all.find((one) => one.name === name)
      return [name, found ? typeOf(objectOf(found.schema)) : null] as const
    })
    const body = objectOf(
      objectOf(objectOf(objectOf(objectOf(post).requestBody).content)['application/json']).schema,
    )
    const record = nameOf(objectOf(body.items).$ref)
    return [
      path,
      {
        ...(get
          ? {
              get: Object.fromEntries(parameters.filter(([, type]) => type !== null)) as Record<
                string,
                string
              >,
            }
          : {}),
        ...(post && record in kept ? { post: record } : {}),
        ...(removal && removable.includes(path) ? { delete: true as const } : {}),
      },
    ] as const
  })
  const reducedSchemas = Object.entries(kept).map(([name, properties]) => {
    const all = objectOf(objectOf(required(schemas[name], name)).properties)
    const own = properties.map((property) => [
      property,
      typeOf(objectOf(required(all[property], `${name}.${property}`))),
    ])
    return [name, Object.fromEntries(own) as Record<string, string>] as const
  })
  return { paths: Object.fromEntries(reducedPaths), schemas: Object.fromEntries(reducedSchemas) }
}

/** The reduced document as text. */
export const writeHaloContract = (contract: HaloContract): string => `${JSON.stringify(contract, null, 1)}\n`

if (import.meta.main) {
  const file = process.argv[2]
  if (file === undefined) throw new Error('Usage: node build/halo-contract.ts DOCUMENT')
  writeFileSync(haloContractFile, writeHaloContract(reduceHaloDocument(readFileSync(file, 'utf8'))))
}
