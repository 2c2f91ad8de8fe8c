import type { ReactNode } from 'react'
import css from './empty.module.css'

/** Nothing here yet: says why, and what to do next. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className={css.empty}>
      <div className={css.icon} aria-hidden="true">
        {icon}
      </div>
      <h2 className={css.title}>{title}</h2>
      <div className={css.text}>{children}</div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
type EmptyProps = {
  readonly icon: ReactNode
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** A command to type, to be copied whole. */
export function Command({ children }: { children: string }) {
  return <code className={css.command}>{children}</code>
}

/** Where something will stand in a moment. It does not move: over a remote desktop every frame costs. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className={css.skeleton} aria-busy="true" role="status">
      <span className="visually-hidden">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity, never reordered
        <span key={line} className={css.line} style={{ width: `${[92, 74, 83, 58][line % 4]}%` }} />
      ))}
    </div>
  )
}
