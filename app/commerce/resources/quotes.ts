import { quoteLineSchema, quoteSchema, quoteSectionSchema } from '../../model/commerce.ts'
import { define } from './resource.ts'

export const quote = define('quote', quoteSchema, {
  exact: { query: 'quoteNumber', field: 'quoteNumber' },
})
export const quotesection = define('quotesection', quoteSectionSchema, {
  parent: { of: 'quote', query: 'quoteID', field: 'quoteID' },
  since: null,
})
export const quoteline = define('quoteline', quoteLineSchema, {
  parent: { of: 'quotesection', query: 'quoteSectionID', field: 'quoteSectionID' },
  since: null,
})
