import { Button, Field, Input, Select } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { cellText } from '../../../app/model/sheet/cell.ts'
import { problemWords } from '../../../app/model/sheet/problems.ts'
import { api, useAsk } from '../../api.ts'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import type { ImportRow, ProblemKind } from './asks.ts'
import type { Fixes } from './check-step.tsx'
import type { Decided } from './columns-step.tsx'
import { fieldIn } from './fields.ts'
import css from './import.module.css'

type GridProps = {
  readonly view: Decided
  readonly only: ProblemKind | null
  readonly onOnly: (only: ProblemKind | null) => void
  readonly row: number | null
  readonly onRow: (row: number) => void
  readonly fixes: Fixes
}

/** The rows, all of them or those with one problem; Enter or a click opens one to correct it. */
export function RowGrid({ view, only, onOnly, row, onRow, fixes }: GridProps) {
  const windows = useWindows<ImportRow>(['imports.rows', view.id, only], (window, signal) =>
    api.imports.rows.query({ id: view.id, window, ...(only ? { only } : {}) }, { signal }),
  )
  const columns = useMemo(() => columnsOf(view), [view])
  const place = useAsk(['imports.place', view.id, row], (signal) =>
    row === null ? Promise.resolve(null) : api.imports.place.query({ id: view.id, row }, { signal }),
  ).data
  return (
    <div className={css.grid}>
      <FindBar view={view} only={only} fixes={fixes} />
      <Table
        name="Rows of the file"
        columns={columns}
        windows={windows}
        rowKey={({ number }) => String(number)}
        selected={row === null ? null : String(row)}
        reveal={only === null ? (place ?? null) : null}
        onOpen={({ number }) => onRow(number)}
        empty={
          <p>
            No row has this problem any more.{' '}
            {only && (
              <Button size="small" onClick={() => onOnly(null)}>
                Show all rows
              </Button>
            )}
          </p>
        }
      />
    </div>
  )
}

/** The matched fields, as they are named here; their problems in the cell. */
export const fieldsOf = (view: Decided) =>
  Object.entries(view.decision.columns)
    .flatMap(([key, column]) => {
      const field = fieldIn(view, key)
      return field ? [{ field, column }] : []
    })
    .sort((a, b) => a.column - b.column)

function columnsOf(view: Decided): Column<ImportRow>[] {
  return [
    {
      id: 'row',
      title: 'Row',
      min: 64,
      align: 'end',
      cell: ({ number, isLeftOut }) => (
        <>
          {number}
          {isLeftOut && <span className="visually-hidden"> left out</span>}
        </>
      ),
    },
    ...fieldsOf(view).map(
      ({ field, column }): Column<ImportRow> => ({
        id: field.key,
        title: field.label,
        min: 120,
        grow: 1,
        cell: (row) => <CellOf row={row} field={field.key} column={column} label={field.label} />,
        value: ({ cells }) => cellText(cells[column] ?? null),
      }),
    ),
  ]
}

type CellProps = {
  readonly row: ImportRow
  readonly field: string
  readonly column: number
  readonly label: string
}

function CellOf({ row, field, column, label }: CellProps) {
  const text = cellText(row.cells[column] ?? null)
  const found = row.problems.find((one) => one.field === field)
  if (row.isLeftOut) {
    return (
      <s className={css.out} title={text}>
        {text}
      </s>
    )
  }
  if (!found) return <span title={text}>{text}</span>
  const words = problemWords[found.code].what(label, found, { most: null, words: [] })
  return (
    <span className={markOf[found.severity]} title={words}>
      {text || 'empty'}
      <span className="visually-hidden">: {words}</span>
    </span>
  )
}

const markOf = { error: css.bad, warning: css.doubt, note: css.told }

function FindBar({ view, only, fixes }: Pick<GridProps, 'view' | 'only' | 'fixes'>) {
  const fields = fieldsOf(view)
  const [column, setColumn] = useState(fields[0]?.column ?? 0)
  const [find, setFind] = useState('')
  const [to, setTo] = useState('')
  const label = fields.find((one) => one.column === column)?.field.label ?? ''
  return (
    <form
      className={css.bar}
      onSubmit={(event) => {
        event.preventDefault()
        if (find === '' || fixes.isBusy) return
        void fixes.fix({
          fix: { do: 'find', column, find, to },
          ...(only ? { only } : {}),
          what: `${label}: "${find.slice(0, 40)}" replaced by "${to.slice(0, 40)}"`,
        })
      }}
    >
      <Field label="Find in" size="small">
        <Select size="small" value={String(column)} onChange={(_, { value }) => setColumn(Number(value))}>
          {fields.map(({ field, column: at }) => (
            <option key={field.key} value={String(at)}>
              {field.label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Find" size="small">
        <Input size="small" value={find} onChange={(_, { value }) => setFind(value)} />
      </Field>
      <Field label="Replace by" size="small">
        <Input size="small" value={to} onChange={(_, { value }) => setTo(value)} />
      </Field>
      <Button size="small" type="submit" disabled={find === '' || fixes.isBusy}>
        {only ? 'Replace in these rows' : 'Replace in all rows'}
      </Button>
    </form>
  )
}
