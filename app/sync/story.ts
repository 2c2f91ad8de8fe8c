import type { RunPhase } from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { ListStory, PhaseStory, ReadingWay, RunStory } from '../model/run-story.ts'
import type { Entity } from '../model/tenant.ts'

/** How a list is going to be read, where something was decided. */
export type ReadingPlan = {
  readonly way: ReadingWay
  readonly why?: string
  /** The watermark that it asks with. */
  readonly since?: string
}

/** A list that has been read, as the log tells it. */
type ListDone = Pick<ListStory, 'resource' | 'rows' | 'requests'>

type StoryKeeper = {
  phase(phase: RunPhase, entity: Entity | null): void
  /** The same list again without a plan is one more page of it. Answers whether this is another list than before. */
  list(resource: string, planned: number, plan?: ReadingPlan): boolean
  rows(count: number): void
  /** The list's watermark after the checkpoint. */
  until(resource: string, until: string): void
  /** null: the wait is over. Answers how long it was in milliseconds, null when there was none. */
  waiting(until: string | null): number | null
  now(): RunStory
}

type Open = { -readonly [K in keyof ListStory]: ListStory[K] } & { requestsBefore: number }

/** Keeps what a run does, list by list and phase by phase. `requests`: sent so far. `onRead` hears of each list that has been read. */
export function createStory(
  { clock, requests }: { readonly clock: Clock; readonly requests: () => number },
  onRead: (list: ListDone) => void,
): StoryKeeper {
  const iso = (): string => new Date(clock.now()).toISOString()
  const lists: ListStory[] = []
  const phases: PhaseStory[] = []
  let open: Open | null = null
  let waitingSince: number | null = null
  let waitedMs = 0

  const soFar = (list: Open): ListStory => {
    const { requestsBefore, ...told } = list
    return { ...told, requests: requests() - requestsBefore }
  }
  const closeList = (): void => {
    if (!open) return
    const done = { ...soFar(open), endedAt: iso() }
    open = null
    lists.push(done)
    onRead(done)
  }
  return {
    phase: (phase, entity) => {
      const last = phases.at(-1)
      if (last?.phase === phase && last.entity === entity) return
      if (phase !== 'reading') closeList()
      const at = iso()
      if (last) phases[phases.length - 1] = { ...last, endedAt: at }
      phases.push({ phase, entity, startedAt: at, endedAt: phase === 'ended' ? at : null })
    },
    list: (resource, planned, plan) => {
      if (open?.resource === resource && !plan) {
        if (open.planned !== null) open.planned += planned
        return false
      }
      closeList()
      open = {
        entity: phases.at(-1)?.entity ?? null,
        resource,
        way: plan?.way ?? null,
        why: plan?.why ?? null,
        planned: plan?.way === 'changes' ? null : planned,
        requests: 0,
        rows: 0,
        since: plan?.since ?? null,
        until: null,
        startedAt: iso(),
        endedAt: null,
        requestsBefore: requests(),
      }
      return true
    },
    rows: (count) => {
      if (open) open.rows += count
    },
    until: (resource, until) => {
      const at = lists.findLastIndex((list) => list.resource === resource && list.way === 'changes')
      const found = lists[at]
      if (found) lists[at] = { ...found, until }
    },
    waiting: (until) => {
      if (until !== null) {
        waitingSince ??= clock.now()
        return null
      }
      if (waitingSince === null) return null
      const ms = clock.now() - waitingSince
      waitedMs += ms
      waitingSince = null
      return ms
    },
    now: () => ({ lists: open ? [...lists, soFar(open)] : [...lists], phases: [...phases], waitedMs }),
  }
}
