// biome-ignore-all lint/a11y/useSemanticElements: rows are placed absolutely (virtual); table elements would lose their display and with it their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row by aria-activedescendant

import { Button } from '@fluentui/react-components'
import { MoreVertical20Regular } from '@fluentui/react-icons'
import { type ColumnDef, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useMemo } from 'react'
import type { Column } from './column.ts'
import type { RowKeys } from './keys.ts'
import type { Picked, Picking } from './picking.ts'
import css from './table.module.css'
import type { Windows } from './windows.ts'

const features = tableFeatures({ columnVisibilityFeature })
export const rowHeight = 32
/** Rows that are there before they are loaded keep the height and the place. */
type Slot<T> = { readonly index: number; readonly row: T | undefined }

export type RowsProps<T> = {
  readonly id: string
  readonly columns: readonly Column<T>[]
  readonly hidden?: ReadonlySet<string> | undefined
  readonly shown: readonly Column<T>[]
  readonly windows: Windows<T>
  readonly virtual: Virtualizer<HTMLDivElement, Element>
  readonly keys: RowKeys
  readonly rowKey: (row: T) => string
  readonly onOpen?: ((row: T) => void) | undefined
  readonly selected?: string | null | undefined
  readonly picked?: Picked | undefined
  readonly picking: Picking | null
  readonly hasMenuButton?: boolean | undefined
  readonly onMenu: (index: number, column: number | null, at: Element | { x: number; y: number }) => void
}

/** The rows on screen. The table model is made of these alone; the rest is in the engine. */
export function Rows<T>(props: RowsProps<T>) {
  const { columns, hidden, virtual, windows } = props
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
      {table.getRowModel().rows.map((each) => (
        <Row key={each.original.index} {...props} {...each.original}>
          {each.getVisibleCells().map((cell, place) => (
            <div
              key={cell.id}
              id={`${props.id}-${each.original.index}-${place}`}
              role="gridcell"
              aria-colindex={place + 1 + (props.picking ? 1 : 0)}
              className={css.cell}
              data-align={props.shown[place]?.align}
              data-place={place}
              data-active={
                (props.keys.active === each.original.index && props.keys.column === place) || undefined
              }
            >
              {each.original.row === undefined ? (
                <span className={css.wait} />
              ) : (
                <table.FlexRender cell={cell} />
              )}
            </div>
          ))}
        </Row>
      ))}
    </div>
  )
}

type RowProps<T> = RowsProps<T> & Slot<T> & { readonly children: React.ReactNode }

function Row<T>({ index, row, children, ...props }: RowProps<T>) {
  const { keys, onOpen, picking } = props
  const key = row === undefined ? null : props.rowKey(row)
  const isPicked = key !== null && props.picked?.keys.has(key)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys, for the active row
    <div
      id={`${props.id}-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={key !== null && (isPicked || props.selected === key)}
      className={css.row}
      data-active={(keys.active === index && keys.column === null) || undefined}
      data-open={onOpen ? true : undefined}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={(event) => {
        if (isOnControl(event)) return
        keys.setActive(index)
        if (picking && (event.ctrlKey || event.metaKey || event.shiftKey)) picking.pick(index, event.shiftKey)
        else if (row !== undefined) onOpen?.(row)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        const place = placeOf(event)
        keys.setActive(index, place)
        props.onMenu(index, place, { x: event.clientX, y: event.clientY })
      }}
    >
      {picking && (
        <div role="gridcell" aria-colindex={1} className={css.cell}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Select ${key === null ? 'row' : (props.picked?.nameOf(key) ?? key)}`}
            checked={isPicked ?? false}
            onChange={() => picking.pick(index)}
            onClick={(event) => {
              if (!event.shiftKey) return
              event.preventDefault()
              picking.pick(index, true)
            }}
          />
        </div>
      )}
      {children}
      {props.hasMenuButton && (
        <div
          role="gridcell"
          aria-colindex={props.shown.length + 1 + Number(picking !== null)}
          className={`${css.cell} ${css.more}`}
        >
          {row !== undefined && (
            <Button
              size="small"
              appearance="subtle"
              tabIndex={-1}
              icon={<MoreVertical20Regular />}
              aria-label="More for this row"
              aria-haspopup="menu"
              onClick={({ currentTarget }) => {
                keys.setActive(index)
                props.onMenu(index, null, currentTarget)
              }}
            />
          )}
        </div>
      )}
    </div>
  )
}

/** Which cell was meant. */
function placeOf({ target }: MouseEvent): number | null {
  const cell = target instanceof Element ? target.closest('[data-place]') : null
  return cell instanceof HTMLElement ? Number(cell.dataset.place) : null
}

/** A click on a link or button inside a row is theirs, and so is the end of selecting text. */
function isOnControl({ target }: MouseEvent): boolean {
  const isControl = target instanceof Element && target.closest('a, button, input') !== null
  return isControl || window.getSelection()?.toString() !== ''
}

function definitionOf<T>(column: Column<T>): ColumnDef<typeof features, Slot<T>> {
  return {
    id: column.id,
    header: column.title,
    cell: ({ row }) => (row.original.row === undefined ? null : column.cell(row.original.row)),
  }
}
