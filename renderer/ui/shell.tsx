import { CounterBadge } from '@fluentui/react-components'
import {
  Box20Regular,
  Building20Regular,
  Cart20Regular,
  DocumentText20Regular,
  History20Regular,
  Home20Regular,
  People20Regular,
  Warning20Regular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { api, useAsk } from '../api.ts'
import { plural } from './format.ts'
import { Lost } from './lost.tsx'
import css from './shell.module.css'
import { StatusBar } from './status-bar.tsx'

type Place = { readonly to: string; readonly name: string; readonly icon: ReactNode }

/** Only what exists stands here. */
const places: readonly (readonly Place[])[] = [
  [
    { to: '/', name: 'Overview', icon: <Home20Regular /> },
    { to: '/tenants', name: 'Tenants', icon: <Building20Regular /> },
  ],
  [
    { to: '/customers', name: 'Customers', icon: <People20Regular /> },
    { to: '/quotes', name: 'Quotes', icon: <DocumentText20Regular /> },
    { to: '/sales-orders', name: 'Sales orders', icon: <Cart20Regular /> },
    { to: '/products', name: 'Products', icon: <Box20Regular /> },
  ],
  [
    { to: '/runs', name: 'Runs', icon: <History20Regular /> },
    { to: '/attention', name: 'Needs attention', icon: <Warning20Regular /> },
  ],
]

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
    </div>
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
  const isHere = place.to === '/' ? at === '/' : at === place.to || at.startsWith(`${place.to}/`)
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
