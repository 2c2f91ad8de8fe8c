// biome-ignore-all lint/a11y/useSemanticElements: rows are placed absolutely (virtual); table elements would lose their display and with it their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row by aria-activedescendant
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import type { MenuEntry } from '../context-menu.tsx'
import { useRowActions } from './actions.ts'
import type { Column } from './column.ts'
import { HeaderCell, type TableOrder } from './header.tsx'
import { useRowKeys } from './keys.ts'
import { type Picked, type Picking, usePicking } from './picking.ts'
import { Rows, rowHeight } from './rows.tsx'
import css from './table.module.css'
import type { Windows } from './windows.ts'

export type { Column } from './column.ts'
export type { TableOrder } from './header.tsx'
export type { Picked } from './picking.ts'

type TableProps<T> = {
  /** Names the table for screen readers. */
  readonly name: string
  readonly columns: readonly Column<T>[]
  readonly hidden?: ReadonlySet<string>
  readonly windows: Windows<T>
  readonly rowKey: (row: T) => string
  /** Enter or a click opens the row. */
  readonly onOpen?: (row: T) => void
  readonly selected?: string | null
  /** The place of a row that is brought into sight when it becomes another one. */
  readonly reveal?: number | null
  /** Rows can be picked, for something to be done with all of them. */
  readonly picked?: Picked
  /** What can be done with a row, above copying: the row's menu. */
  readonly menuOf?: (row: T) => readonly MenuEntry[]
  /** Each row has a three-dots button that opens its menu. */
  readonly hasMenuButton?: boolean
  readonly order?: TableOrder
  readonly onOrder?: (order: TableOrder) => void
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode
}

/** Left and right of a row together; the same number stands in table.module.css. */
const rowPadding = 12
const pickTrack = 36
const menuTrack = 36

/**
 * The one table of the program: virtual (100,000 rows), sorted and filtered by the engine, one tab stop, arrow keys within.
 * It follows the grid pattern: the focus stays on the grid, `aria-activedescendant` names the active row or cell.
 */
export function Table<T>(props: TableProps<T>) {
  const { columns, hidden, windows, rowKey, hasMenuButton = false } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const shown = columns.filter((column) => !hidden?.has(column.id))
  const virtual = useVirtualRows(scroller, windows)
  useReveal(virtual, props.reveal ?? null, windows.total)
  const picking = usePicking(props.picked, windows, rowKey)
  const actions = useRowActions({ ...props, id, shown, scroller })
  const keys = useRowKeys({
    total: windows.total ?? 0,
    columns: shown.length,
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    show: (index) => virtual.scrollToIndex(index),
    open: (index) => {
      const row = windows.rowAt(index)
      if (row !== undefined) props.onOpen?.(row)
    },
    copy: actions.copy,
    menu: (index) => actions.show(index, null, document.getElementById(`${id}-${index}`)),
    pick: picking?.pick,
    pickAll: picking?.pickLoaded,
    pickNone: picking?.pickNone,
  })
  if (windows.total === 0) return <div className={css.empty}>{props.empty}</div>
  const cell = keys.column === null ? '' : `-${keys.column}`
  return (
    <>
      <div
        ref={scroller}
        className={css.scroller}
        style={sizesOf(shown, picking !== null, hasMenuButton)}
        data-old={windows.isOld || undefined}
        role="grid"
        aria-label={props.name}
        aria-rowcount={(windows.total ?? skeletonRows) + 1}
        aria-colcount={shown.length + Number(picking !== null) + Number(hasMenuButton)}
        aria-multiselectable={picking ? true : undefined}
        aria-busy={windows.total === null}
        aria-activedescendant={keys.active === null ? undefined : `${id}-${keys.active}${cell}`}
        tabIndex={0}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
      >
        <div role="rowgroup" className={css.head}>
          <div role="row" aria-rowindex={1} className={css.row}>
            {picking && <PickAll picked={props.picked} picking={picking} />}
            {shown.map((column) => (
              <HeaderCell key={column.id} column={column} order={props.order} onOrder={props.onOrder} />
            ))}
            {hasMenuButton && (
              <div role="columnheader" className={css.cell}>
                <span className="visually-hidden">More</span>
              </div>
            )}
          </div>
        </div>
        <Rows
          {...props}
          id={id}
          shown={shown}
          virtual={virtual}
          keys={keys}
          picking={picking}
          onMenu={actions.show}
        />
      </div>
      {actions.menu}
    </>
  )
}

function PickAll({ picked, picking }: { picked: Picked | undefined; picking: Picking }) {
  const isAny = (picked?.keys.size ?? 0) > 0
  return (
    <div role="columnheader" className={css.cell}>
      <input
        type="checkbox"
        aria-label={isAny ? 'Select none' : 'Select the rows that are loaded'}
        checked={isAny}
        onChange={isAny ? picking.pickNone : picking.pickLoaded}
      />
    </div>
  )
}

/** How far each list was scrolled when it was left, so that the way back from a row leads to its place. */
const places = new Map<string, number>()

/** Which rows are on screen; what they need is loaded. */
function useVirtualRows<T>(scroller: RefObject<HTMLDivElement | null>, { name, total, onRange }: Windows<T>) {
  const virtual = useVirtualizer({
    count: total ?? skeletonRows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    // The headings stay on top and push every row down by as much, which the virtualizer does not know.
    scrollPaddingEnd: rowHeight,
    initialRect: { width: 0, height: 800 },
    initialOffset: places.get(name) ?? 0,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onRange(first, last), [onRange, first, last])
  const isFirst = useRef(true)
  useEffect(() => {
    // Another filter or order is another list: it begins at its top.
    if (!isFirst.current) virtual.scrollToOffset(0)
    isFirst.current = false
    return () => {
      places.set(name, virtual.scrollOffset ?? 0)
    }
  }, [name, virtual])
  return virtual
}

/** Once for each place, as soon as the list is as long as that: whoever scrolls away afterwards stays away. */
function useReveal(
  virtual: ReturnType<typeof useVirtualRows>,
  place: number | null,
  total: number | null,
): void {
  const isThere = place !== null && total !== null && place < total
  useEffect(() => {
    if (isThere) virtual.scrollToIndex(place)
  }, [isThere, place, virtual])
}

function sizesOf<T>(shown: readonly Column<T>[], canPick: boolean, hasMenu: boolean): CSSProperties {
  const own = (canPick ? pickTrack : 0) + (hasMenu ? menuTrack : 0)
  const before = canPick ? [`${pickTrack}px`] : []
  const after = hasMenu ? [`${menuTrack}px`] : []
  const sizes = {
    '--tracks': [...before, ...shown.map(trackOf), ...after].join(' '),
    '--narrowest': `${shown.reduce((sum, { min }) => sum + min, rowPadding + own)}px`,
  }
  return sizes as CSSProperties
}

const skeletonRows = 12

const trackOf = ({ min, grow }: { readonly min: number; readonly grow?: number }): string =>
  grow === undefined ? `${min}px` : `minmax(${min}px, ${grow}fr)`
