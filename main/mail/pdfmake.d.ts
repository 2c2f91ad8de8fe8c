declare module 'pdfmake/js/index.js' {
  import type { PageLayout } from './blocks.ts'

  /** pdfmake as it is used here; blocks.ts says why its own types are not. */
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void
    /** Whether an address may be fetched. */
    setUrlAccessPolicy(policy: (url: string) => boolean): void
    /** Whether a file may be read. */
    setLocalAccessPolicy(policy: (path: string) => boolean): void
    createPdf(layout: PageLayout): { getBuffer(): Promise<Buffer> }
  }
  export = pdfmake
}

declare module 'pdfmake/fonts/Roboto.js' {
  /** The files of the font that comes with pdfmake: Latin, Greek, Cyrillic. */
  const fonts: { readonly Roboto: Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>> }
  export = fonts
}
