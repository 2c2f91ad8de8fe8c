import type { FaultCode } from '../fault.ts'
import type { Subject } from './subject.ts'

/** Where a person goes to put it right. The screen knows the addresses. */
export type Remedy =
  | 'connection'
  | 'halo'
  | 'quotes'
  | 'orders'
  | 'fields'
  | 'limits'
  | 'network'
  | 'record'
  | 'attention'
  | 'report'

/**
 * One cause as data: when it applies, which fault says it in words, and what to do step by step. The first cause that fits is the explanation, so the
 * special ones stand before the general.
 */
export type Cause = {
  readonly id: string
  readonly when: When
  readonly code: FaultCode
  /** What this case adds to the words of the fault: one sentence or two. */
  readonly more?: string
  /** In the order in which a person does them. `$name` is a fact; a step whose fact is missing is left out. */
  readonly steps: readonly string[]
  readonly remedies: readonly Remedy[]
}

/** All that is given must hold. */
export type When = {
  readonly hosts?: readonly Subject['host'][]
  /** A status, or the first of a hundred ("500" with `isClass`). */
  readonly statuses?: readonly number[]
  readonly statusClass?: 4 | 5
  readonly codes?: readonly FaultCode[]
  readonly isPage?: boolean
  /** What the other side says. Named groups become facts. */
  readonly says?: RegExp
  /** A fact of the recorded fault. */
  readonly fact?: readonly [name: string, pattern: RegExp]
}

export type Found = { readonly cause: Cause; readonly facts: Readonly<Record<string, string>> }

/** The first cause that fits; null when none does. */
export function findCause(causes: readonly Cause[], subject: Subject): Found | null {
  for (const cause of causes) {
    const facts = match(cause.when, subject)
    if (facts) return { cause, facts }
  }
  return null
}

function match(when: When, subject: Subject): Readonly<Record<string, string>> | null {
  if (when.hosts && !when.hosts.includes(subject.host)) return null
  if (when.statuses && !when.statuses.includes(subject.status)) return null
  if (when.statusClass && Math.floor(subject.status / 100) !== when.statusClass) return null
  if (when.codes && (subject.code === null || !when.codes.includes(subject.code))) return null
  if (when.isPage !== undefined && when.isPage !== subject.isPage) return null
  if (when.fact && !when.fact[1].test(String(subject.facts[when.fact[0]] ?? ''))) return null
  if (!when.says) return {}
  const found = when.says.exec(subject.words.slice(0, 8_000))
  return found ? { ...known(found.groups) } : null
}

const known = (groups: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(groups ?? {}).flatMap(([name, value]) =>
      value ? [[name, value.replace(/\s+/g, ' ').trim()]] : [],
    ),
  )

/** The steps with their facts filled in. */
export function stepsOf(cause: Cause, facts: Readonly<Record<string, string | number>>): readonly string[] {
  return cause.steps.flatMap((step) => {
    const names = [...step.matchAll(/\$(\w+)/g)].map((found) => found[1] ?? '')
    if (names.some((name) => facts[name] === undefined || facts[name] === '')) return []
    return [step.replace(/\$(\w+)/g, (_, name: string) => String(facts[name]))]
  })
}
