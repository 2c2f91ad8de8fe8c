import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documentOf } from '../../../../app/model/mail/quote-document.ts'
import { defaultTemplate, type Template } from '../../../../app/model/mail/template.ts'
import { makePdf } from '../../../../main/mail/pdf.ts'
import { textOfPdf } from '../../../pdf-text.ts'
import { aQuote } from '../../app/model/mail/a-quote.ts'
import { quoteLine, section } from '../../app/model/map/builders.ts'

const template: Template = {
  ...defaultTemplate,
  company: 'Brightwater IT Ltd',
  footer: 'VAT GB 123',
  terms: 'Pay soon.',
}
const logo = { type: 'image/png' as const, data: readFileSync('build/icons/made/app-128.png') }

describe('the PDF of a quote', () => {
  it('says what the document says, in Latin, Greek and Cyrillic, and fetches nothing', async () => {
    const lines = [quoteLine({ title: 'Größe Łódź', description: 'Ελληνικά, Русский' })]
    const document = documentOf(aQuote({ lines, quote: { title: 'New servers' } }), template)
    const { pdf, missing } = await makePdf(document, logo)
    const [page = ''] = await textOfPdf(pdf)
    const said = [
      'Brightwater IT Ltd',
      'New servers',
      'Q-30',
      'Northwind Traders',
      'Größe Łódź',
      'Ελληνικά, Русский',
    ]
    for (const text of [
      ...said,
      '£200.00',
      'To pay once',
      '£270.00',
      'Pay soon.',
      'VAT GB 123',
      'Page 1 of 1',
    ])
      expect(page).toContain(text)
    expect(missing).toEqual([])
    expect(pdf.toString('latin1')).not.toMatch(/\/URI|https?:\/\/(?!ns\.adobe|www\.w3)/)
  })

  it('tells what its font cannot show', async () => {
    const document = documentOf(aQuote({ quote: { title: '東京 servers 🚀' } }), template)
    expect((await makePdf(document, null)).missing).toEqual(['東', '京', '🚀'])
  })

  it('goes over many pages with its headings, every line once, and its summary whole', async () => {
    const lines = Array.from({ length: 300 }, (_, at) =>
      quoteLine({
        ...{ id: at + 1, lineNumber: at, title: `Item-${at}-end`, price: 1, quantity: 1, tax: 0 },
        description:
          at === 150 ? 'Words that go on and on. '.repeat(300) : 'x'.repeat(at % 9 === 0 ? 180 : 0),
      }),
    )
    const document = documentOf(aQuote({ lines, sections: [section({ title: 'All of it' })] }), template)
    const pages = await textOfPdf((await makePdf(document, null)).pdf)
    const whole = pages.join(' ')
    expect(pages.length).toBeGreaterThan(8)
    for (let at = 0; at < 300; at += 1) expect(whole.split(`Item-${at}-end`)).toHaveLength(2)
    const summaryAt = pages.findIndex((page) => page.includes('Summary'))
    expect(pages[summaryAt]).toContain('To pay once')
    for (const page of pages.slice(0, summaryAt)) expect(page).toContain('All of it')
    expect(pages[1]).toContain('Quote Q-30')
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`)
  })
})
