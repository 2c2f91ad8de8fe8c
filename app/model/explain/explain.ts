import type { Exchange } from '../exchange.ts'
import { type Fault, type FaultCode, fault } from '../fault.ts'
import { type Explanation, explain } from '../fault-words.ts'
import { haloRefusal } from '../halo-refusal.ts'
import { type Cause, type Found, findCause, type Remedy, stepsOf } from './cause.ts'
import { commerceCauses } from './commerce.ts'
import { detailsOf } from './details.ts'
import { fillerOf, importColumnOf } from './fills.ts'
import { haloSteps } from './halo.ts'
import { networkCauses } from './network.ts'
import { purposeOf } from './purpose.ts'
import { type CarriedRecord, recordsIn } from './records.ts'
import { sqlSayings } from './sql.ts'
import { recordedFault, type Subject, subjectOf } from './subject.ts'

/** An exchange explained to a person who is no programmer. */
type ExchangeExplanation = {
  /** What the request was for. */
  readonly purpose: string
  /** null: nothing went wrong. */
  readonly trouble: Trouble | null
}

export type Trouble = {
  /** false: the program does not know this answer. Then the words say only what was seen, and `raw` is all there is. */
  readonly isKnown: boolean
  /** Name of the cause, for tests and reports; null when it is unknown. */
  readonly cause: string | null
  readonly fault: Fault
  readonly words: Explanation
  /** What this case adds to the words; null when nothing. */
  readonly more: string | null
  readonly steps: readonly string[]
  readonly remedies: readonly Remedy[]
  /** Facts worth seeing, named for a person. */
  readonly details: readonly (readonly [name: string, value: string])[]
  /** The records that were sent and what was said about each; empty when the request carried none. */
  readonly records: readonly CarriedRecord[]
}

/** Explains a recorded exchange. Pure: the same exchange always gets the same words. */
export function explainExchange(exchange: Exchange): ExchangeExplanation {
  const subject = subjectOf(exchange)
  const isGood = subject.code === null && subject.status > 0 && subject.status < 400 && !subject.isPage
  return { purpose: purposeOf(exchange), trouble: isGood ? null : troubleOf(subject) }
}

type Judged = {
  readonly id: string
  readonly fault: Fault
  readonly more?: string
  readonly steps: readonly string[]
  readonly remedies: readonly Remedy[]
}

function troubleOf(subject: Subject): Trouble {
  const judged = judge(subject)
  const found = judged?.fault ?? unknownFault(subject)
  const field =
    found.code === 'halo-field-mandatory' ? String(found.facts?.field ?? found.facts?.column ?? '') : ''
  const filler = field ? fillerOf(field) : null
  const remedies = [...(filler ? [filler.remedy] : []), ...(judged?.remedies ?? (['report'] as const))]
  return {
    isKnown: judged !== null,
    cause: judged?.id ?? null,
    fault: found,
    words: judged ? explain(found) : unknownWords(subject, found),
    more: [judged?.more, filler?.words].filter(Boolean).join(' ') || null,
    steps: judged?.steps ?? [],
    remedies: [...new Set(remedies)],
    details: detailsOf(subject, found),
    records: recordsIn(subject.sent || null, subject.status >= 400 ? subject.words : null),
  }
}

/** The first that knows it: the way there, Halo by its own words, Commerce, a database by its words, the program's own codes. */
function judge(subject: Subject): Judged | null {
  const onTheWay = findCause(networkCauses, subject)
  if (onTheWay) return ofCause(subject, onTheWay)
  if (subject.host === 'halo' && (subject.status >= 400 || subject.isPage) && subject.status !== 429) {
    return ofHalo(subject)
  }
  const theirs = findCause(commerceCauses, subject)
  if (theirs) return ofCause(subject, theirs)
  return subject.code === null ? null : ofCode(subject, subject.code)
}

function ofCause(subject: Subject, { cause, facts }: Found): Judged {
  const told = { ...(subject.server ? { host: subject.server } : {}), ...subject.facts, ...facts }
  return {
    id: cause.id,
    fault: recordedFault(subject, cause.code, told),
    ...(cause.more ? { more: cause.more } : {}),
    steps: stepsOf(cause, told),
    remedies: cause.remedies,
  }
}

function ofHalo(subject: Subject): Judged | null {
  const found = haloRefusal(subject.status, subject.words, { host: subject.server })
  return found.code === 'halo-refused' || found.code === 'halo-error' ? null : withSteps(found, subject)
}

/** Codes that mean "something else": their words would be a guess. */
const vague: ReadonlySet<FaultCode> = new Set(['halo-error', 'halo-refused', 'bad-request', 'bug'])

function ofCode(subject: Subject, code: FaultCode): Judged | null {
  if (!vague.has(code)) return withSteps(recordedFault(subject, code), subject)
  for (const [says, known] of subject.host === 'halo' ? sqlSayings : []) {
    const groups = says.exec(subject.words)?.groups
    const facts = Object.entries(groups ?? {}).filter((pair): pair is [string, string] => Boolean(pair[1]))
    if (groups || says.test(subject.words))
      return withSteps(recordedFault(subject, known, Object.fromEntries(facts)), subject)
  }
  return null
}

function withSteps(found: Fault, subject: Subject): Judged {
  const known = haloSteps[found.code]
  const facts = { ...found.facts, ...columnFacts(found, subject) }
  const cause: Cause = { id: found.code, when: {}, code: found.code, steps: known?.steps ?? [], remedies: [] }
  return {
    id: found.code,
    fault: found,
    ...(known?.more ? { more: known.more } : {}),
    steps: stepsOf(cause, facts),
    remedies: known?.remedies ?? [],
  }
}

function unknownFault(subject: Subject): Fault {
  const code = subject.code ?? (subject.host === 'halo' ? 'halo-refused' : 'bad-request')
  return recordedFault(subject, code, subject.status > 0 ? { status: subject.status } : {})
}

/** Says what was seen and nothing that was not. */
function unknownWords(subject: Subject, found: Fault): Explanation {
  const { whose, why } = explain(fault(found.code, { side: found.side }))
  const who = `${whose[0]?.toUpperCase()}${whose.slice(1)}`
  return {
    what:
      subject.status > 0
        ? `${who} answered with status ${subject.status}. This program does not know this answer.`
        : `${who} reported something that this program does not know.`,
    whose,
    why,
    doNow:
      'Read the exact words below. If they do not help, make a report and ask whoever runs the other side.',
    ...(found.raw ? { raw: found.raw } : {}),
  }
}

/** Which column of a spreadsheet would fill the field that Halo insists on. */
function columnFacts({ code, facts }: Fault, { path }: Subject): Readonly<Record<string, string>> {
  const field = String(facts?.field ?? facts?.column ?? '')
  if (code !== 'halo-field-mandatory' || field === '') return {}
  const importColumn = importColumnOf(field, path)
  return importColumn === null ? { otherColumn: field } : { importColumn }
}
