import type { DocumentLine, DocumentSection, QuoteDocument } from '../../app/model/mail/quote-document.ts'
import type { ColumnName } from '../../app/model/mail/template.ts'
import type { Block, PageLayout, TableLook } from './blocks.ts'

/** All in points, 72 to the inch. */
const side = 48
const paperWidth = { A4: 595.28, LETTER: 612 } as const
const quiet = '#5f6368'
const rule = '#d9dce1'

/** The page of a quote for pdfmake. `logo`: a data: address, or null. Everything that is said comes from the document. */
export function layoutOf(document: QuoteDocument, logo: string | null): PageLayout {
  const { words, paper, colour } = document
  const footerRows = document.footer === '' ? 0 : document.footer.split('\n').length
  return {
    pageSize: paper,
    pageMargins: [side, 60, side, 46 + Math.max(footerRows, 1) * 11],
    info: {
      title: `${words.quote} ${document.number}: ${document.title}`,
      author: document.company,
      creator: 'Commerce Integrator',
    },
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.25, color: '#202124' },
    styles: {
      label: { fontSize: 8, color: quiet },
      quiet: { fontSize: 8.5, color: quiet },
      heading: { fontSize: 11.5, bold: true, color: colour },
    },
    header: (page) => (page === 1 ? null : runningHead(document)),
    footer: (page, pages) => foot(document, page, pages),
    content: [
      ...letterhead(document, logo),
      ...opening(document),
      ...document.sections.map((section) => sectionOf(document, section)),
      summary(document),
      ...when(
        document.terms !== '',
        { text: words.terms, style: 'heading', margin: [0, 18, 0, 4] },
        { text: document.terms, style: 'quiet' },
      ),
    ],
  }
}

/** These blocks, or none. */
const when = (isThere: boolean, ...blocks: readonly Block[]): readonly Block[] => (isThere ? blocks : [])

const runningHead = ({ words, company, number, title }: QuoteDocument): Block => ({
  margin: [side, 28, side, 0],
  columns: [
    { text: company, style: 'quiet', width: 'auto' },
    { text: `${words.quote} ${number} · ${cut(title, 60)}`, style: 'quiet', alignment: 'right', width: '*' },
  ],
})

const cut = (text: string, most: number): string =>
  [...text].length > most ? `${[...text].slice(0, most).join('')}…` : text

const foot = ({ words, footer, colour, paper }: QuoteDocument, page: number, pages: number): Block => ({
  margin: [side, 10, side, 0],
  stack: [
    {
      canvas: [{ type: 'line', x1: 0, y1: 0, x2: widthOf(paper), y2: 0, lineWidth: 0.75, lineColor: colour }],
    },
    {
      margin: [0, 6, 0, 0],
      columns: [
        { text: footer, fontSize: 7.5, color: quiet, width: '*' },
        {
          ...{ text: `${words.page} ${page} ${words.of} ${pages}`, fontSize: 7.5, color: quiet },
          ...{ alignment: 'right', width: 90 },
        },
      ],
    },
  ],
})

const widthOf = (paper: QuoteDocument['paper']): number => paperWidth[paper] - 2 * side

function letterhead({ company, companyLines, colour }: QuoteDocument, logo: string | null): Block[] {
  const name: Block = { text: company, fontSize: 15, bold: true, color: colour, width: '*' }
  const besideLogo: Block[] =
    logo === null || company === '' ? [] : [{ text: company, bold: true, alignment: 'right' }]
  const address: Block = {
    width: 'auto',
    stack: [...besideLogo, { text: companyLines.join('\n'), style: 'quiet', alignment: 'right' }],
  }
  const picture: Block = { image: logo ?? '', fit: [210, 66] }
  const left: Block = logo === null ? name : { stack: [picture], width: '*' }
  return [{ margin: [0, -20, 0, 26], columnGap: 24, columns: [left, address] }]
}

function opening(document: QuoteDocument): Block[] {
  const { words, introduction, title, colour, locale } = document
  const kind = words.quote.toLocaleUpperCase(locale)
  return [
    { text: kind, fontSize: 9, bold: true, color: colour, characterSpacing: 1.2 },
    { text: title, fontSize: 19, bold: true, lineHeight: 1.1, margin: [0, 1, 0, 16] },
    { margin: [0, 0, 0, 18], columnGap: 22, columns: parties(document) },
    ...when(introduction !== '', { text: introduction, margin: [0, 0, 0, 6] }),
  ]
}

function parties({ words, client, attention, deliverTo, facts }: QuoteDocument): Block[] {
  const receiver: Block = {
    width: '*',
    stack: [
      { text: words.preparedFor, style: 'label' },
      { text: client[0] ?? '', bold: true },
      { text: client.slice(1).join('\n') },
      ...when(attention !== '', { text: `${words.attention}: ${attention}` }),
    ],
  }
  const delivery: Block = {
    width: '*',
    stack: [{ text: words.deliverTo, style: 'label' }, { text: deliverTo.join('\n') }],
  }
  const numbers: Block = {
    width: 'auto',
    layout: 'noBorders',
    table: {
      body: facts.map(([label, value]): Block[] => [
        { text: label, style: 'label', margin: [0, 1, 14, 0] },
        { text: value, alignment: 'right' },
      ]),
    },
  }
  return deliverTo.length === 0 ? [receiver, numbers] : [receiver, delivery, numbers]
}

