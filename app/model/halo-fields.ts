/**
 * The Halo client fields that a Commerce value can be mapped to, beyond what every sync fills by itself. Columns and lengths: the public
 * catalogue of the on-premise database (AREA, SITE); REST names: schema Area of Halo's OpenAPI document. The live database is probed
 * before a write, so a column that is absent there is left out, and a shorter one found, by the destination.
 *
 * How a destination treats an `ExtraField`: `to` is a key of this list or a custom field's column (`CFregion`). Value null leaves the
 * column alone, '' clears it (NULL for anything but text), true and false arrive as 1 and 0, dates as UTC ISO text. An extra for a column
 * that the sync fills by itself (`isStandard`) takes that column over: the record's own value is not written then.
 */
export type HaloFieldType = 'text' | 'long text' | 'whole number' | 'number' | 'yes/no' | 'date'

export type HaloField = {
  /** What a mapping stores in `to`. */
  readonly key: string
  /** What the mapping screen calls it. */
  readonly label: string
  readonly type: HaloFieldType
  /** Characters; null for numbers, dates and text without a limit. */
  readonly maxLength: number | null
  readonly table: 'AREA' | 'SITE'
  readonly column: string
  /** Property of a posted /Client object. */
  readonly rest: string
  /** The sync writes this column itself unless a mapping takes it over. */
  readonly isStandard: boolean
}

/** A custom field of Halo's clients, as the live Halo describes it. */
export type HaloClientField = {
  /** Its column: "CFregion". */
  readonly column: string
  readonly label: string
  readonly type: HaloFieldType
  /** Characters; null for what is no text, and for text without a limit. */
  readonly maxLength: number | null
  readonly isMandatory: boolean
  /** Where only these values are allowed: Halo keeps the id of one, or its name. Absent: any value. */
  readonly list?: {
    readonly keeps: 'id' | 'word'
    readonly values: readonly { readonly id: number; readonly name: string }[]
  }
}

type Row = readonly [key: string, label: string, column: string, rest: string, maxLength?: number]

const area = (type: HaloFieldType, rows: readonly Row[]): HaloField[] =>
  rows.map(([key, label, column, rest, maxLength]) => ({
    key: `customer.${key}`,
    label,
    type,
    maxLength: maxLength ?? null,
    table: 'AREA',
    column,
    rest,
    isStandard: false,
  }))

/** The mappable fields in the order in which a screen lists them. */
export const haloFields: readonly HaloField[] = [
  ...area('text', [
    ['reference', 'Reference', 'Aarearef', 'ref', 4000],
    ['taxNumber', 'Tax number', 'axerotaxnumber', 'tax_number', 4000],
  ]).map((field) => ({ ...field, isStandard: true })),
  ...area('text', [
    ['tradingName', 'Trading name', 'atradingname', 'trading_name', 4000],
    ['website', 'Website', 'AWebsite', 'website', 250],
    ['domain', 'E-mail domain', 'ADomain', 'domain', 250],
  ]),
  {
    ...(area('text', [
      ['phone', 'Main phone number', 'SPhoneNumber', 'main_phonenumber', 50],
    ])[0] as HaloField),
    table: 'SITE',
  },
  ...area('text', [
    ['accountsId', 'Accounts id', 'aaccountsid', 'accountsid', 4000],
    ['accountsEmail', 'Accounts e-mail', 'AAccountsEmailAddress', 'accountsemailaddress', 4000],
    ['accountsEmailCc', 'Accounts e-mail, copy', 'AAccountsCCEmailAddress', 'accountsccemailaddress', 4000],
    ['accountsFirstName', 'Accounts contact, first name', 'AAccountsFirstName', 'accountsfirstname', 250],
    ['accountsLastName', 'Accounts contact, last name', 'AAccountsLastName', 'accountslastname', 250],
    ['currencyIsoCode', 'Currency code', 'acurrencyisocode', 'currencyisocode', 10],
    ['colour', 'Colour', 'acolour', 'colour', 10],
    ['callHandlingNotes', 'Call handling notes', 'ACallHandlingNotes', 'callhandlingnotes', 4000],
    ['billingPlan', 'Billing plan text', 'abillingplantext', 'billing_plan_text', 4000],
    ['userField1', 'User-defined field 1', 'Afluserdef1', 'fluserdef1', 4000],
    ['userField2', 'User-defined field 2', 'Afluserdef2', 'fluserdef2', 4000],
    ['userField3', 'User-defined field 3', 'Afluserdef3', 'fluserdef3', 4000],
    ['userField4', 'User-defined field 4', 'Afluserdef4', 'fluserdef4', 4000],
    ['userField5', 'User-defined field 5', 'Afluserdef5', 'fluserdef5', 4000],
  ]),
  ...area('long text', [
    ['notes', 'Notes', 'Amemo', 'notes'],
    ['announcement', 'Announcement', 'Aannounce', 'announce'],
  ]),
  ...area('whole number', [
    ['customerType', 'Customer type (Halo id)', 'acustomertype', 'customertype'],
    ['accountManager', 'Account manager (Halo agent id)', 'AAccountManagerTech', 'accountmanagertech'],
    ['paymentTerms', 'Payment terms', 'APaymentTerms', 'paymentterms'],
    [
      'invoiceDueDaysExtra',
      'Extra days until invoices are due',
      'AInvoiceDueDaysExtra',
      'invoiceduedaysextraclient',
    ],
  ]),
  ...area('number', [['discountPercent', 'Discount in percent', 'aDiscountPerc', 'discountperc']]),
  ...area('yes/no', [
    ['isVip', 'VIP', 'AisVIP', 'is_vip'],
    ['isTaxable', 'Taxable', 'ATaxable', 'taxable'],
    ['isNotInvoiced', 'Do not invoice', 'Adontinvoice', 'dontinvoice'],
  ]),
  ...area('date', [
    ['startDate', 'Start date', 'Astartdate', 'startdate'],
    ['endDate', 'End date', 'Aenddate', 'enddate'],
  ]),
]

const byKey = new Map(haloFields.map((field) => [field.key, field]))

/** The catalogue's field of this key, or null: also for a custom field, which only the live Halo knows. */
export const haloField = (key: string): HaloField | null => byKey.get(key) ?? null

/**
 * The column of a custom field target: `cf:region` and `cf:CFregion` both give `CFregion`; null when `to` is no custom field or its name
 * has characters that no Halo column has.
 */
export function customFieldColumn(to: string): string | null {
  const found = /^cf:(?:CF)?([A-Za-z0-9_]{1,100})$/i.exec(to.trim())
  return found ? `CF${found[1]}` : null
}

/** A custom field as a target of a mapping: its key is `cf:NAME`. */
export const customTarget = (field: HaloClientField): HaloField => ({
  key: `cf:${field.column.replace(/^CF/i, '')}`,
  label: field.label,
  type: field.type,
  maxLength: field.maxLength,
  table: 'AREA',
  column: field.column,
  rest: field.column,
  isStandard: false,
})

/** The target of this key among the catalogue's fields and these custom ones; null when there is none. */
export function targetOf(key: string, custom: readonly HaloClientField[] | null): HaloField | null {
  const column = customFieldColumn(key)?.toLowerCase()
  if (column === undefined) return haloField(key)
  const found = custom?.find((field) => field.column.toLowerCase() === column)
  return found ? customTarget(found) : null
}
