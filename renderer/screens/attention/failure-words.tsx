import {
  ArrowClockwise16Regular,
  CheckmarkCircle16Filled,
  ErrorCircle16Filled,
  PauseCircle16Regular,
  SubtractCircle16Regular,
} from '@fluentui/react-icons'
import type { FailureRow } from '../../api.ts'
import { Mark } from '../../ui/mark.tsx'

export const failureStates = ['open', 'parked', 'ignored', 'closed'] as const
export type FailureState = (typeof failureStates)[number]

export const stateWords: Record<FailureState, string> = {
  open: 'Open',
  parked: 'Parked',
  ignored: 'Ignored',
  closed: 'Healed',
}

/** Tries after which a record is no longer tried by itself (app/store/failures.ts). */
export const triesBeforeParked = 8

type Standing = Pick<FailureRow, 'closedAt' | 'ignoredReason' | 'isParked' | 'fault'>

/** As the badge counts: parked, or a person must change something first. */
export const needsYou = ({ isParked, fault }: Pick<Standing, 'isParked' | 'fault'>): boolean =>
  isParked || fault.next === 'setup'

/** How a failed record stands. */
export function FailureMark({ failure, isChip = true }: { failure: Standing; isChip?: boolean }) {
  if (failure.closedAt)
    return (
      <Mark tone="good" icon={<CheckmarkCircle16Filled />} isChip={isChip}>
        Healed
      </Mark>
    )
  if (failure.ignoredReason !== null)
    return (
      <Mark tone="quiet" icon={<SubtractCircle16Regular />} isChip={isChip} hint={failure.ignoredReason}>
        Ignored
      </Mark>
    )
  if (failure.isParked)
    return (
      <Mark
        tone="needs"
        icon={<PauseCircle16Regular />}
        isChip={isChip}
        hint={`Tried ${triesBeforeParked} times; not tried by itself any more.`}
      >
        Parked
      </Mark>
    )
  return needsYou(failure) ? (
    <Mark tone="needs" icon={<ErrorCircle16Filled />} isChip={isChip}>
      Needs you
    </Mark>
  ) : (
    <Mark tone="heals" icon={<ArrowClockwise16Regular />} isChip={isChip}>
      Will be tried again
    </Mark>
  )
}