type NumberColumn = Exclude<ColumnName, 'code'>
const numbersOf = ({ columns }: QuoteDocument): readonly NumberColumn[] =>
  columns.filter((name): name is NumberColumn => name !== 'code')

/** One width for a column in all sections, by its longest text, so that the numbers stand under each other through the whole document. */
function widthsOf(document: QuoteDocument): (string | number)[] {
  const longest = (name: NumberColumn): number =>
    Math.max(
      document.words[name].length * 0.92,
      ...document.sections.flatMap(({ lines }) => lines.map((line) => line.cells[name].length)),
      ...(name === 'amount' ? [document.words.perQuarter.length * 0.8] : []),
    )
  return ['*', ...numbersOf(document).map((name) => Math.min(Math.max(longest(name) * 5.3 + 4, 40), 105))]
}

function sectionOf(document: QuoteDocument, { title, note, lines }: DocumentSection): Block {
  if (lines.length === 0) {
    return {
      margin: [0, 12, 0, 0],
      stack: [...when(title !== '', { text: title, style: 'heading' }), ...when(note !== '', { text: note })],
    }
  }
  const { words } = document
  const names = numbersOf(document)
  const across = (cell: Block): Block[] => [
    { ...cell, colSpan: names.length + 1 },
    ...names.map((): Block => ({})),
  ]
  const head: Block[] = [
    { text: words.description, style: 'label' },
    ...names.map((name): Block => ({ text: words[name], style: 'label', alignment: 'right' })),
  ]
  const longest = Math.max(...lines.map((line) => line.description.length + line.note.length))
  return {
    margin: [0, 12, 0, 0],
    layout: tableLayout(document.colour, title === '' ? 1 : 2),
    table: {
      headerRows: title === '' ? 1 : 2,
      keepWithHeaderRows: 1,
      // A row stays on one page, but for one that could fill a page by itself.
      dontBreakRows: longest < 1_500,
      widths: widthsOf(document),
      body: [
        ...(title === '' ? [] : [across({ text: title, style: 'heading' })]),
        head,
        ...(note === '' ? [] : [across({ text: note, style: 'quiet' })]),
        ...lines.map((line) => rowOf(document, line, names)),
      ],
    },
  }
}

function rowOf(document: QuoteDocument, line: DocumentLine, names: readonly NumberColumn[]): Block[] {
  const { words, columns, colour } = document
  const tone = line.mark === '' ? {} : { color: quiet }
  const hasCode = columns.includes('code') && line.cells.code !== ''
  return [
    {
      stack: [
        { text: line.description, ...tone },
        ...when(hasCode, { text: `${words.code}: ${line.cells.code}`, style: 'label' }),
        ...when(line.note !== '', { text: line.note, style: 'quiet' }),
        ...when(line.mark !== '', { text: line.mark, fontSize: 8, italics: true, color: colour }),
      ],
    },
    ...names.map((name): Block => {
      const text = { text: line.cells[name], alignment: 'right' as const, ...tone }
      return name === 'amount' && line.period !== ''
        ? { stack: [text, { text: line.period, style: 'label', alignment: 'right' as const }] }
        : text
    }),
  ]
}

const tableLayout = (colour: string, heads: number): TableLook => ({
  hLineWidth: (at) => (at < heads ? 0 : at === heads ? 1 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (at) => (at === heads ? colour : rule),
  paddingLeft: (at) => (at === 0 ? 0 : 6),
  paddingRight: (at, node) => (at === node.table.widths.length - 1 ? 0 : 6),
  paddingTop: () => 4,
  paddingBottom: () => 4,
})

/** What is to be paid, kept together on one page. */
function summary({ words, totals, colour, paper }: QuoteDocument): Block {
  const cell = (text: string, isSum: boolean): Block => ({ text, alignment: 'right', bold: isSum })
  return {
    unbreakable: true,
    margin: [widthOf(paper) * 0.24, 22, 0, 0],
    stack: [
      { text: words.summary, style: 'heading', margin: [0, 0, 0, 4] },
      {
        layout: {
          ...tableLayout(colour, 1),
          paddingLeft: () => 8,
          paddingRight: () => 8,
          fillColor: (at) => (totals[at - 1]?.isSum ? '#f3f5f8' : null),
        },
        table: {
          headerRows: 1,
          widths: ['*', 'auto', 'auto', 'auto'],
          body: [
            ['', words.beforeTax, words.tax, words.total].map(
              (text): Block => ({ text, style: 'label', alignment: 'right' }),
            ),
            ...totals.map((row): Block[] => [
              { text: row.label, bold: row.isSum },
              cell(row.beforeTax, false),
              cell(row.tax, false),
              cell(row.total, row.isSum),
            ]),
          ],
        },
      },
    ],
  }
}
