import { type ReactNode, useEffect, useRef } from 'react'
import { Skeleton } from './empty.tsx'
import css from './page.module.css'

type PageProps = {
  readonly title: string
  /** Beside the title: a status, a count. */
  readonly beside?: ReactNode
  /** Under the title: where this belongs. */
  readonly sub?: ReactNode
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  /** table: the body fills the height and scrolls inside itself; text (default): the page scrolls. */
  readonly body?: 'table' | 'text'
  readonly children: ReactNode
}

/** A screen: heading with actions, an optional filter line, the body. Names the window, and takes the focus when one screen gives way to another. */
export function Page({ title, beside, sub, actions, filters, body = 'text', children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Commerce Integrator`
  }, [title])
  useEffect(() => {
    // Only when the focus was on something that is gone now; never away from where the person works.
    if (document.activeElement === document.body && hasMoved) heading.current?.focus({ preventScroll: true })
    hasMoved = true
  }, [])
  return (
    <div className={body === 'table' ? `${css.page} ${css.fill}` : css.page}>
      <header className={css.head}>
        <div className={css.titles}>
          <div className={css.line}>
            <h1 ref={heading} tabIndex={-1} className={css.title}>
              {title}
            </h1>
            {beside}
          </div>
          {sub && <div className={css.sub}>{sub}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {filters && <div className={css.filters}>{filters}</div>}
      <div className={css.body}>{children}</div>
    </div>
  )
}
let hasMoved = false

/** A part of a page with its own heading. */
export function Section({ title, actions, children }: SectionProps) {
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2 className={css.sectionTitle}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  )
}
type SectionProps = { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode }

/** A bordered surface. */
export function Panel({ children, tone }: { children: ReactNode; tone?: 'needs' | 'heals' | 'busy' }) {
  return (
    <div className={css.panel} data-tone={tone}>
      {children}
    </div>
  )
}

/** Names and values, in columns that fit. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={css.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** While a screen's code arrives. */
export function ScreenSkeleton() {
  return (
    <div className={css.page}>
      <div className={css.head} />
      <Skeleton lines={6} />
    </div>
  )
}
