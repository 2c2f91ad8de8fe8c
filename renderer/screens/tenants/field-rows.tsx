import { Button, Checkbox, Input, Select } from '@fluentui/react-components'
import {
  ArrowDown16Regular,
  ArrowRight16Regular,
  ArrowUp16Regular,
  Delete16Regular,
  ErrorCircle12Filled,
} from '@fluentui/react-icons'
import type { KeyboardEvent } from 'react'
import type { FieldMapping } from '../../../app/model/mapping.ts'
import type { MappingProblem } from '../../../app/model/mapping-checks.ts'
import plain from '../../ui/plain-table.module.css'
import type { Example } from './example-choice.tsx'
import css from './field-map.module.css'
import {
  blankRow,
  type Choice,
  constantKey,
  outcomeOf,
  sampleOf,
  sourceChoices,
  targetKey,
} from './field-map.ts'
import { FieldPicker } from './field-picker.tsx'

export type FieldRowProps = {
  readonly index: number
  readonly last: number
  readonly row: FieldMapping
  readonly targets: readonly Choice[]
  readonly problems: readonly MappingProblem[]
  readonly example: Example | null
  readonly onChange: (row: FieldMapping) => void
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
}

/** The rows of the field mapping; Alt with the arrow up or down moves the row that has the focus. */
export function FieldTable({ rows }: { rows: readonly FieldRowProps[] }) {
  return (
    <div className={plain.frame}>
      <table className={`${plain.table} ${css.table}`} aria-label="Field mappings">
        <thead>
          <tr>
            <th scope="col">Field in Commerce</th>
            <th scope="col">
              <span className="visually-hidden">Direction</span>
            </th>
            <th scope="col">Field in Halo</th>
            <th scope="col">Only new</th>
            <th scope="col">When empty</th>
            <th scope="col">
              <span className="visually-hidden">Order</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <FieldRow key={row.index} {...row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FieldRow(props: FieldRowProps) {
  const { index, last, row, targets, problems, example, onChange, onMove } = props
  const name = `Row ${index + 1}`
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : null
    if (!event.altKey || to === null) return
    // Alt and an arrow would open the picker instead.
    event.preventDefault()
    event.stopPropagation()
    if (to >= 0 && to <= last) onMove(to)
  }
  const problemOf = (side: 'from' | 'to') =>
    problems.find(({ path }) => path === `customerFields.${index}.${side}`) ?? null
  return (
    <tr data-row={index} onKeyDownCapture={onKeyDown}>
      <td>
        <Source row={row} name={name} problem={problemOf('from')} onChange={onChange} />
        <Sample row={row} example={example} />
      </td>
      <td data-kind="arrow">
        <ArrowRight16Regular title="From Commerce to Halo only" />
      </td>
      <td>
        <FieldPicker
          label={`${name}: field in Halo`}
          choices={targets}
          value={targetKey(row.to, targets)}
          problem={problemOf('to')?.text ?? null}
          problemId={`field-${index}-to`}
          onChange={(to) => onChange({ ...row, to })}
        />
        <Problem problem={problemOf('to')} id={`field-${index}-to`} />
        <Result row={row} example={example} targets={targets} />
      </td>
      <td data-kind="tick">
        <Checkbox
          aria-label={`${name}: only for new records`}
          checked={row.onlyNew}
          onChange={(_, { checked }) => onChange({ ...row, onlyNew: checked === true })}
        />
      </td>
      <td>
        <Select
          size="small"
          aria-label={`${name}: when empty in Commerce`}
          value={row.whenEmpty}
          disabled={row.from.kind === 'constant'}
          onChange={(_, { value }) => onChange({ ...row, whenEmpty: value === 'clear' ? 'clear' : 'leave' })}
        >
          <option value="leave">leave Halo's value</option>
          <option value="clear">empty Halo's field</option>
        </Select>
      </td>
      <td>
        <RowButtons {...props} />
      </td>
    </tr>
  )
}

type SourceProps = {
  readonly row: FieldMapping
  readonly name: string
  readonly problem: MappingProblem | null
  readonly onChange: (row: FieldMapping) => void
}

function Source({ row, name, problem, onChange }: SourceProps) {
  const { from } = row
  const id = `${name.replace(' ', '-')}-from`
  return (
    <>
      <FieldPicker
        label={`${name}: field in Commerce`}
        choices={sourceChoices}
        value={from.kind === 'constant' ? constantKey : from.name}
        problem={problem?.text ?? null}
        problemId={id}
        onChange={(key) =>
          onChange({
            ...row,
            from: key === constantKey ? { kind: 'constant', value: '' } : blankRow(key).from,
          })
        }
      />
      {from.kind === 'constant' && (
        <Input
          className={css.value ?? ''}
          size="small"
          aria-label={`${name}: fixed value`}
          value={from.value}
          onChange={(_, { value }) => onChange({ ...row, from: { kind: 'constant', value } })}
        />
      )}
      <Problem problem={problem} id={id} />
    </>
  )
}

function Problem({ problem, id }: { problem: MappingProblem | null; id: string }) {
  if (!problem) return null
  return (
    <span id={id} className={css.problem} data-level={problem.level}>
      <ErrorCircle12Filled aria-hidden="true" />
      <span>{problem.text}</span>
    </span>
  )
}

function Sample({ row, example }: { row: FieldMapping; example: Example | null }) {
  const chosen =
    row.from.kind === 'field' ? sourceChoices.find(({ key }) => key === sourceOf(row)) : undefined
  if (!chosen) return null
  const sample = example ? sampleOf(example.values[chosen.key]) : ''
  return (
    <div className={css.beneath}>
      <span className={css.sample} title={sample ?? undefined}>
        {sample ?? <em>empty</em>}
      </span>
      <span className={css.detail}>{chosen.detail}</span>
    </div>
  )
}

const sourceOf = ({ from }: FieldMapping): string => (from.kind === 'field' ? from.name : from.value)

type ResultProps = {
  readonly row: FieldMapping
  readonly example: Example | null
  readonly targets: readonly Choice[]
}

function Result({ row, example, targets }: ResultProps) {
  const target = targets.find(({ key }) => key === targetKey(row.to, targets))
  if (!target) return null
  const words = { cleared: 'is emptied', left: 'stays as it is', refused: 'does not fit: stays as it is' }
  const isTold = example !== null && sourceOf(row) !== ''
  const outcome = isTold ? outcomeOf(row, example.values) : null
  return (
    <div className={css.beneath}>
      <span className={css.sample} title={outcome?.kind === 'value' ? outcome.text : undefined}>
        {outcome?.kind === 'value' && `= ${outcome.text}`}
        {outcome && outcome.kind !== 'value' && <em>{words[outcome.kind]}</em>}
      </span>
      <span className={css.detail}>{target.detail}</span>
    </div>
  )
}

function RowButtons({ index, last, onMove, onRemove }: FieldRowProps) {
  return (
    <div className={css.buttons}>
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowUp16Regular />}
        aria-label={`Move row ${index + 1} up`}
        title="Move up (Alt+Up)"
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowDown16Regular />}
        aria-label={`Move row ${index + 1} down`}
        title="Move down (Alt+Down)"
        disabled={index === last}
        onClick={() => onMove(index + 1)}
      />
      <Button
        size="small"
        appearance="subtle"
        icon={<Delete16Regular />}
        aria-label={`Remove row ${index + 1}`}
        title="Remove"
        onClick={onRemove}
      />
    </div>
  )
}
