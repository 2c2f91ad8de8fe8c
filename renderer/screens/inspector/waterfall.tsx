import { partsOf, type Span, spanOf, type Timed } from '../../../app/model/inspector/timing.ts'
import { duration } from '../../ui/format.ts'
import css from './waterfall.module.css'

/** A bar of a request's parts, placed within the span of those around it. */
export function Bar({ row, span }: { row: Timed; span: Span }) {
  const own = spanOf(row)
  const whole = Math.max(1, span.toMs - span.fromMs)
  const parts = partsOf(row.timing)
  const left = ((own.fromMs - span.fromMs) / whole) * 100
  const width = ((own.toMs - own.fromMs) / whole) * 100
  return (
    <span className={css.track} title={parts.map(({ name, ms }) => `${name}: ${duration(ms)}`).join('\n')}>
      <span className={css.bar} style={{ left: `${within(left)}%`, width: `${within(width)}%` }}>
        {parts.map(({ id, ms }) => (
          <span key={id} className={css.part} data-part={id} style={{ flexGrow: ms }} />
        ))}
      </span>
    </span>
  )
}

const within = (share: number): number => Math.min(100, Math.max(0, share))
