import type { CapturedBody, ExchangeDraft } from '../model/exchange.ts'

/** Bodies up to this many letters together are searched at once, whatever their answer. */
const smallLetters = 2_000
/** Of each body of a failure this much is searched at once. */
const failedLetters = 8_000

/**
 * The text of an exchange that goes into the search index: all of a failure's (within 8,000 letters a body) and all of a small good one's. null for a good one
 * with large bodies, of which only the address is indexed: pages of records come by the thousand, and an index of their letters would cost more than storing
 * them (measured: 4,000 letters take 0.23 ms, a page of 100 records several). Those are read one by one when somebody asks for it.
 */
export function indexedWords(draft: ExchangeDraft): string | null {
  const { requestBody, responseBody, errorText, url } = draft
  const letters = lettersOf(requestBody) + lettersOf(responseBody)
  const isFailed = draft.faultCode !== null
  if (!isFailed && letters > smallLetters) return null
  const most = isFailed ? failedLetters : smallLetters
  const headers = isFailed ? [...draft.requestHeaders, ...draft.responseHeaders] : []
  return [
    url,
    errorText ?? '',
    responseBody?.text?.slice(0, most) ?? '',
    requestBody?.text?.slice(0, most) ?? '',
    ...headers.map((pair) => pair.join(': ')),
  ].join('\n')
}

const lettersOf = (body: CapturedBody | null): number => body?.text?.length ?? 0

/** The index's own spelling of "contains this text"; null for a text too short for it. */
export function wordsQuery(text: string): string | null {
  // FTS5's trigram tokenizer knows no text of fewer than three letters (sqlite.org/fts5.html, 4.3.4).
  return [...text].length < 3 ? null : `"${text.replaceAll('"', '""')}"`
}
