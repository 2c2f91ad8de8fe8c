import { CounterBadge } from '@fluentui/react-components'
import { Search16Regular } from '@fluentui/react-icons'
import { type ReactNode, Suspense, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { api, useAsk } from '../api.ts'
import { later } from '../later.tsx'
import { openOver, useOver } from '../palette/open.ts'
// With the first code, unlike the screens: what is typed right after Ctrl+K must not be lost while it loads.
import { Palette } from '../palette/palette.tsx'
import { type Place, places } from '../places.tsx'
import { plural } from './format.ts'
import { LeaveQuestion } from './leave-question.tsx'
import { Lost } from './lost.tsx'
import css from './shell.module.css'
import { StatusBar } from './status-bar.tsx'

/** The frame around every screen: navigation, the screen, the status bar. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>
        Skip to content
      </a>
      <Navigation />
      <main id="content" className={css.main} tabIndex={-1}>
        <Lost />
        {children}
      </main>
      <StatusBar />
      <OverAll />
      <LeaveQuestion />
    </div>
  )
}

const KeysHelp = later(async () => (await import('../palette/keys-help.tsx')).KeysHelp)

/** The palette and the help about keys, with the keys that open them anywhere. */
function OverAll() {
  const over = useOver()
  const [, go] = useLocation()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isPalette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key === 'F12' && !event.ctrlKey && !event.altKey && !event.shiftKey) {
        event.preventDefault()
        go('/inspector')
        return
      }
      const isHelp = event.key === 'F1' || (event.key === '?' && !isTyping)
      if (!isPalette && !isHelp) return
      event.preventDefault()
      openOver(isPalette ? 'palette' : 'keys')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [go])
  return (
    <Suspense>
      {over === 'palette' && <Palette />}
      {over === 'keys' && <KeysHelp />}
    </Suspense>
  )
}

function Navigation() {
  const { data: counts } = useAsk(['failures.counts'], (signal) =>
    api.failures.counts.query(undefined, { signal }),
  )
  return (
    <nav className={css.nav} aria-label="Main">
      <div className={css.brand}>
        <img src={new URL('../mark.svg', import.meta.url).href} alt="" width={24} height={24} />
        <span className={css.brandName}>Commerce Integrator</span>
      </div>
      <button
        type="button"
        className={css.find}
        title="Search and commands (Ctrl+K)"
        aria-keyshortcuts="Control+K"
        onClick={() => openOver('palette')}
      >
        <Search16Regular aria-hidden="true" />
        <span className={css.name}>Search</span>
        <span className={css.findKey} aria-hidden="true">
          Ctrl K
        </span>
      </button>
      {places.map((group) => (
        <ul key={group[0]?.to} className={css.group}>
          {group.map((place) => (
            <Item key={place.to} place={place} badge={place.to === '/attention' ? counts?.needsYou : 0} />
          ))}
        </ul>
      ))}
    </nav>
  )
}

function Item({ place, badge = 0 }: { place: Place; badge?: number | undefined }) {
  const [at] = useLocation()
  const isHere =
    place.to === '/'
      ? at === '/'
      : [place.to, place.under].some((to) => to !== undefined && (at === to || at.startsWith(`${to}/`)))
  return (
    <li>
      <Link
        href={place.to}
        className={css.item}
        aria-current={isHere ? 'page' : undefined}
        title={place.name}
      >
        <span className={css.icon} aria-hidden="true">
          {place.icon}
        </span>
        <span className={css.name}>{place.name}</span>
        {badge > 0 && (
          <span className={css.badge}>
            <CounterBadge count={badge} overflowCount={999} size="small" color="danger" aria-hidden="true" />
            <span className="visually-hidden">{plural(badge, 'record')} that need you</span>
          </span>
        )}
      </Link>
    </li>
  )
}
