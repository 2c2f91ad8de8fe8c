// biome-ignore-all lint/a11y/useSemanticElements: rows are placed absolutely (virtual); table elements would lose their display and with it their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row by aria-activedescendant
import { ArrowDown16Regular, ArrowUp16Regular } from '@fluentui/react-icons'
import { type ColumnDef, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react'
import { type RowKeys, useRowKeys } from './keys.ts'
import css from './table.module.css'
import type { Windows } from './windows.ts'

export type Column<T> = {
  readonly id: string
  readonly title: string
  /** Narrowest width in pixels. */
  readonly min: number
  /** Its share of what is left over; absent: it stays as it is. */
  readonly grow?: number
  readonly align?: 'end'
  /** What the engine sorts by; absent: not sortable. */
  readonly sort?: string
  readonly cell: (row: T) => ReactNode
}

export type TableOrder = { readonly by: string; readonly isDescending: boolean }

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
  readonly order?: TableOrder
  readonly onOrder?: (order: TableOrder) => void
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode
}

const features = tableFeatures({ columnVisibilityFeature })
const rowHeight = 32
/** Left and right of a row together; the same number stands in table.module.css. */
const rowPadding = 12
/** Rows that are there before they are loaded keep the height and the place. */
type Slot<T> = { readonly index: number; readonly row: T | undefined }

/**
 * The one table of the program: virtual (100,000 rows), sorted and filtered by the engine, one tab stop, arrow keys within.
 * It follows the grid pattern: the focus stays on the grid, `aria-activedescendant` names the active row.
 */
export function Table<T>(props: TableProps<T>) {
  const { columns, hidden, windows } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const shown = columns.filter((column) => !hidden?.has(column.id))
  const virtual = useVirtualRows(scroller, windows)
  const keys = useRowKeys({
    total: windows.total ?? 0,
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    show: (index) => virtual.scrollToIndex(index),
    open: (index) => {
      const row = windows.rowAt(index)
      if (row) props.onOpen?.(row)
    },
  })
  if (windows.total === 0) return <div className={css.empty}>{props.empty}</div>
  return (
    <div
      ref={scroller}
      className={css.scroller}
      style={sizesOf(shown)}
      data-old={windows.isOld || undefined}
      role="grid"
      aria-label={props.name}
      aria-rowcount={(windows.total ?? skeletonRows) + 1}
      aria-colcount={shown.length}
      aria-busy={windows.total === null}
      aria-activedescendant={keys.active === null ? undefined : `${id}-${keys.active}`}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
    >
      <div role="rowgroup" className={css.head}>
        <div role="row" aria-rowindex={1} className={css.row}>
          {shown.map((column) => (
            <HeaderCell key={column.id} column={column} order={props.order} onOrder={props.onOrder} />
          ))}
        </div>
      </div>
      <Rows {...props} id={id} shown={shown} virtual={virtual} keys={keys} />
    </div>
  )
}

/** How far each list was scrolled when it was left, so that the way back from a row leads to its place. */
const places = new Map<string, number>()

type VirtualRows = ReturnType<typeof useVirtualRows>

/** Which rows are on screen; what they need is loaded. */
function useVirtualRows<T>(scroller: RefObject<HTMLDivElement | null>, { name, total, onRange }: Windows<T>) {
  const virtual = useVirtualizer({
    count: total ?? skeletonRows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
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

type RowsProps<T> = TableProps<T> & {
  readonly id: string
  readonly shown: readonly Column<T>[]
  readonly virtual: VirtualRows
  readonly keys: RowKeys
}

/** The rows on screen. The table model is made of these alone; the rest is in the engine. */
function Rows<T>(props: RowsProps<T>) {
  const { id, columns, hidden, shown, virtual, windows, keys, onOpen } = props
  const definitions = useMemo(() => columns.map(definitionOf), [columns])
  const state = useMemo(
    () => ({ columnVisibility: Object.fromEntries([...(hidden ?? [])].map((column) => [column, false])) }),
    [hidden],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: virtual.getVirtualItems().map(({ index }): Slot<T> => ({ index, row: windows.rowAt(index) })),
    getRowId: ({ index }) => String(index),
    state,
  })
  return (
    <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
      {table.getRowModel().rows.map((each) => {
        const { index, row } = each.original
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys, for the active row
          <div
            key={index}
            id={`${id}-${index}`}
            role="row"
            aria-rowindex={index + 2}
            aria-selected={row !== undefined && props.selected === props.rowKey(row)}
            className={css.row}
            data-active={keys.active === index || undefined}
            data-open={onOpen ? true : undefined}
            style={{ transform: `translateY(${index * rowHeight}px)` }}
            onClick={(event) => {
              if (isOnControl(event)) return
              keys.setActive(index)
              if (row) onOpen?.(row)
            }}
          >
            {each.getVisibleCells().map((cell, place) => (
              <div
                key={cell.id}
                role="gridcell"
                aria-colindex={place + 1}
                className={css.cell}
                data-align={shown[place]?.align}
              >
                {row === undefined ? <span className={css.wait} /> : <table.FlexRender cell={cell} />}
              </div>
            ))}
          </div>
        )
      })}
    </div>
  )
}

/** A click on a link or button inside a row is theirs, and so is the end of selecting text. */
function isOnControl({ target }: MouseEvent): boolean {
  const isControl = target instanceof Element && target.closest('a, button, input') !== null
  return isControl || window.getSelection()?.toString() !== ''
}

function sizesOf<T>(shown: readonly Column<T>[]): CSSProperties {
  const sizes = {
    '--tracks': shown.map(trackOf).join(' '),
    '--narrowest': `${shown.reduce((sum, { min }) => sum + min, rowPadding)}px`,
  }
  return sizes as CSSProperties
}

const skeletonRows = 12

const trackOf = ({ min, grow }: { readonly min: number; readonly grow?: number }): string =>
  grow === undefined ? `${min}px` : `minmax(${min}px, ${grow}fr)`

function definitionOf<T>(column: Column<T>): ColumnDef<typeof features, Slot<T>> {
  return {
    id: column.id,
    header: column.title,
    cell: ({ row }) => (row.original.row === undefined ? null : column.cell(row.original.row)),
  }
}

type HeaderProps<T> = {
  readonly column: Column<T>
  readonly order: TableOrder | undefined
  readonly onOrder: ((order: TableOrder) => void) | undefined
}

function HeaderCell<T>({ column, order, onOrder }: HeaderProps<T>) {
  const { sort, title, align } = column
  const isSorted = sort !== undefined && order?.by === sort
  const direction = order?.isDescending ? 'descending' : 'ascending'
  return (
    <div
      role="columnheader"
      className={css.cell}
      data-align={align}
      aria-sort={isSorted ? direction : undefined}
    >
      {sort === undefined || !onOrder ? (
        title
      ) : (
        <button
          type="button"
          className={css.sort}
          onClick={() => onOrder({ by: sort, isDescending: isSorted ? !order.isDescending : false })}
        >
          {title}
          {isSorted && (order.isDescending ? <ArrowDown16Regular /> : <ArrowUp16Regular />)}
        </button>
      )}
    </div>
  )
}
