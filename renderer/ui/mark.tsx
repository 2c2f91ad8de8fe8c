import {
  ArrowSync16Regular,
  CheckmarkCircle16Filled,
  Circle16Regular,
  Clock16Regular,
  ErrorCircle16Filled,
  PauseCircle16Regular,
  SubtractCircle16Regular,
  Warning16Filled,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { OutcomeKind, RunOutcome } from '../../app/model/outcome.ts'
import type { TenantHealth } from '../api.ts'
import { freshnessWords, outcomeWords, runOutcomeWords } from '../words.ts'
import css from './mark.module.css'

/** good; heals by itself; needs a person; quiet: nothing to say; busy: under way. */
export type Tone = 'good' | 'heals' | 'needs' | 'quiet' | 'busy'

type Look = { readonly tone: Tone; readonly icon: ReactNode }

/** A status: always icon + word + colour, never colour alone. */
export function Mark({ tone, icon, children, hint, isChip }: Look & MarkMore) {
  return (
    <span className={isChip ? `${css.mark} ${css.chip}` : css.mark} data-tone={tone} title={hint}>
      <span className={css.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={css.word}>{children}</span>
    </span>
  )
}
type MarkMore = { readonly children: ReactNode; readonly hint?: string; readonly isChip?: boolean }

const runLooks: Record<RunOutcome | 'running', Look> = {
  done: { tone: 'good', icon: <CheckmarkCircle16Filled /> },
  partial: { tone: 'heals', icon: <Warning16Filled /> },
  stopped: { tone: 'needs', icon: <ErrorCircle16Filled /> },
  cancelled: { tone: 'quiet', icon: <SubtractCircle16Regular /> },
  running: { tone: 'busy', icon: <ArrowSync16Regular /> },
}

/** How a run ended, or that it is running. */
export function RunMark({ outcome, isChip = false }: { outcome: RunOutcome | null; isChip?: boolean }) {
  const state = outcome ?? 'running'
  return (
    <Mark {...runLooks[state]} isChip={isChip}>
      {runOutcomeWords[state]}
    </Mark>
  )
}

const outcomeLooks: Record<OutcomeKind, Look> = {
  created: { tone: 'good', icon: <CheckmarkCircle16Filled /> },
  updated: { tone: 'busy', icon: <ArrowSync16Regular /> },
  unchanged: { tone: 'quiet', icon: <Circle16Regular /> },
  skipped: { tone: 'quiet', icon: <SubtractCircle16Regular /> },
  failed: { tone: 'needs', icon: <ErrorCircle16Filled /> },
}

/** What became of one record; `words` for what would, in a preview. */
export function OutcomeMark({ kind, words = outcomeWords }: OutcomeMarkProps) {
  return <Mark {...outcomeLooks[kind]}>{words[kind]}</Mark>
}
type OutcomeMarkProps = { readonly kind: OutcomeKind; readonly words?: Record<OutcomeKind, string> }

const healthLooks: Record<TenantHealth['freshness'], Look> = {
  fresh: { tone: 'good', icon: <CheckmarkCircle16Filled /> },
  late: { tone: 'heals', icon: <Clock16Regular /> },
  stale: { tone: 'needs', icon: <ErrorCircle16Filled /> },
  never: { tone: 'quiet', icon: <Circle16Regular /> },
  paused: { tone: 'quiet', icon: <PauseCircle16Regular /> },
  disabled: { tone: 'quiet', icon: <SubtractCircle16Regular /> },
}

/** A tenant's health by the age of its last good run. */
export function HealthMark({ freshness }: { freshness: TenantHealth['freshness'] }) {
  const { word, means } = freshnessWords[freshness]
  return (
    <Mark {...healthLooks[freshness]} hint={means} isChip>
      {word}
    </Mark>
  )
}

/** Where a record stands: in Halo as it is in Commerce, left out by a rule, or failing. */
export function StateMark({ kind }: { kind: OutcomeKind }) {
  if (kind === 'failed') return <Mark {...outcomeLooks.failed}>Failing</Mark>
  if (kind === 'skipped') return <Mark {...outcomeLooks.skipped}>Skipped</Mark>
  return <Mark {...outcomeLooks.created}>In Halo</Mark>
}
