import { blurExchange } from '../../app/http/blur.ts'
import { harEntry, harFrame } from '../../app/http/har.ts'
import type { ExchangeFilter, Exchanges } from '../../app/store/exchanges.ts'
import type { Asked } from './desk.ts'

/** Which exchanges: some by id, or all that fit a filter. */
export type HarChoice = { readonly ids: readonly number[] } | Asked

/** Whether names and e-mail addresses are replaced too. */
export type Blurred = boolean

export type HarParts = {
  readonly exchanges: Exchanges
  readonly filterOf: (asked: Asked) => ExchangeFilter
  readonly version: string
}

/** More than any browser opens; the newest are taken. */
export const mostEntries = 20_000
const pageRows = 200

/** An HTTP archive in pieces, so that a large one is never in memory whole: the entries, oldest first. Secrets were masked before anything was stored. */
export function* harOf(parts: HarParts, choice: HarChoice, blur: Blurred): Generator<string> {
  const { before, after } = harFrame(parts.version)
  yield before
  let isFirst = true
  for (const id of idsOf(parts, choice)) {
    const exchange = parts.exchanges.get(id)
    // Gone meanwhile: the ring goes on while a person waits.
    if (!exchange) continue
    yield (isFirst ? '' : ',\n') + JSON.stringify(harEntry(blur ? blurExchange(exchange) : exchange))
    isFirst = false
  }
  yield after
}

/** Ids of the choice, oldest first. */
export function idsOf({ exchanges, filterOf }: HarParts, choice: HarChoice): readonly number[] {
  if ('ids' in choice) return choice.ids.toSorted((a, b) => a - b)
  const ids: number[] = []
  let before: string | undefined
  do {
    const page = exchanges.list(filterOf(choice), { limit: pageRows, ...(before ? { before } : {}) })
    ids.push(...page.rows.map(({ id }) => id))
    before = page.next ?? undefined
  } while (before !== undefined && ids.length < mostEntries)
  return ids.reverse()
}
