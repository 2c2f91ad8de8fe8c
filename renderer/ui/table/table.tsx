// biome-ignore-all lint/a11y/useSemanticElements: rows are placed absolutely (virtual); table elements would lose their display and with it their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row by aria-activedescendant
import { ArrowDown16Regular, ArrowUp16Regular } from '@fluentui/react-icons'
import {
  type ColumnDef,
  columnVisibilityFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { useRowKeys } from './keys.ts'
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

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature })
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
  const { name, columns, hidden, windows, order } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const total = windows.total ?? skeletonRows
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    initialRect: { width: 0, height: 800 },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { onRange } = windows
  useEffect(() => onRange(first, last), [onRange, first, last])

  const slots = items.map(({ index }): Slot<T> => ({ index, row: windows.rowAt(index) }))
  const definitions = useMemo(() => columns.map(definitionOf), [columns])
  const table = useTable({
    features,
    columns: definitions,
    data: slots,
    getRowId: ({ index }) => String(index),
    manualSorting: true,
    state: {
      sorting: order ? [{ id: order.by, desc: order.isDescending }] : [],
      columnVisibility: Object.fromEntries([...(hidden ?? [])].map((column) => [column, false])),
    },
  })
  const shown = columns.filter((column) => !hidden?.has(column.id))
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

  const sizes = {
    '--tracks': shown.map(trackOf).join(' '),
    '--narrowest': `${shown.reduce((sum, { min }) => sum + min, rowPadding)}px`,
  } as CSSProperties
  return (
    <div
      ref={scroller}
      className={css.scroller}
      style={sizes}
      data-old={windows.isOld || undefined}
      role="grid"
      aria-label={name}
      aria-rowcount={total + 1}
      aria-colcount={shown.length}
      aria-busy={windows.total === null}
      aria-activedescendant={keys.active === null ? undefined : `${id}-${keys.active}`}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
    >
      <div role="rowgroup" className={css.head}>
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={css.row}>
            {shown.map((column) => (
              <HeaderCell key={column.id} column={column} order={order} onOrder={props.onOrder} />
            ))}
          </div>
        ))}
      </div>
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
              data-open={props.onOpen ? true : undefined}
              style={{ transform: `translateY(${index * rowHeight}px)` }}
              onClick={(event) => {
                if (event.target instanceof Element && event.target.closest('a, button, input')) return
                keys.setActive(index)
                if (row && !window.getSelection()?.toString()) props.onOpen?.(row)
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
    </div>
  )
}
const skeletonRows = 12

const trackOf = ({ min, grow }: { readonly min: number; readonly grow?: number }): string =>
  grow === undefined ? `${min}px` : `minmax(${min}px, ${grow}fr)`

function definitionOf<T>(column: Column<T>): ColumnDef<typeof features, Slot<T>> {
  return {
    id: column.id,
    header: column.title,
    enableSorting: column.sort !== undefined,
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
