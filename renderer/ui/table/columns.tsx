import { Time } from '../time.tsx'
import { type Column, timeValue } from './column.ts'

/** A number of Commerce's or Halo's. */
export const idColumn = <T,>(
  id: string,
  title: string,
  min: number,
  of: (row: T) => number | null,
): Column<T> => ({ id, title, min, align: 'end', value: of, cell: (row) => of(row) ?? '' })

type TimeColumn<T> = Pick<Column<T>, 'id' | 'title' | 'min'> & {
  readonly grow?: number
  readonly sort: string
  readonly of: (row: T) => string | null
  /** Where there is none. */
  readonly none?: string
}

/** A moment: relative on screen, exact and in UTC in a file. */
export const timeColumn = <T,>({ of, none = '–', ...column }: TimeColumn<T>): Column<T> => ({
  ...column,
  fileTitle: `${column.title} (UTC)`,
  value: (row) => timeValue(of(row)),
  cell: (row) => <Time at={of(row)} none={none} />,
})
