/** Characters that the Halo columns of mapped text take (public catalogue of the on-premise database; a live one may have fewer). */
export const limits = {
  customerName: 255,
  reference: 100,
  siteName: 255,
  contactName: 255,
  firstName: 200,
  lastName: 200,
  phone: 50,
  addressLine: 255,
  link: 250,
  productName: 255,
  sku: 255,
  partCode: 200,
  title: 255,
  quoteNumber: 100,
  lineTitle: 500,
  /** NTEXT and NVARCHAR(MAX): no limit there, but a description longer than this is a mistake. */
  note: 30_000,
  extra: 4000,
} as const
