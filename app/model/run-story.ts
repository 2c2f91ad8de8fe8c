import type { OutcomeKind, RunPhase } from './outcome.ts'
import { resourceWord } from './resource-words.ts'
import type { Entity } from './tenant.ts'

/** How a list was read: what changed since its watermark, one request a parent or an id, or page by page to its end. */
export type ReadingWay = 'changes' | 'per parent' | 'per id' | 'whole list'

/** One list that a run read. Times are UTC ISO text. */
export type ListStory = {
  readonly entity: Entity | null
  /** Commerce's name of the list ("quoteline"). */
  readonly resource: string
  readonly way: ReadingWay | null
  /** The planner's reason, one sentence; null where there was nothing to choose. */
  readonly why: string | null
  /** Requests that were foreseen before the first one; null for a list whose length nobody can know (what changed since). */
  readonly planned: number | null
  /** Requests that it took. */
  readonly requests: number
  readonly rows: number
  /** Its watermark when it was read; null for a list that is not read by date. */
  readonly since: string | null
  /** Its watermark after the checkpoint; null when the run did not get there. */
  readonly until: string | null
  readonly startedAt: string
  readonly endedAt: string | null
}

export type PhaseStory = {
  readonly phase: RunPhase
  readonly entity: Entity | null
  readonly startedAt: string
  readonly endedAt: string | null
}

/** What a run did besides its outcomes: kept with it, and read while it goes on. */
export type RunStory = {
  readonly lists: readonly ListStory[]
  readonly phases: readonly PhaseStory[]
  /** Milliseconds that it waited for the request limit or for a server to recover. */
  readonly waitedMs: number
}

export const noStory: RunStory = { lists: [], phases: [], waitedMs: 0 }

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type RunLogLevel = (typeof logLevels)[number]

/** Small things only: names, counts, times. Never a body, never a secret. */
export type RunLogFacts = Readonly<Record<string, string | number>>

/** One line of a run's log. */
export type RunLogLine = {
  readonly at: string
  readonly level: RunLogLevel
  readonly what: RunLogEvent
  readonly facts: RunLogFacts
}

const many = (value: string | number | undefined, one: string): string =>
  `${value ?? 0} ${one}${value === 1 ? '' : 's'}`

const told = (f: RunLogFacts, kinds: readonly OutcomeKind[]): string =>
  kinds
    .filter((kind) => Number(f[kind] ?? 0) > 0)
    .map((kind) => `${f[kind]} ${kind}`)
    .join(', ')

/** Each event in words. Times stay UTC here; who shows them puts them into the reader's zone. */
const words = {
  'run began': (f: RunLogFacts) => `The ${f.kind ?? 'run'} began (${f.entities ?? ''}).`,
  'reading a list': (f: RunLogFacts) =>
    `Reading ${resourceWord(String(f.resource ?? ''))}${f.since ? `, changed since ${f.since}` : ''}${f.why ? `: ${f.why}` : '.'}`,
  'list read': (f: RunLogFacts) =>
    `Read ${resourceWord(String(f.resource ?? ''))}: ${many(f.rows, 'row')} in ${many(f.requests, 'request')}.`,
  waiting: (f: RunLogFacts) => `Waiting until ${f.until ?? ''}.`,
  'waited long enough': (f: RunLogFacts) => `Goes on after ${f.seconds ?? 0} s.`,
  writing: (f: RunLogFacts) => `Writing ${f.entity ?? 'records'}.`,
  'record failed': (f: RunLogFacts) => `"${f.label ?? f.id}" failed: ${f.problem ?? f.code}`,
  'more records failed': () => 'More records failed; the list of records has them all.',
  written: (f: RunLogFacts) =>
    `Done with ${f.entity ?? 'records'}: ${told(f, ['created', 'updated', 'unchanged', 'skipped', 'failed']) || 'nothing to do'}.`,
  'watermark moved': (f: RunLogFacts) =>
    `${resourceWord(String(f.resource ?? ''))}: synced up to ${f.until ?? ''}.`,
  'requests not recorded': (f: RunLogFacts) =>
    `The API inspector could not keep ${many(f.lost, 'request')} (${f.trouble ?? 'broken'}). The run itself went on.`,
  'run ended': (f: RunLogFacts) =>
    `The run ended: ${f.outcome ?? ''}, ${many(f.requests, 'request')}${f.problem ? `. ${f.problem}` : '.'}`,
}
export type RunLogEvent = keyof typeof words

/** A line as a sentence. An event that a newer program wrote is shown by its name. */
export function sayLogLine({ what, facts }: Pick<RunLogLine, 'what' | 'facts'>): string {
  const text = Object.hasOwn(words, what) ? words[what](facts) : what
  return text.charAt(0).toUpperCase() + text.slice(1)
}
