import type { RunProgress } from '../../app/model/outcome.ts'

type Pace = {
  readonly requestsAMinute: number
  /** Milliseconds until the requests that are foreseen now have been sent; null while nobody can know. */
  readonly leftMs: number | null
}

/** Sooner than this a figure says more about the start than about the run. */
const tellingMs = 5_000

/** How fast a run goes, from its whole time: the request limit makes any shorter look jump. Null in its first seconds. */
export function paceOf(
  { requests, plannedRequests, phase }: Pick<RunProgress, 'requests' | 'plannedRequests' | 'phase'>,
  elapsedMs: number,
): Pace | null {
  if (elapsedMs < tellingMs || requests === 0 || phase === 'ended') return null
  const left = (plannedRequests ?? 0) - requests
  return {
    requestsAMinute: (requests / elapsedMs) * 60_000,
    leftMs: left > 0 ? (left / requests) * elapsedMs : null,
  }
}
