import type { Redactor } from '../http/redact.ts'
import type { HttpAnswer } from '../http/types.ts'
import { fail, fault, ok, type Result } from '../model/fault.ts'

/** How much of an unreadable answer a fault shows, in characters; the whole of it is in the recorded exchange. */
const shownLength = 300

/**
 * The JSON of an answer. Content types are not trusted: the text decides. JSON that stops or breaks, or nothing at all, is `json-broken`;
 * a web page and any other text is `not-json`. What a fault shows of it is redacted first: a page may well repeat the address it was
 * asked for, key and all.
 */
export function readJson(answer: Pick<HttpAnswer, 'body' | 'status'>, redactor: Redactor): Result<unknown> {
  const text = answer.body.trim()
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    const looksLikeJson = text === '' || /^[[{"]/.test(text)
    const reason = error instanceof Error ? error.message : String(error)
    const words = looksLikeJson ? reason : text.slice(0, shownLength + redactor.reach)
    const raw = redactor.text(words).slice(0, shownLength)
    return fail(fault(looksLikeJson ? 'json-broken' : 'not-json', { facts: { status: answer.status }, raw }))
  }
}
