import { Link } from 'wouter'
import css from './tabs.module.css'

export type TabLink = { readonly id: string; readonly name: string; readonly href: string }

/** Parts of a page. Each has its own address, so they are links: they open in a new window, and the back button knows them. */
export function Tabs({ label, tabs, shown }: TabsProps) {
  return (
    <nav aria-label={label}>
      <ul className={css.tabs}>
        {tabs.map(({ id, name, href }) => (
          <li key={id}>
            <Link href={href} className={css.tab} aria-current={id === shown ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
type TabsProps = { readonly label: string; readonly tabs: readonly TabLink[]; readonly shown: string }
