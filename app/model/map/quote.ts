import type { Quote, QuoteLine, QuoteSection } from '../commerce.ts'
import type { Fault } from '../fault.ts'
import type { HaloQuote } from '../halo.ts'
import type { Interpretation } from '../mapping.ts'
import type { StatusChoice } from '../status-choice.ts'
import type { Tenant } from '../tenant.ts'
import { line, normalEmail, readableText } from '../text.ts'
import { mapDelivery } from './delivery.ts'
import { limits } from './limits.ts'
import { type DraftLine, headingLine, inOrder, mapLine, numbered } from './line.ts'
import { fillLink } from './link.ts'
import { statusChange } from './status.ts'

export type QuoteSource = {
  readonly quote: Quote
  readonly sections: readonly QuoteSection[]
  readonly lines: readonly QuoteLine[]
  /** Commerce's status when this quote was last written; null for a new one. */
  readonly lastStatus: number | null
  /** What a person chose for it in Halo; absent or null: the mapping decides. */
  readonly choice?: StatusChoice | null
  /** Products that Commerce answered "no such id" for. */
  readonly missingProducts?: ReadonlySet<number>
}

/** Section type Text (apis.md §1.5). */
const textSection = 1

/**
 * A quote with its sections and lines as Halo keeps it: sections become headings, text sections headings with a note, lines keep
 * Commerce's order. Notes say what was degraded. Never throws; the same input gives the same output.
 */
export function mapQuote(
  source: QuoteSource,
  tenant: Tenant,
): { readonly record: HaloQuote; readonly notes: readonly Fault[] } {
  const { quote } = source
  const { interpretation, quoteStatus } = tenant.mapping
  const number = line(quote.quoteNumber, limits.quoteNumber) || String(quote.id)
  const title = line(readableText(quote.title), limits.title) || `Quote ${number}`
  const { lastStatus, choice = null } = source
  const change = statusChange(quoteStatus, quote.status, lastStatus, number, choice)
  const { notes: statusNotes, ...status } = change
  const { lines, notes } = mapLines(source, interpretation)
  const email = normalEmail(quote.contactEmail)
  return {
    record: {
      commerceId: quote.id,
      url: fillLink(interpretation.quoteLink, {
        base: tenant.instanceUrl,
        id: quote.id,
        code: quote.code,
        quoteNumber: quote.quoteNumber,
      }),
      number,
      title,
      customerCommerceId: quote.customerID,
      contact: { name: line(quote.contactName, limits.contactName) || email, email },
      ...status,
      createdAt: quote.createdDate,
      expiresAt: quote.expiryDate,
      modifiedAt: quote.modifiedDate,
      note: readableText(quote.privateNote, limits.note),
      delivery: mapDelivery(quote, interpretation),
      lines: numbered(lines),
    },
    notes: [...statusNotes, ...notes],
  }
}

type Drafts = { readonly lines: DraftLine[]; readonly notes: Fault[]; group: number }

function mapLines(source: QuoteSource, reading: Interpretation): Drafts {
  const drafts: Drafts = { lines: [], notes: [], group: 1 }
  const missing = source.missingProducts ?? new Set<number>()
  const bySection = new Map<number, QuoteLine[]>()
  for (const each of inOrder(source.lines)) {
    const list = bySection.get(each.quoteSectionID)
    if (list) list.push(each)
    else bySection.set(each.quoteSectionID, [each])
  }
  for (const section of inOrder(source.sections)) {
    addSection(drafts, section, bySection.get(section.id) ?? [], missing, reading)
    bySection.delete(section.id)
  }
  // Lines whose section is not known keep their place at the end, without a heading.
  addSection(drafts, null, [...bySection.values()].flat(), missing, reading)
  return drafts
}

function addSection(
  drafts: Drafts,
  section: QuoteSection | null,
  all: readonly QuoteLine[],
  missing: ReadonlySet<number>,
  reading: Interpretation,
): void {
  const isText = section?.type === textSection
  const prose = isText ? all.filter(isProse) : []
  const items = isText ? all.filter((each) => !isProse(each)) : all
  const kept = items.filter((each) => reading.unchosenLines === 'optional' || isChosen(each, section))
  if (kept.length === 0 && !isText) return
  const title = line(readableText(section?.title ?? ''), limits.lineTitle)
  const note = readableText(
    prose
      .map(wordsOf)
      .filter((words) => words !== '')
      .join('\n'),
    limits.note,
  )
  if (title === '' && note === '' && kept.length === 0) return
  if (title !== '' || note !== '') drafts.lines.push(headingLine(title, note, drafts.group))
  for (const each of kept) {
    const place = {
      groupSequence: drafts.group,
      isOptional: !isChosen(each, section),
      missingProducts: missing,
    }
    const mapped = mapLine(each, place, reading)
    drafts.lines.push(mapped.line)
    drafts.notes.push(...mapped.notes)
  }
  drafts.group++
}

/**
 * Whether a line counts (docs/decisions, "lines that were not chosen"): its section is selected; in a multi-choice section the line is, too;
 * an optional line is selected.
 */
export function isChosen(
  each: Pick<QuoteLine, 'isOptional' | 'isSelected'>,
  section: Pick<QuoteSection, 'isSelected' | 'isMultiChoice'> | null,
): boolean {
  if (section && !section.isSelected) return false
  return each.isSelected || !(each.isOptional || (section?.isMultiChoice ?? false))
}

/** A line of a text section that only carries words: folded into the heading's note. */
const isProse = (each: QuoteLine): boolean =>
  each.productID === null && each.price === 0 && each.tax === 0 && each.productNumber === ''

const wordsOf = (each: QuoteLine): string =>
  [line(readableText(each.title), limits.lineTitle), readableText(each.description)]
    .filter((part) => part !== '')
    .join('\n')
