import type { Cell } from '../../../app/model/sheet/cell.ts'
import { cellText } from '../../../app/model/sheet/cell.ts'
import { api, useAskOnce } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { plural } from '../../ui/format.ts'
import table from '../../ui/plain-table.module.css'

const askedRows = 200
const shownRows = 6

type MadePreviewProps = {
  readonly id: string
  /** The columns of the file that go in, and what stands over them. */
  readonly from: readonly number[]
  readonly fromNames: readonly string[]
  /** What stands over each made column. */
  readonly names: readonly string[]
  readonly make: (cells: readonly Cell[]) => readonly Cell[]
  /** Tells of rows that are made otherwise than most: "has no second part". Null where nothing is to be told. */
  readonly oddWords: string | null
  readonly isOdd: (made: readonly Cell[]) => boolean
}

/** The first rows that have a value, as they would be. */
export function MadePreview({ id, from, fromNames, names, make, oddWords, isOdd }: MadePreviewProps) {
  const { data } = useAskOnce(['imports.rows', id, 'made'], (signal) =>
    api.imports.rows.query({ id, window: { offset: 0, limit: askedRows } }, { signal }),
  )
  if (!data) return <Skeleton lines={4} />
  const filled = data.rows.filter(({ cells }) => from.some((at) => cellText(cells[at] ?? null).trim() !== ''))
  const made = filled.map((row) => ({ row, values: make(row.cells) }))
  const odd = made.filter(({ values }) => isOdd(values))
  // Those that come out otherwise than most are what a person has to see.
  const usual = made.filter(({ values }) => !isOdd(values))
  const shown = [...usual.slice(0, shownRows - Math.min(2, odd.length)), ...odd.slice(0, 2)]
    .sort((a, b) => a.row.number - b.row.number)
    .slice(0, shownRows)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and only what has the focus scrolls by key */}
      <section className={table.frame} tabIndex={0} aria-label="How rows come out">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {[...fromNames, ...names].map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two parts may go into the same field or into none
                <th key={at} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, values }) => (
              <tr key={row.number}>
                <td>{row.number}</td>
                {from.map((at) => (
                  <td key={at} className="quiet">
                    {cellText(row.cells[at] ?? null)}
                  </td>
                ))}
                {values.map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other name
                  <td key={at}>{cellText(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {filled.length === 0 && <p>The first {askedRows} rows have nothing there.</p>}
      {oddWords !== null && odd.length > 0 && (
        <p role="status">
          {plural(odd.length, 'row')} of the first {filled.length} {oddWords}.
        </p>
      )}
    </>
  )
}
