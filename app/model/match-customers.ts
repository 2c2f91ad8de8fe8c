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
export type MatchSign = (typeof matchSigns)[number]

export type MatchCandidate = {
  readonly haloId: number
  readonly name: string
  readonly number: string
  readonly by: readonly MatchSign[]
}

/** `isClear`: one candidate alone, and no other customer wants it. The best candidates first. A person decides. */
export type ProposedMatch = {
  readonly commerceId: number
  readonly name: string
  readonly candidates: readonly MatchCandidate[]
  readonly isClear: boolean
}

/** More would be no proposal. */
const mostCandidates = 5

/**
 * Proposes for customers which client of Halo they may be: by the same number, the same name (case, accents, punctuation and the company's form left
 * aside), or an e-mail domain that is theirs. Customers without any candidate are left out. Pure, and in the order of the customers.
 */
export function proposeMatches(
  customers: readonly UnlinkedCustomer[],
  clients: readonly UnlinkedClient[],
): ProposedMatch[] {
  const bySign: Record<MatchSign, Map<string, UnlinkedClient[]>> = {
    number: indexOf(clients, (client) => [plainNumber(client.number)]),
    name: indexOf(clients, (client) => [plainName(client.name)]),
    domain: indexOf(clients, (client) => client.domains.filter(isOwnDomain)),
  }
  const proposals = customers.flatMap((customer) => {
    const signs: Record<MatchSign, readonly string[]> = {
      number: [plainNumber(customer.number)],
      name: [plainName(customer.name)],
      domain: customer.domains.filter(isOwnDomain),
    }
    const candidates = candidatesOf(signs, bySign)
    return candidates.length > 0 ? [{ commerceId: customer.commerceId, name: customer.name, candidates }] : []
  })
  const wanted = new Map<number, number>()
  for (const { candidates } of proposals)
    for (const { haloId } of candidates) wanted.set(haloId, (wanted.get(haloId) ?? 0) + 1)
  return proposals.map((proposal) => {
    const [first, ...others] = proposal.candidates
    const isClear = others.length === 0 && first !== undefined && wanted.get(first.haloId) === 1
    return { ...proposal, isClear }
  })
}

function indexOf(
  clients: readonly UnlinkedClient[],
  keysOf: (client: UnlinkedClient) => readonly string[],
): Map<string, UnlinkedClient[]> {
  const index = new Map<string, UnlinkedClient[]>()
  for (const client of clients) {
    for (const key of new Set(keysOf(client))) {
      if (key === '') continue
      const found = index.get(key)
      if (found) found.push(client)
      else index.set(key, [client])
    }
  }
  return index
}

function candidatesOf(
  signs: Readonly<Record<MatchSign, readonly string[]>>,
  bySign: Readonly<Record<MatchSign, ReadonlyMap<string, readonly UnlinkedClient[]>>>,
): MatchCandidate[] {
  const found = new Map<number, { client: UnlinkedClient; by: MatchSign[] }>()
  for (const sign of matchSigns) {
    for (const client of new Set(signs[sign].flatMap((key) => bySign[sign].get(key) ?? []))) {
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
