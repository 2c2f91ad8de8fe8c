import type { Fault, FaultCode, FaultSide } from './fault.ts'
import { commerceWords } from './words/commerce.ts'
import { haloWords } from './words/halo.ts'
import { hereWords } from './words/here.ts'
import { mailWords } from './words/mail.ts'
import { networkWords } from './words/network.ts'
import { quoteWords } from './words/quotes.ts'
import { recordWords } from './words/records.ts'
import type { Facts, FaultWords } from './words/say.ts'
import { sheetWords } from './words/sheets.ts'

/**
 * A fault in words for a person who is no programmer: what happened, whose side it is on, what to do. Every fact may be missing.
 *
 * | fact | means |
 * | --- | --- |
 * | host, port, path, url, target, status, seconds, reason | the request: server, port, path, whole address, where it was sent on to, answer, time-out, cause in a word |
 * | issuer, subject, validTo, fingerprint | the certificate that was seen; validTo is UTC ISO |
 * | proxy, schemes | the proxy, and the kinds of login it offers |
 * | perMinute, perDay, usedToday, limitBytes | limits and use |
 * | resource, id, label, number, customerId, problems | the Commerce list, the record's id, what a person calls it, a product number, the customer's id, what is wrong with it |
 * | field, to, value, takenAs, status, statusName | a field's name, a mapping's target, what was sent, what it counts as, a Commerce status |
 * | table, tables, column, columns, length, limit, user, code | Halo: tables, columns (`TABLE.column`), text length and room, login, the database's own code |
 * | group, name | a product group; the name of a group, tenant or secret |
 * | file, folder, backup, store, program | files and versions of this program's data |
 * | ownerHost, pid, since | who holds the data folder; since is UTC ISO (also of a running sync, and of a choice) |
 * | problem | what is wrong with an input |
 * | row | a row of a spreadsheet |
 * | by | what refers to a record that is to be removed ("A ticket") |
 * | ticket | the number of a ticket of Halo |
 * | order | an order's number in Halo |
 * | sheet, found, most | a sheet of a workbook, what a file really is, the limit that was passed |
 *
 * `explain` adds two: `retryAt` (from the fault) and `who` (the side, by name), and turns UTC times into local ones.
 */
export const faultWords: Readonly<Record<FaultCode, FaultWords>> = {
  ...networkWords,
  ...commerceWords,
  ...haloWords,
  ...recordWords,
  ...quoteWords,
  ...sheetWords,
  ...mailWords,
  ...hereWords,
}

const sides: Readonly<Record<FaultSide, { readonly who: string; readonly why: string }>> = {
  commerce: { who: 'Datto Commerce', why: 'The trouble is on the side of Datto Commerce.' },
  halo: { who: 'Halo', why: 'The trouble is on the side of Halo.' },
  network: { who: 'the network', why: 'The trouble is on the way between this computer and the other side.' },
  mail: { who: 'the mail server', why: 'The trouble is on the side of the mail server.' },
  here: { who: 'this computer', why: 'The trouble is on this computer.' },
}

export type Explanation = {
  readonly what: string
  /** Whose side it is on, by name: "Datto Commerce", "Halo", "the network", "this computer". */
  readonly whose: string
  /** The same as a sentence; '' where nobody is to blame (a note, a person's own decision). */
  readonly why: string
  readonly doNow: string
  /** The other side's own words. */
  readonly raw?: string
}

/** Codes that tell what was decided rather than what broke. */
const blameless: readonly FaultCode[] = [
  'cancelled',
  'interrupted',
  'status-unmapped',
  'status-not-chosen',
  'status-chosen',
  'product-missing',
  'order-adopted',
]
const times = ['since', 'validTo'] as const

/** The words for a fault, with times in the reader's locale and zone (the machine's unless told otherwise). */
export function explain(
  fault: Fault,
  options: { readonly locale?: string; readonly timeZone?: string } = {},
): Explanation {
  const side = sides[fault.side]
  const facts: Record<string, string | number> = { ...fault.facts }
  for (const name of times) {
    const value = facts[name]
    if (typeof value === 'string') facts[name] = localTime(value, options)
  }
  if (fault.retryAt) facts.retryAt = localTime(fault.retryAt, options)
  if (fault.side === 'commerce' || fault.side === 'halo') facts.who = side.who
  const words: FaultWords = faultWords[fault.code]
  const whole: Facts = facts
  return {
    what: words.what(whole),
    whose: side.who,
    why: blameless.includes(fault.code) ? '' : side.why,
    doNow: words.doNow(whole),
    ...(fault.raw ? { raw: fault.raw } : {}),
  }
}

function localTime(iso: string, options: { readonly locale?: string; readonly timeZone?: string }): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone }
  return new Intl.DateTimeFormat(options.locale, { dateStyle: 'medium', timeStyle: 'short', ...zone }).format(
    at,
  )
}
