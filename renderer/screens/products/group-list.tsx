import { Button } from '@fluentui/react-components'
import { Add16Regular, MoreHorizontal16Regular } from '@fluentui/react-icons'
import { type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { Link } from 'wouter'
import { type MenuEntry, useContextMenu } from '../../ui/context-menu.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { count, plural } from '../../ui/format.ts'
import { type Group, nameOfGroup } from './asks.ts'
import css from './products.module.css'

type GroupListProps = {
  /** null while Halo is asked. */
  readonly groups: readonly Group[] | null
  /** null: all. */
  readonly chosen: number | null
  readonly hrefOf: (group: number | null) => string
  readonly menuOf: (group: Group) => readonly MenuEntry[]
  readonly onAdd: () => void
}

/**
 * Halo's product groups with how many of the tenant's products are in each. Arrow keys go from group to group; the menu of one opens with its
 * three dots, a right click, Shift+F10 or the menu key.
 */
export function GroupList({ groups, chosen, hrefOf, menuOf, onAdd }: GroupListProps) {
  const list = useRef<HTMLUListElement>(null)
  const { show, menu } = useContextMenu('Product group')
  const all = groups?.reduce((sum, { products }) => sum + products, 0) ?? 0
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])]
    const at = links.findIndex((link) => link.parentElement?.contains(document.activeElement))
    if (step === undefined || at < 0) return
    event.preventDefault()
    links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus()
  }
  return (
    <section className={css.side} aria-label="Product groups">
      <div className={css.sideHead}>
        <span>Groups</span>
        <Button size="small" appearance="subtle" icon={<Add16Regular />} onClick={onAdd}>
          New group
        </Button>
      </div>
      {groups === null ? (
        <div style={{ padding: 12 }}>
          <Skeleton lines={6} />
        </div>
      ) : (
        <ul ref={list} className={css.groups} onKeyDown={onKeyDown}>
          <li className={css.group} data-here={chosen === null || undefined}>
            <GroupLink name="All products" value={all} href={hrefOf(null)} isHere={chosen === null} />
          </li>
          {groups.map((group) => (
            <Row
              key={group.id}
              group={group}
              isHere={chosen === group.id}
              href={hrefOf(group.id)}
              onMenu={(place, from) => show(place, menuOf(group), from)}
            />
          ))}
        </ul>
      )}
      {menu}
    </section>
  )
}

type RowProps = {
  readonly group: Group
  readonly isHere: boolean
  readonly href: string
  readonly onMenu: (place: { x: number; y: number } | Element, from: HTMLElement | null) => void
}

function Row({ group, isHere, href, onMenu }: RowProps) {
  const row = useRef<HTMLLIElement>(null)
  const link = (): HTMLElement | null => row.current?.querySelector('a') ?? null
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
    event.preventDefault()
    if (row.current) onMenu(row.current, event.target as HTMLElement)
  }
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault()
    onMenu({ x: event.clientX, y: event.clientY }, link())
  }
  return (
    <li
      ref={row}
      className={css.group}
      data-here={isHere || undefined}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <GroupLink
        name={nameOfGroup(group)}
        value={group.products}
        href={href}
        isHere={isHere}
        hint={group.others === 0 ? undefined : `And ${plural(group.others, 'product')} from elsewhere`}
      />
      <Button
        size="small"
        appearance="transparent"
        icon={<MoreHorizontal16Regular />}
        aria-label={`More for ${nameOfGroup(group)}`}
        aria-haspopup="menu"
        onClick={(event) => onMenu(event.currentTarget, event.currentTarget)}
      />
    </li>
  )
}

function GroupLink({ name, value, href, isHere, hint }: GroupLinkProps) {
  return (
    <Link
      href={href}
      className={css.link}
      aria-current={isHere ? 'true' : undefined}
      title={hint ? `${name}\n${hint}` : name}
    >
      <span className={css.name}>{name}</span>
      <span className={css.count}>{count(value)}</span>
    </Link>
  )
}
type GroupLinkProps = {
  readonly name: string
  readonly value: number
  readonly href: string
  readonly isHere: boolean
  readonly hint?: string | undefined
}
