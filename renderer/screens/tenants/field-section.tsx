import { Button, SearchBox } from '@fluentui/react-components'
import { Add16Regular, Warning16Filled } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { HaloClientField } from '../../../app/model/halo-fields.ts'
import type { FieldMapping } from '../../../app/model/mapping.ts'
import { checkFields, unfilledMandatory } from '../../../app/model/mapping-checks.ts'
import { plural } from '../../ui/format.ts'
import { type Example, ExampleChoice, useExample } from './example-choice.tsx'
import css from './field-map.module.css'
import { blankRow, isFound, moved, sampleOf, standardFields, targetChoices, unmapped } from './field-map.ts'
import { FieldTable } from './field-rows.tsx'
import mapping from './mapping.module.css'

type FieldSectionProps = {
  readonly tenantId: number
  readonly rows: readonly FieldMapping[]
  /** null while Halo has not answered. */
  readonly clientFields: readonly HaloClientField[] | null
  readonly onChange: (rows: FieldMapping[]) => void
}

/** Which value goes into which field of a client, tried at a real customer. */
export function FieldSection({ tenantId, rows, clientFields, onChange }: FieldSectionProps) {
  const [search, setSearch] = useState('')
  const { example, choose } = useExample(tenantId)
  const { place, focusRow } = useRowFocus()
  const targets = targetChoices(clientFields ?? [])
  const problems = checkFields(rows, clientFields)
  const add = (row: FieldMapping): void => {
    setSearch('')
    onChange([...rows, row])
    focusRow(rows.length, row.to === '' && row.from.kind === 'field' && row.from.name !== '' ? 'to' : 'from')
  }
  const shown = rows.flatMap((row, index) => (isFound(row, search, targets) ? [{ row, index }] : []))
  return (
    <div ref={place}>
      <div className={css.tools}>
        <SearchBox
          size="small"
          aria-label="Search the mapping"
          placeholder="Search fields"
          value={search}
          onChange={(_, { value }) => setSearch(value)}
        />
        {example && <ExampleChoice tenantId={tenantId} example={example} onChoose={choose} />}
      </div>
      {shown.length > 0 && (
        <FieldTable
          rows={shown.map(({ row, index }) => ({
            ...{ index, row, targets, problems, example: example ?? null, last: rows.length - 1 },
            onChange: (next) => onChange(rows.map((each, at) => (at === index ? next : each))),
            onMove: (to) => {
              onChange(moved(rows, index, to))
              focusRow(to, null)
            },
            onRemove: () => {
              onChange(rows.filter((_, at) => at !== index))
              focusRow(Math.min(index, rows.length - 2), 'from')
            },
          }))}
        />
      )}
      {shown.length === 0 && (
        <p className="quiet">
          {rows.length === 0 ? 'No field is mapped yet.' : 'No mapped field has this in its name.'}
        </p>
      )}
      <div className={css.under}>
        <Button size="small" icon={<Add16Regular />} onClick={() => add(blankRow())}>
          Add field
        </Button>
        {example === null && (
          <span className="quiet">
            Sample values are shown as soon as a sync or a preview has read a customer.
          </span>
        )}
      </div>
      <Unfilled rows={rows} clientFields={clientFields ?? []} onAdd={(to) => add(blankRow('', to))} />
      <Rest rows={rows} search={search} example={example ?? null} onAdd={(from) => add(blankRow(from))} />
    </div>
  )
}

/** Puts the focus into a row after it was drawn: into a picker, or back onto the control that had it before the row moved. */
function useRowFocus() {
  const place = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState<{ row: number; label: string } | null>(null)
  useEffect(() => {
    if (!wanted) return
    const row = place.current?.querySelector(`tr[data-row="${wanted.row}"]`)
    const controls = [...(row?.querySelectorAll<HTMLElement>('input, select, button') ?? [])]
    const found = controls.find(
      (control) => plainLabel(control) === wanted.label && !control.hasAttribute('disabled'),
    )
    ;(found ?? controls[0])?.focus()
    setWanted(null)
  }, [wanted])
  const focusRow = (row: number, side: 'from' | 'to' | null): void => {
    const current = document.activeElement
    const label =
      side === null && current instanceof HTMLElement
        ? plainLabel(current)
        : side === 'to'
          ? 'Row : field in Halo'
          : 'Row : field in Commerce'
    setWanted({ row, label })
  }
  return { place, focusRow }
}

/** A control's name without the row's number. */
const plainLabel = (control: HTMLElement): string =>
  (control.getAttribute('aria-label') ?? '').replace(/\d+/, '')

type UnfilledProps = {
  readonly rows: readonly FieldMapping[]
  readonly clientFields: readonly HaloClientField[]
  readonly onAdd: (to: string) => void
}

function Unfilled({ rows, clientFields, onAdd }: UnfilledProps) {
  const wanted = unfilledMandatory(rows, clientFields)
  if (wanted.length === 0) return null
  return (
    <div className={css.under}>
      <ul className={css.wants} aria-label="Mandatory in Halo and not filled">
        {wanted.map(({ column, label }) => (
          <li key={column}>
            <Warning16Filled aria-hidden="true" />
            <span>
              <strong>{label}</strong> is mandatory in Halo and nothing fills it.
            </span>
            <Button size="small" onClick={() => onAdd(`cf:${column.replace(/^CF/i, '')}`)}>
              Map {label}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type RestProps = {
  readonly rows: readonly FieldMapping[]
  readonly search: string
  readonly example: Example | null
  readonly onAdd: (from: string) => void
}

/** What Commerce has and nothing takes, and what needs no row because every sync brings it. */
function Rest({ rows, search, example, onAdd }: RestProps) {
  const wanted = search.trim().toLowerCase()
  const rest = unmapped(rows).filter(({ label }) => label.toLowerCase().includes(wanted))
  return (
    <div className={css.under}>
      <details className={css.more} open={rows.length === 0 || wanted !== ''}>
        <summary>
          {plural(rest.length, 'Commerce field is not mapped', 'Commerce fields are not mapped')}
        </summary>
        <p className={mapping.note}>
          Every sync brings over by itself: {standardFields.map(([from, to]) => `${from} (${to})`).join(', ')}
          .
        </p>
        <ul className={css.rest} aria-label="Not mapped">
          {rest.map(({ name, label }) => (
            <li key={name}>
              <span>
                {label}
                <span className={css.sample}>
                  {example ? (sampleOf(example.values[name]) ?? <em>empty</em>) : ''}
                </span>
              </span>
              <Button
                size="small"
                appearance="subtle"
                aria-label={`Map ${label}`}
                onClick={() => onAdd(name)}
              >
                Map
              </Button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
