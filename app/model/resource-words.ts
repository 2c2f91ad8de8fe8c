/** What Commerce calls the lists that are read, as a person says it ("quoteline" -> "quote lines"). */
const words: Readonly<Record<string, string>> = {
  category: 'categories',
  contact: 'contacts',
  customer: 'customers',
  customeraddress: 'customer addresses',
  product: 'products',
  quote: 'quotes',
  quoteline: 'quote lines',
  quotesection: 'quote sections',
  salesorder: 'sales orders',
  salesorderline: 'sales order lines',
  supplier: 'suppliers',
}

/** The list's name in words; one that is not known stays as it is. */
export const resourceWord = (resource: string): string => words[resource.toLowerCase()] ?? resource
