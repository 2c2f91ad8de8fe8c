/** A Commerce customer that is not linked yet. `domains`: of its e-mail addresses. */
export type UnlinkedCustomer = {
  readonly commerceId: number
  readonly name: string
  readonly number: string
  readonly domains: readonly string[]
}

/** A client of Halo that no Commerce customer is linked to. */
export type UnlinkedClient = {
  readonly haloId: number
  readonly name: string
  readonly number: string
  readonly domains: readonly string[]
}

/** By what they look like one another, the surest first. */
export const matchSigns = ['number', 'name', 'domain'] as const
type MatchSign = (typeof matchSigns)[number]

export type MatchCandidate = {
  readonly haloId: number
  readonly name: string
  readonly number: string
  readonly by: readonly MatchSign[]
}

/**
 * How much speaks for the first candidate. `sure`: its number and another sign, and nobody else has that number; or it alone, wanted by nobody else, by its
 * name or by two signs, with no number that speaks against it. `likely`: it alone, by one weaker sign. `unsure`: there are others, or others want it. A
 * person decides in any case.
 */
export const sureness = ['sure', 'likely', 'unsure'] as const
export type Sureness = (typeof sureness)[number]

/** The best candidates first. */
export type ProposedMatch = UnlinkedCustomer & {
  readonly candidates: readonly MatchCandidate[]
  readonly sureness: Sureness
}

/** More would be no proposal. */
const mostCandidates = 5
/** Rows between two pauses: a few milliseconds of work. */
const stepRows = 200

/**
 * Proposes for customers which client of Halo they may be: by the same number, the same name (case, accents, punctuation and the company's form left
 * aside), or an e-mail domain that is theirs. Customers without any candidate are left out. Pure, and in the order of the customers.
 */
export function proposeMatches(
  customers: readonly UnlinkedCustomer[],
  clients: readonly UnlinkedClient[],
): ProposedMatch[] {
  const steps = proposing(customers, clients)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** As `proposeMatches`, with a pause every few milliseconds, in which a thread that others wait for can serve them. */
export function* proposing(
  customers: readonly UnlinkedCustomer[],
  clients: readonly UnlinkedClient[],
): Generator<void, ProposedMatch[]> {
  const index: Index = { number: new Map(), name: new Map(), domain: new Map() }
  for (const [at, client] of clients.entries()) {
    addTo(index, client)
    if (at % stepRows === stepRows - 1) yield
  }
  const found: { readonly customer: UnlinkedCustomer; readonly candidates: readonly MatchCandidate[] }[] = []
  const wanted: Wanted = { by: new Map(), byNumber: new Map() }
  for (const [at, customer] of customers.entries()) {
    const candidates = candidatesOf(customer, index)
    if (candidates.length > 0) found.push({ customer, candidates })
    for (const candidate of candidates) want(wanted, candidate)
    if (at % stepRows === stepRows - 1) yield
  }
  return found.map(({ customer, candidates }) => ({
    ...customer,
    candidates,
    sureness: surenessOf(customer, candidates, wanted),
  }))
}

/** How many customers each client may be, and how many by its number. */
type Wanted = { readonly by: Map<number, number>; readonly byNumber: Map<number, number> }

function want({ by, byNumber }: Wanted, candidate: MatchCandidate): void {
  by.set(candidate.haloId, (by.get(candidate.haloId) ?? 0) + 1)
  if (candidate.by.includes('number'))
    byNumber.set(candidate.haloId, (byNumber.get(candidate.haloId) ?? 0) + 1)
}

function surenessOf(
  customer: UnlinkedCustomer,
  candidates: readonly MatchCandidate[],
  wanted: Wanted,
): Sureness {
  const [first, ...others] = candidates
  if (!first) return 'unsure'
  const isByNumber = first.by.includes('number') && first.by.length > 1
  const isOnlyNumber =
    wanted.byNumber.get(first.haloId) === 1 && !others.some(({ by }) => by.includes('number'))
  if (isByNumber && isOnlyNumber) return 'sure'
  if (others.length > 0 || wanted.by.get(first.haloId) !== 1) return 'unsure'
  const [own, theirs] = [plainNumber(customer.number), plainNumber(first.number)]
  const speaksAgainst = own !== '' && theirs !== '' && own !== theirs
  const isStrong = first.by.includes('name') || first.by.length > 1
  return isStrong && !speaksAgainst ? 'sure' : 'likely'
}

type Index = Readonly<Record<MatchSign, Map<string, UnlinkedClient[]>>>

/** What a customer or client may be known by, sign by sign. */
const signsOf = (
  one: Omit<UnlinkedCustomer, 'commerceId'>,
): Readonly<Record<MatchSign, readonly string[]>> => ({
  number: [plainNumber(one.number)],
  name: [plainName(one.name)],
  domain: one.domains.filter(isOwnDomain),
})

function addTo(index: Index, client: UnlinkedClient): void {
  const signs = signsOf(client)
  for (const sign of matchSigns) {
    for (const key of new Set(signs[sign])) {
      if (key === '') continue
      const found = index[sign].get(key)
      if (found) found.push(client)
      else index[sign].set(key, [client])
    }
  }
}

function candidatesOf(customer: UnlinkedCustomer, index: Index): MatchCandidate[] {
  const signs = signsOf(customer)
  const found = new Map<number, { client: UnlinkedClient; by: MatchSign[] }>()
  for (const sign of matchSigns) {
    for (const client of new Set(signs[sign].flatMap((key) => index[sign].get(key) ?? []))) {
      const known = found.get(client.haloId) ?? { client, by: [] }
      known.by.push(sign)
      found.set(client.haloId, known)
    }
  }
  const strength = ({ by }: { readonly by: readonly MatchSign[] }): number =>
    by.reduce((sum, sign) => sum + 2 ** (matchSigns.length - matchSigns.indexOf(sign)), 0)
  return [...found.values()]
    .sort((a, b) => strength(b) - strength(a) || a.client.haloId - b.client.haloId)
    .slice(0, mostCandidates)
    .map(({ client: { haloId, name, number }, by }) => ({ haloId, name, number, by }))
}

const plainNumber = (number: string): string => number.trim().toLowerCase()

/** Words that say what kind of company it is and nothing about which. */
const forms =
  /\b(ltd|limited|llc|llp|inc|incorporated|corp|corporation|co|company|plc|gmbh|mbh|ag|kg|bv|nv|sa|sas|sarl|srl|spa|pty|oy|ab|as|aps|the|and)\b/g

/** The name without case, accents, punctuation and form; all of it when nothing else would be left. */
function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    // "S.A." and "Co." are one word each.
    .replaceAll('.', '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const short = plain.replaceAll(forms, ' ').replaceAll(/\s+/g, ' ').trim()
  return short || plain
}

/** Everybody has an address there. */
const shared = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk icloud.com me.com aol.com btinternet.com sky.com gmx.com gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.com bigpond.com xtra.co.nz'.split(
    ' ',
  ),
)
const isOwnDomain = (domain: string): boolean => domain.includes('.') && !shared.has(domain)

/** The domain of an e-mail address or a web address, lower case and without "www."; '' for anything else. */
export function domainOf(text: string): string {
  const found = /(?:@|^https?:\/\/|^)(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[:/?#].*)?$/i.exec(text.trim())
  return found?.[1]?.toLowerCase() ?? ''
}
