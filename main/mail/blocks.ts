/**
 * What a page is made of, as pdfmake takes it: only what is used here. Its own types bring the browser's with them, which nothing outside the screens may
 * see. Lengths are in points.
 */
export type Block = {
  readonly text?: string
  readonly stack?: readonly Block[]
  readonly columns?: readonly Block[]
  readonly columnGap?: number
  readonly table?: {
    readonly headerRows?: number
    readonly keepWithHeaderRows?: number
    readonly dontBreakRows?: boolean
    readonly widths?: readonly (string | number)[]
    readonly body: readonly (readonly Block[])[]
  }
  readonly layout?: 'noBorders' | TableLook
  readonly canvas?: readonly Line[]
  /** A data: address. */
  readonly image?: string
  /** The box that a picture fits into. */
  readonly fit?: readonly [width: number, height: number]
  readonly width?: number | 'auto' | '*'
  readonly colSpan?: number
  /** Left, top, right, bottom. */
  readonly margin?: readonly [number, number, number, number]
  /** Stays on one page. */
  readonly unbreakable?: boolean
  readonly style?: 'label' | 'quiet' | 'heading'
} & Face

export type Face = {
  readonly font?: string
  readonly fontSize?: number
  readonly bold?: boolean
  readonly italics?: boolean
  readonly color?: string
  readonly lineHeight?: number
  readonly alignment?: 'right'
  readonly characterSpacing?: number
}

type Line = {
  readonly type: 'line'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly lineWidth: number
  readonly lineColor: string
}

/** Called with the number of the line or column that is drawn, and the table itself. */
export type TableLook = {
  readonly hLineWidth: (at: number) => number
  readonly vLineWidth: (at: number) => number
  readonly hLineColor: (at: number) => string
  readonly paddingLeft: (at: number) => number
  readonly paddingRight: (
    at: number,
    node: { readonly table: { readonly widths: readonly unknown[] } },
  ) => number
  readonly paddingTop: (at: number) => number
  readonly paddingBottom: (at: number) => number
  readonly fillColor?: (at: number) => string | null
}

export type PageLayout = {
  readonly pageSize: 'A4' | 'LETTER'
  readonly pageMargins: readonly [number, number, number, number]
  readonly info: Readonly<Record<string, string>>
  readonly defaultStyle: Face
  readonly styles: Readonly<Record<NonNullable<Block['style']>, Face>>
  readonly header: (page: number) => Block | null
  readonly footer: (page: number, pages: number) => Block
  readonly content: readonly Block[]
}
