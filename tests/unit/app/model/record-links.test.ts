import { describe, expect, test } from 'vitest'
import { linksOf } from '../../../../app/model/record-links.ts'
import { tenant } from './map/builders.ts'

const record = { id: 7, code: 'AB c', quoteNumber: 'Q-7' }
const customer = { id: 3, code: 'NW', quoteNumber: '' }
const host = 'https://sample.mydattocommerce.com'

describe('links of a record', () => {
  test('are filled from the template of its kind', () => {
    const own = tenant(
      {},
      {
        quoteLink: '{base}/quotes/{id}?code={code}',
        orderLink: '{base}/orders/{quoteNumber}',
        raiseQuoteLink: '{base}/customers/{id}/new',
      },
    )
    expect(linksOf(own, 'quotes', record, customer)).toEqual({
      view: `${host}/quotes/7?code=AB%20c`,
      raise: `${host}/customers/3/new`,
    })
    expect(linksOf(own, 'salesOrders', record, null)).toEqual({ view: `${host}/orders/Q-7`, raise: '' })
  })

  test.each([
    ['another host', 'https://evil.example/{id}'],
    ['a host that only begins alike', '{base}.evil.example/{id}'],
    ['plain http', 'http://localhost/{id}'],
    ['a script', 'javascript:alert({id})'],
    ['an unknown placeholder', '{base}/{secret}'],
    ['nothing', ''],
  ])('lead nowhere when the template gives %s', (_, quoteLink) => {
    expect(linksOf(tenant({}, { quoteLink }), 'quotes', record, customer).view).toBe('')
  })

  test('may lead to a host that the settings name', () => {
    const own = tenant(
      {},
      { quoteLink: 'https://quotes.example.com/{id}', linkHosts: ['Quotes.example.com'] },
    )
    expect(linksOf(own, 'quotes', record, customer).view).toBe('https://quotes.example.com/7')
  })
})
