import { type Fault, type FaultCode, fault } from './fault.ts'
import { type HaloComplaint, type HaloError, mandatoryField, readHaloError } from './halo-error.ts'

type Rule = readonly [pattern: RegExp, code: FaultCode, facts?: Readonly<Record<string, string>>]

/** Words that say the same whatever the status; the first that fits. Token errors: Microsoft.IdentityModel's IDX numbers and RFC 6749 §5.2. */
const rules: readonly Rule[] = [
  [/not yet valid|IDX10222|nbf\b.*(future|invalid)|issued in the future/i, 'halo-clock'],
  [/clock skew|system time|date and time of (?:this|the) (?:computer|server)/i, 'halo-clock'],
  [
    /invalid[_ ]client|unauthori[sz]ed[_ ]client|client (?:id|secret) (?:is )?(?:invalid|incorrect|wrong)/i,
    'halo-login',
  ],
  [/invalid[_ ]tenant|tenant .*(?:not found|does not exist|unknown)/i, 'halo-login', { field: 'tenant' }],
  [/invalid[_ ]token|IDX1\d{4}|token (?:is |has )?expired/i, 'halo-login'],
  [/invalid[_ ]scope|insufficient[_ ]scope/i, 'halo-rights'],
  [
    /(?:do(?:es)? not|don't) have (?:the )?(?:permission|access|rights?)|permission denied|not (?:permitted|allowed) to|access (?:is )?denied/i,
    'halo-rights',
  ],
  [/not authori[sz]ed|unauthori[sz]ed access/i, 'halo-rights'],
  [
    /request (?:body|entity|length|content).*(?:too large|exceed|limit)|(?:too large|exceeded).*request|maximum request length/i,
    'halo-too-big',
  ],
  [/deadlock/i, 'halo-deadlock'],
  [/transaction log .*full|could not allocate space|filegroup is full|disk .*full/i, 'halo-full'],
  [/(?:execution|command|connection|wait) time-?out|timeout expired/i, 'halo-unreachable'],
  [
    /would be truncated|(?:too long|maximum length|max(?:imum)? (?:of )?\d+ char|exceeds? (?:the )?(?:maximum|\d+ char)|longer than)/i,
    'halo-value-too-long',
  ],
]

/** What Halo calls the things that a record points to, and the list of ours to look at. */
const things: readonly (readonly [RegExp, string])[] = [
  [/\b(?:client|customer|area)(?:_?id)?\b/i, 'customers'],
  [/\bsite(?:_?id)?\b/i, 'sites'],
  [/\b(?:contact|end.?user|user)(?:_?id)?\b/i, 'contacts'],
  [/\b(?:asset ?group|item ?group|product ?group|assetgroup_id|group)\b/i, 'product groups'],
  [/\b(?:item|product)(?:_?id)?\b/i, 'items'],
  [/\b(?:tax|vat)(?: ?code| ?rate|_?id)?\b/i, 'taxes'],
  [/\bcurrency(?:_?code)?\b/i, 'currencies'],
  [/\bstatus\b/i, 'statuses'],
  [/\b(?:quotation|quote)(?:_?id)?\b/i, 'quotations'],
  [/\bticket(?:_?id)?\b/i, 'tickets'],
]
const unknownThing =
  /(?:not found|does(?:n't| not) exist|no (?:such|matching|longer exists)|(?:is )?(?:unknown|invalid)\b|cannot find|could(?:n't| not) (?:be found|find)|foreign key)/i
const unreadable =
  /could not be converted|cannot convert|error converting|conversion failed|not a valid|invalid (?:value|format|date|number|cast)|input string was not/i

/**
 * The fault behind a refusal of Halo's API: by what it says, then by its status. `facts` are added (host, label); `raw` is Halo's own words, so hand
 * in a body whose secrets are masked. Codes: halo-clock, halo-login, halo-rights, halo-too-big, halo-deadlock, halo-full, halo-unreachable,
 * halo-value-too-long, halo-field-mandatory, halo-reference-missing, halo-value-refused, halo-not-api, halo-refused (anything else that Halo does not
 * take), halo-error (an error of its own).
 */
export function haloRefusal(
  status: number,
  body: string,
  facts: Readonly<Record<string, string | number>> = {},
): Fault {
  const error = readHaloError(body)
  return refusalOf(status, error, error.complaints[0] ?? null, facts)
}

/** The fault behind one complaint of a refusal that has several: a batch of which some records are refused. */
export function refusalOf(
  status: number,
  error: HaloError,
  complaint: HaloComplaint | null,
  facts: Readonly<Record<string, string | number>> = {},
): Fault {
  const text = complaint?.text ?? ''
  const raw = [error.code, text]
    .filter((part) => part !== '')
    .join(': ')
    .slice(0, 2000)
  const told = { status, ...(error.code ? { code: error.code.slice(0, 80) } : {}), ...facts }
  const make = (code: FaultCode, more: Readonly<Record<string, string | number>> = {}): Fault =>
    fault(code, { side: 'halo', facts: { ...told, ...more }, ...(raw ? { raw } : {}) })
  if (error.shape === 'web-page') return make(status >= 500 ? 'halo-unreachable' : 'halo-not-api')
  if (status === 413) return make('halo-too-big')
  const rule = rules.find(([pattern]) => pattern.test(raw))
  if (rule) return make(rule[1], { ...rule[2], ...fieldOf(rule[1], complaint) })
  if (status === 401) return make('halo-login')
  if (status === 403) return make('halo-rights')
  const field = mandatoryField(text)
  if (field) return make('halo-field-mandatory', { field: complaint?.field ?? field })
  const about = complaint?.field ?? text
  const thing = unknownThing.test(text) ? things.find(([pattern]) => pattern.test(about)) : undefined
  if (thing && !unreadable.test(text))
    return make('halo-reference-missing', { table: thing[1], ...idIn(text) })
  if (unreadable.test(text)) return make('halo-value-refused', fieldOf('halo-value-refused', complaint))
  // From whatever stands in front of Halo, or a Halo that is starting.
  if (status > 501) return make('halo-unreachable')
  if (status >= 500) return make('halo-error')
  return status === 404 || status === 405 ? make('halo-not-api') : make('halo-refused')
}

const fieldOf = (code: FaultCode, complaint: HaloComplaint | null): Record<string, string> =>
  complaint?.field && code.startsWith('halo-value') ? { field: complaint.field } : {}

function idIn(text: string): { id: number } | Record<string, never> {
  const found = /\b(\d{1,10})\b/.exec(text)?.[1]
  return found ? { id: Number(found) } : {}
}
