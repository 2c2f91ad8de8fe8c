import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import css from './split.module.css'

type SplitProps = {
  /** Where the divider's place is remembered. */
  readonly name: string
  readonly left: ReactNode
  /** null: the left part has all the room. */
  readonly right: ReactNode | null
}

const narrowest = 25
const widest = 75
const step = 2

/** Two parts side by side with a divider between them that is dragged, or moved by the arrow keys; its place is remembered. */
export function Split({ name, left, right }: SplitProps) {
  const key = `split/${name}`
  const frame = useRef<HTMLDivElement>(null)
  const [share, setShare] = useState(() => within(Number(localStorage.getItem(key) || 46)))
  const move = (next: number): void => {
    setShare(within(next))
    localStorage.setItem(key, String(within(next)))
  }
  const onPointerMove = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    move(((event.clientX - box.left) / box.width) * 100)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: share - step,
      ArrowRight: share + step,
      Home: narrowest,
      End: widest,
    }
    const next = moves[event.key]
    if (next === undefined) return
    event.preventDefault()
    move(next)
  }
  return (
    <div
      ref={frame}
      className={css.frame}
      data-split={right !== null || undefined}
      style={{ gridTemplateColumns: right === null ? '1fr' : `${share}fr 9px ${100 - share}fr` }}
    >
      <div className={css.part}>{left}</div>
      {right !== null && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: an hr takes no focus and no pointer */}
          <div
            className={css.divider}
            role="separator"
            tabIndex={0}
            aria-label="Divider between list and details"
            aria-orientation="vertical"
            aria-valuenow={Math.round(share)}
            aria-valuemin={narrowest}
            aria-valuemax={widest}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <div className={css.part}>{right}</div>
        </>
      )}
    </div>
  )
}

const within = (share: number): number => Math.min(widest, Math.max(narrowest, share || 46))
