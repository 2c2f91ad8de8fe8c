import type { Quote, QuoteLine, QuoteSection } from '../../../../../app/model/commerce.ts'
import { viewOfQuote } from '../../../../../app/model/lines-view.ts'
import type { QuoteToSend } from '../../../../../app/model/mail/quote-document.ts'
import { mapQuote } from '../../../../../app/model/map/quote.ts'
import { quote, quoteLine, section, tenant } from '../map/builders.ts'

const dates = { createdDate: '2026-05-04T22:30:00.000Z', expiryDate: '2026-06-03T22:30:00.000Z' }
const delivery = {
  deliveryCompany: 'Northwind Traders',
  deliveryAddress: '4 Dock Road',
  deliveryCity: 'Liverpool',
  deliveryPostalCode: 'L3 4BB',
  deliveryAmount: 25,
  deliveryTax: 5,
  deliveryTaxRate: 20,
}

/** A quote to send, made from parts as Commerce sends them: what a test does not name is a usual one. */
export function aQuote(
  more: {
    readonly quote?: Partial<Quote>
    readonly sections?: readonly QuoteSection[]
    readonly lines?: readonly QuoteLine[]
    readonly client?: QuoteToSend['client']
    readonly contact?: QuoteToSend['contact']
  } = {},
): QuoteToSend {
  const source = {
    quote: quote({
      ...dates,
      ...delivery,
      contactName: 'Ana Trujillo',
      contactEmail: 'ana@northwind.example',
      ...more.quote,
    }),
    sections: more.sections ?? [section({ title: 'Servers' })],
    lines: more.lines ?? [quoteLine()],
    lastStatus: null,
  }
  return {
    quote: mapQuote(source, tenant()).record,
    lines: viewOfQuote(source, tenant()),
    client: more.client ?? {
      name: 'Northwind Traders',
      address: {
        line1: '1 High Street',
        line2: '',
        line3: 'London',
        line4: 'United Kingdom',
        postcode: 'N1 9GU',
      },
    },
    contact: more.contact ?? { name: 'Ana Trujillo', firstName: 'Ana', email: 'ana@northwind.example' },
  }
}
