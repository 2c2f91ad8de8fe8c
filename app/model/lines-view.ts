import type { QuoteLine, QuoteSection } from './commerce.ts'
import type { HaloDelivery, HaloLine } from './halo.ts'
import { isChosen, mapQuote, type QuoteSource } from './map/quote.ts'
import { product, toNumber } from './money.ts'
import type { Tenant } from './tenant.ts'
import { type Totals, totalsOf } from './totals.ts'

/** Why a line does not count: its section was not chosen, another choice of its section was, or it is optional and was not taken. */
export type WhyUnchosen = 'section' | 'choice' | 'optional'

export type ShownLine = HaloLine & {
  /** Of the whole line, before tax, after discount. */
  readonly amount: number
  /** null: it counts. */
  readonly why: WhyUnchosen | null
}

export type ShownSection = {
  readonly title: string
  readonly note: string
  readonly isMultiChoice: boolean
  readonly lines: readonly ShownLine[]
}

/** `areUnchosenKept` false: this tenant's Halo does not get the lines that do not count. The totals are those of the lines that do. */
export type LinesView = {
  readonly sections: readonly ShownSection[]
  readonly totals: Totals
  readonly areUnchosenKept: boolean
}

/** All lines of a quote under their sections, those that do not count too, whatever the tenant has Halo get of them. */
export function viewOfQuote(source: QuoteSource, tenant: Tenant): LinesView {
  const { interpretation } = tenant.mapping
  const mapping = {
    ...tenant.mapping,
    interpretation: { ...interpretation, unchosenLines: 'optional' as const },
  }
  const { record } = mapQuote(source, { ...tenant, mapping })
  const sections = new Map(source.sections.map((section) => [section.id, section]))
  const lines = new Map(source.lines.map((line) => [line.id, line]))
  const sectionOf = (id: number): QuoteSection | null =>
    sections.get(lines.get(id)?.quoteSectionID ?? 0) ?? null
  const whyOf = (line: HaloLine): WhyUnchosen | null => {
    const each = lines.get(line.commerceId)
    return each ? whyUnchosen(each, sectionOf(line.commerceId)) : null
  }
  return {
    sections: sectionsOf(record.lines, whyOf, (id) => sectionOf(id)?.isMultiChoice ?? false),
    totals: totalsOf(record),
    areUnchosenKept: interpretation.unchosenLines === 'optional',
  }
}

/** The lines of an order: all of them count. */
export const viewOfOrder = (record: {
  readonly lines: readonly HaloLine[]
  readonly delivery: HaloDelivery
}): LinesView => ({
  sections: sectionsOf(
    record.lines,
    () => null,
    () => false,
  ),
  totals: totalsOf(record),
  areUnchosenKept: true,
})

/** Why a line does not count; null when it does. The same rule as `isChosen`. */
export function whyUnchosen(
  line: Pick<QuoteLine, 'isOptional' | 'isSelected'>,
  section: Pick<QuoteSection, 'isSelected' | 'isMultiChoice'> | null,
): WhyUnchosen | null {
  if (isChosen(line, section)) return null
  if (section && !section.isSelected) return 'section'
  return section?.isMultiChoice ? 'choice' : 'optional'
}

function sectionsOf(
  lines: readonly HaloLine[],
  whyOf: (line: HaloLine) => WhyUnchosen | null,
  isMultiChoice: (commerceId: number) => boolean,
): ShownSection[] {
  return [...Map.groupBy(lines, (line) => line.groupSequence).values()].map((group) => {
    const heading = group.find((line) => line.kind === 'heading')
    const items = group.filter((line) => line.kind === 'line')
    return {
      title: heading?.description ?? '',
      note: heading?.note ?? '',
      isMultiChoice: items.some((line) => isMultiChoice(line.commerceId)),
      lines: items.map((line) => ({ ...line, amount: amountOf(line), why: whyOf(line) })),
    }
  })
}

/** As the totals add it up: price and discount of the line, each to the cent. */
const amountOf = ({ price, discount, quantity }: HaloLine): number =>
  toNumber(product(price, quantity) - product(discount, quantity))
