import { exactTime, relativeTime } from './format.ts'
import { useNow } from './now.ts'

/** A time as "5 min ago", with the exact local time, its zone and UTC on hover. */
export function Time({ at, none = '–' }: { at: string | null; none?: string }) {
  const now = useNow()
  if (at === null) return <span className="quiet">{none}</span>
  return (
    <time dateTime={at} title={`${exactTime(at)}\n${at} (UTC)`}>
      {relativeTime(at, now)}
    </time>
  )
}
