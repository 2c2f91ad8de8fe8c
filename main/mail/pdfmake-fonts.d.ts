declare module 'pdfmake/fonts/Roboto.js' {
  /** The files of the font that comes with pdfmake: Latin, Greek, Cyrillic. */
  const fonts: { readonly Roboto: Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>> }
  export = fonts
}
