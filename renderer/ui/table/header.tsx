// biome-ignore-all lint/a11y/useSemanticElements: rows are placed absolutely (virtual); table elements would lose their display and with it their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row by aria-activedescendant
import { ArrowDown16Regular, ArrowUp16Regular } from '@fluentui/react-icons'
import type { Column } from './column.ts'
import css from './table.module.css'

export type TableOrder = { readonly by: string; readonly isDescending: boolean }

type HeaderProps<T> = {
  readonly column: Column<T>
  readonly order: TableOrder | undefined
  readonly onOrder: ((order: TableOrder) => void) | undefined
}

/** A column's title; pressed, it sorts by that column, pressed again the other way. */
export function HeaderCell<T>({ column, order, onOrder }: HeaderProps<T>) {
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
