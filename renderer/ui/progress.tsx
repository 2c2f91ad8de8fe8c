import { Button, ProgressBar } from '@fluentui/react-components'
import { Checkmark16Filled, HourglassHalf16Regular, Stop16Regular } from '@fluentui/react-icons'
import { type OutcomeKind, outcomeKinds, type RunPhase, type RunProgress } from '../../app/model/outcome.ts'
import { api, useCommand } from '../api.ts'
import { entityWords, outcomeWords, phaseWords, resourceWord } from '../words.ts'
import { readOf, totalOf } from './counts.tsx'
import { count, duration, plural } from './format.ts'
import { useNotices } from './notices.tsx'
import { useSecond } from './now.ts'
import { paceOf } from './pace.ts'
import css from './progress.module.css'

const phases = ['planning', 'reading', 'writing', 'checkpoint'] as const

/** A run while it goes on: phase, what is in hand, how far, what it cost so far, what it waits for, and how to stop it. */
export function Progress({ progress, startedAt, ...more }: ProgressProps) {
  const { verb = 'Writing', words = outcomeWords, hint = usualHint } = more
  const total = totalOf(progress.counts)
  const told = outcomeKinds.map((kind) => `${count(total[kind])} ${words[kind].toLowerCase()}`)
  return (
    <div className={css.progress}>
      <div className={css.top}>
        <Phases phase={progress.phase} />
        <span className={css.cancel}>
          <span className="quiet">{hint}</span>
          <CancelButton runId={progress.runId} />
        </span>
      </div>
      <ProgressBar
        value={shareDone(progress) ?? 0}
        max={1}
        thickness="large"
        aria-label="Share of the work that is done"
        aria-valuetext={inHand(progress, verb)}
      />
      <div className={css.line}>
        <span>{inHand(progress, verb)}</span>
        <span className="quiet number">
          {requestsWords(progress)}
          {startedAt && <Elapsed since={startedAt} progress={progress} />}
        </span>
      </div>
      {progress.waitingUntil && <Waiting until={progress.waitingUntil} />}
      {readOf(total) > 0 && (
        <p className="quiet number">
          {count(readOf(total))} read = {told.join(' + ')}
        </p>
      )}
    </div>
  )
}

const usualHint = 'Stops after the record in hand; what is written stays, the next run does the rest.'

type ProgressProps = {
  readonly progress: RunProgress
  readonly startedAt: string | null
  /** What is done to the records. */
  readonly verb?: string
  /** What the outcomes are called, where that is not as usual. */
  readonly words?: Record<OutcomeKind, string>
  /** What cancelling means. */
  readonly hint?: string
}

function Phases({ phase }: { phase: RunPhase }) {
  const at = phase === 'ended' ? phases.length : phases.indexOf(phase)
  return (
    <ol className={css.phases} aria-label="Phases">
      {phases.map((each, index) => (
        <li
          key={each}
          data-state={index < at ? 'done' : index === at ? 'now' : 'next'}
          aria-current={index === at ? 'step' : undefined}
        >
          {index < at && <Checkmark16Filled aria-label="done" />}
          {phaseWords[each]}
        </li>
      ))}
    </ol>
  )
}

function CancelButton({ runId }: { runId: number }) {
  const notices = useNotices()
  const cancel = useCommand((id: number) => api.runs.cancel.mutate({ id }))
  return (
    <Button
      size="small"
      icon={<Stop16Regular />}
      disabled={cancel.isBusy}
      onClick={async () => {
        notices.tell(await cancel.run(runId), 'The run stops after the record in hand.')
      }}
    >
      Cancel
    </Button>
  )
}

/** How much of the work in hand is done: 0 to 1, or null while nobody can know. */
export function shareDone({
  phase,
  recordsDone,
  recordsTotal,
  requests,
  plannedRequests,
}: RunProgress): number | null {
  if (phase === 'checkpoint' || phase === 'ended') return 1
  if (recordsTotal !== null && recordsTotal > 0) return Math.min(1, recordsDone / recordsTotal)
  if (plannedRequests !== null && plannedRequests > 0) return Math.min(1, requests / plannedRequests)
  return null
}

function inHand(
  { phase, entity, resource, recordsRead, recordsDone, recordsTotal }: RunProgress,
  verb: string,
): string {
  const what = entity ? entityWords[entity].many.toLowerCase() : 'records'
  if (phase === 'planning') return 'Working out which requests are needed'
  if (phase === 'reading')
    return `Reading ${resource ? resourceWord(resource) : what}: ${count(recordsRead)} so far`
  if (phase === 'checkpoint') return `Noting how far ${what} have been synced`
  if (phase === 'ended') return 'Ended'
  if (recordsTotal === null) return `${verb} ${what}: ${count(recordsDone)} done`
  return `${verb} ${what}: ${count(recordsDone)} of ${count(recordsTotal)}`
}

function requestsWords({ requests, plannedRequests }: RunProgress): string {
  if (plannedRequests === null) return plural(requests, 'request')
  return `${count(requests)} of about ${plural(plannedRequests, 'request')}`
}

function Elapsed({ since, progress }: { since: string; progress: RunProgress }) {
  const now = useSecond()
  const elapsedMs = Math.max(0, now - new Date(since).getTime())
  const pace = paceOf(progress, elapsedMs)
  return (
    <>
      {pace && ` · ${count(Math.round(pace.requestsAMinute))} a minute`}
      {` · ${duration(elapsedMs)}`}
      {pace?.leftMs != null && ` · about ${duration(pace.leftMs)} of reading left`}
    </>
  )
}

function Waiting({ until }: { until: string }) {
  const now = useSecond()
  const left = new Date(until).getTime() - now
  return (
    <p className={css.waiting}>
      <HourglassHalf16Regular aria-hidden="true" />
      Waiting for the request limit: goes on {left > 1_000 ? `in ${duration(left)}` : 'now'}.
    </p>
  )
}
