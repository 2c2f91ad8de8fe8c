import { useMemo, useState } from 'react'
import {
  isTelling,
  nameOfChange,
  sayValue,
  type ValueFormat,
  type ValueNames,
} from '../../app/model/change-words.ts'
import type { FieldChange } from '../../app/model/outcome.ts'
import { api, useAskOnce } from '../api.ts'
import css from './change-list.module.css'
import { amount, dayOf } from './format.ts'
import plain from './plain-table.module.css'

const precise = new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 })
const format: ValueFormat = { money: amount, number: (value) => precise.format(value), date: dayOf }
const noNames: ValueNames = { quoteStatus: new Map(), orderStatus: new Map(), groups: new Map() }

/** What numbers stand for in this tenant's Halo, asked when a screen opens; numbers stay numbers where Halo does not answer. */
export function useValueNames(tenantId: number): ValueNames {
  const { data } = useAskOnce(['mapping.choices', tenantId], (signal) =>
    api.mapping.choices.query({ id: tenantId }, { signal }),
  )
  return useMemo(() => {
    if (!data?.ok) return noNames
    const named = (choices: readonly { readonly id: number; readonly name: string }[]) =>
      new Map(choices.map(({ id, name }) => [id, name]))
    const { quoteStatus, orderStatus, groups } = data.value
    return { quoteStatus: named(quoteStatus), orderStatus: named(orderStatus), groups: named(groups) }
  }, [data])
}

/** One change in a line: "Status: Sent → Won". */
export function changeText(change: FieldChange, names: ValueNames): string {
  const { part, label, kind } = nameOfChange(change.field)
  const before = sayValue(change.before, kind, names, format)
  const after = sayValue(change.after, kind, names, format)
  const name = part.startsWith('Line') ? `${part}: ${label.toLowerCase()}` : label
  return before === null ? `${name}: ${after ?? 'emptied'}` : `${name}: ${before} → ${after ?? 'emptied'}`
}

type ChangeListProps = {
  readonly changes: readonly FieldChange[]
  readonly names: ValueNames
  /** A new record has no values before. */
  readonly isNew: boolean
}

/** What a record gets, field by field and part by part, in words; keys and links are one click away. */
export function ChangeList({ changes, names, isNew }: ChangeListProps) {
  const [isWhole, setWhole] = useState(false)
  const told = changes.filter(isTelling)
  const shown = isWhole || told.length === 0 ? changes : told
  const parts = Map.groupBy(shown, ({ field }) => nameOfChange(field).part)
  return (
    <div className={css.changes}>
      <div className={plain.frame}>
        <table className={`${plain.table} ${css.table}`}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {!isNew && <th scope="col">In Halo now</th>}
              <th scope="col">{isNew ? 'Value' : 'Becomes'}</th>
            </tr>
          </thead>
          {[...parts].map(([part, rows]) => (
            <tbody key={part}>
              {parts.size > 1 && part !== '' && (
                <tr className={css.part}>
                  <th scope="rowgroup" colSpan={isNew ? 2 : 3}>
                    {part}
                  </th>
                </tr>
              )}
              {rows.map((change, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two contacts of one customer have the same fields
                <Change key={`${change.field} ${at}`} change={change} names={names} isNew={isNew} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {told.length > 0 && told.length < changes.length && (
        <button type="button" className={css.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Hide keys and links' : `Show keys and links as well (${changes.length - told.length})`}
        </button>
      )}
    </div>
  )
}

function Change({ change, names, isNew }: { change: FieldChange; names: ValueNames; isNew: boolean }) {
  const { label, kind } = nameOfChange(change.field)
  return (
    <tr>
      <td title={change.field}>{kind === 'technical' ? <code>{label}</code> : label}</td>
      {!isNew && <Value value={change.before} text={sayValue(change.before, kind, names, format)} />}
      <Value value={change.after} text={sayValue(change.after, kind, names, format)} />
    </tr>
  )
}

/** The exact value on hover. */
function Value({ value, text }: { value: FieldChange['before']; text: string | null }) {
  return (
    <td className={plain.wrap} title={value === null ? undefined : String(value)}>
      {text ?? <span className="quiet">empty</span>}
    </td>
  )
}
