import { Button, Input, Select } from '@fluentui/react-components'
import { useLocation } from 'wouter'
import { cellText } from '../../../app/model/sheet/cell.ts'
import type { ImportDecision } from '../../../app/model/sheet/choices.ts'
import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { madeNames } from '../../../app/model/sheet/said-columns.ts'
import { Section } from '../../ui/page.tsx'
import table from '../../ui/plain-table.module.css'
import { type Decide, type ImportView, useDecision } from './asks.ts'
import { CustomFields } from './custom-fields.tsx'
import { fieldsIn } from './fields.ts'
import css from './import.module.css'
import { MadeMenu } from './made-menu.tsx'
import { Readings } from './readings.tsx'
import { matchWords } from './words.ts'

export type Decided = ImportView & { readonly decision: ImportDecision }

/** Which column is which field. */
export function ColumnsStep({ view }: { view: Decided }) {
  const [, go] = useLocation()
  const decide = useDecision(view.id, view.decision)
  const { columns, constants } = decide.decision
  const fields = fieldsIn(view)
  const ordered = [...fields.filter((one) => one.isMandatory), ...fields.filter((one) => !one.isMandatory)]
  const missing = ordered.filter(
    (one) => one.isMandatory && columns[one.key] === undefined && !constants[one.key]?.trim(),
  )
  const open = view.questions.filter((one) => one.example !== null && one.said === null)
  const { made = [] } = decide.decision
  const used = new Set([...Object.values(columns), ...made.flatMap((one) => [one.from, one.into].flat())])
  const ignored = view.columns.filter((one) => !used.has(one.column))
  return (
    <>
      <Next
        isReady={missing.length === 0 && open.length === 0}
        why={
          missing.length > 0
            ? `Mandatory and without a column: ${missing.map((one) => one.label).join(', ')}`
            : open.length > 0
              ? 'Say below how the dates and numbers are to be read.'
              : null
        }
        onNext={async () => {
          await decide.settled()
          go(`/import/${view.id}/values`)
        }}
        name="Next: values"
      />
      <Readings view={view} decide={decide} />
      <div className={table.frame}>
        <table className={css.wide}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Column of the file</th>
              <th scope="col">Where the cell is empty</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((field) => (
              <FieldRow key={field.key} field={field} view={view} decide={decide} />
            ))}
          </tbody>
        </table>
      </div>
      <CustomFields view={view} />
      {ignored.length > 0 && (
        <Section title="Columns that are not imported">
          <p className="quiet">
            {ignored.map((one) => one.heading || `Column ${one.column + 1}`).join(', ')}
          </p>
        </Section>
      )}
    </>
  )
}

type NextProps = {
  readonly isReady: boolean
  readonly why: string | null
  readonly name: string
  readonly onNext: () => void
}

/** The way on, and what is in it. */
export function Next({ isReady, why, name, onNext }: NextProps) {
  return (
    <div className={css.next}>
      <Button appearance="primary" disabled={!isReady} onClick={onNext}>
        {name}
      </Button>
      <span role="status" className="quiet">
        {why}
      </span>
    </div>
  )
}

type FieldRowProps = { readonly field: SheetField; readonly view: Decided; readonly decide: Decide }

function FieldRow({ field, view, decide }: FieldRowProps) {
  const { columns } = decide.decision
  const at = columns[field.key]
  const chosen = view.columns.find((one) => one.column === at)
  const match = view.matches.find((one) => one.field === field.key)
  const proposed =
    at === undefined && match ? view.columns.find((one) => one.column === match.column) : undefined
  const choose = (column: number | null): void => {
    const others = Object.entries(columns).filter(([key, taken]) => key !== field.key && taken !== column)
    void decide.change({
      columns: Object.fromEntries(column === null ? others : [...others, [field.key, column]]),
    })
  }
  return (
    <tr>
      <th scope="row">
        {field.label}
        {field.isMandatory && <span className={css.must}> (mandatory)</span>}
        <p className="quiet">
          {field.meaning} Such as: {field.example}
        </p>
      </th>
      <td>
        <div className={css.column}>
          <Select
            size="small"
            aria-label={`Column for ${field.label}`}
            value={at === undefined ? '' : String(at)}
            onChange={(_, { value }) => choose(value === '' ? null : Number(value))}
          >
            <option value="">None</option>
            {columnsOf(view, decide).map(({ column, heading }) => (
              <option key={column} value={String(column)}>
                {heading || `Column ${column + 1}`}
              </option>
            ))}
          </Select>
          {at !== undefined && <MadeMenu view={view} decide={decide} field={field} column={at} />}
        </div>
        {chosen && (
          <p className={css.samples}>
            {chosen.samples.map(cellText).join(' · ')}
            {match?.column === at && match && ` (${matchWords(match)})`}
          </p>
        )}
        {proposed && match && (
          <p className={css.samples}>
            <Button
              size="small"
              aria-label={`Use ${proposed.heading || 'this column'} for ${field.label}`}
              onClick={() => choose(proposed.column)}
            >
              Use {proposed.heading || `column ${proposed.column + 1}`}
            </Button>{' '}
            {matchWords(match)}: {proposed.samples.map(cellText).join(' · ')}
          </p>
        )}
      </td>
      <td>
        <Constant field={field} decide={decide} />
      </td>
    </tr>
  )
}

/** The columns of the file, and those that are made of them: known here before the engine has told of them. */
function columnsOf(
  view: Decided,
  { decision }: Decide,
): readonly Pick<ImportView['columns'][number], 'column' | 'heading'>[] {
  const { made = [] } = decision
  const places = new Set((view.decision.made ?? []).flatMap((one) => one.into))
  const own = view.columns.filter((one) => !places.has(one.column))
  const headings: string[] = []
  for (const { column, heading } of own) headings[column] = heading
  return [
    ...own,
    ...made.flatMap((one) =>
      madeNames(one, headings).map((heading, part) => ({ column: one.into[part] ?? 0, heading })),
    ),
  ]
}

function Constant({ field, decide }: Omit<FieldRowProps, 'view'>) {
  const { constants } = decide.decision
  const words = field.type === 'yes/no' ? ['yes', 'no'] : field.choices.map((one) => one.word)
  const set = (value: string): void => {
    const { [field.key]: _, ...others } = constants
    void decide.change({ constants: value.trim() === '' ? others : { ...others, [field.key]: value } })
  }
  const label = `${field.label} where the cell is empty`
  const value = constants[field.key] ?? ''
  if (words.length > 0) {
    return (
      <Select size="small" aria-label={label} value={value} onChange={(_, data) => set(data.value)}>
        <option value="">stays empty</option>
        {words.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </Select>
    )
  }
  return (
    <Input
      size="small"
      aria-label={label}
      defaultValue={value}
      placeholder="stays empty"
      onBlur={({ target }) => target.value !== value && set(target.value)}
    />
  )
}
