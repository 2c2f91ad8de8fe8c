import { readFile } from 'node:fs/promises'
import type { QuoteDocument } from '../../app/model/mail/quote-document.ts'
import type { Logo } from '../../app/store/templates.ts'
import { charactersOf, missingIn } from './glyphs.ts'
import { layoutOf } from './layout.ts'

/** `missing`: characters that the document's font cannot show (Chinese, Japanese, emoji): boxes stand for them. */
export type MadePdf = { readonly pdf: Buffer; readonly missing: readonly string[] }

let printing: Promise<unknown> = Promise.resolve()
let known: ReadonlySet<number> | null = null

/**
 * A quote's document as PDF, with its fonts inside; nothing is fetched. A long one takes half a second of this thread, so they are made one after
 * another.
 */
export function makePdf(document: QuoteDocument, logo: Pick<Logo, 'type' | 'data'> | null): Promise<MadePdf> {
  const made = printing.then(() => print(document, logo))
  printing = made.catch(() => null)
  return made
}

async function print(document: QuoteDocument, logo: Pick<Logo, 'type' | 'data'> | null): Promise<MadePdf> {
  const { default: pdfmake } = await import('pdfmake/js/index.js')
  const { default: fonts } = await import('pdfmake/fonts/Roboto.js')
  const files = new Set<string>(Object.values(fonts.Roboto))
  pdfmake.setFonts({ Roboto: { ...fonts.Roboto } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => files.has(path))
  known ??= charactersOf(await readFile(fonts.Roboto.normal))
  const image = logo && `data:${logo.type};base64,${logo.data.toString('base64')}`
  const pdf = await pdfmake.createPdf(layoutOf(document, image)).getBuffer()
  return { pdf: Buffer.from(pdf), missing: missingIn(textsOf(document), known) }
}

/** Every text in it. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* textsOf(inner)
}
