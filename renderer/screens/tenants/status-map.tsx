import { Select } from '@fluentui/react-components'
import { ArrowRight16Regular, Warning16Filled } from '@fluentui/react-icons'
import { Link } from 'wouter'
import type { Tenant } from '../../../app/model/tenant.ts'
import { count } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { entityWords, statusWord } from '../../words.ts'
import css from './mapping.module.css'
import type { StatusCount } from './mapping-asks.ts'
import { type StatusRow, statusRows, withStatus } from './status-rows.ts'

type StatusMap = Readonly<Record<string, number | null>>
type Choice = { readonly id: number; readonly name: string }

type StatusMapProps = {
  readonly tenant: Tenant
  readonly entity: 'quotes' | 'salesOrders'
  readonly counts: readonly StatusCount[]
  /** What is saved orders the rows, so that none moves away under the hand. */
  readonly saved: StatusMap
  readonly map: StatusMap
  /** null while Halo has not answered. */
  readonly choices: readonly Choice[] | null
  /** Statuses whose records are not imported need no entry. */
  readonly isImported?: (status: number) => boolean
  readonly onChange: (map: Record<string, number | null>) => void
}

/** Each Commerce status and what it becomes in Halo; one way, and only when it changes in Commerce. */
export function StatusMapTable(props: StatusMapProps) {
  const { tenant, entity, counts, saved, map, choices, isImported = () => true, onChange } = props
  const word = entityWords[entity].many
  return (
    <div className={plain.frame}>
      <table className={`${plain.table} ${css.table}`} aria-label={`${word}: statuses`}>
        <thead>
          <tr>
            <th scope="col">Status in Commerce</th>
            <th scope="col" data-align="end">
              {word}
            </th>
            <th scope="col">
              <span className="visually-hidden">Direction</span>
            </th>
            <th scope="col">Status in Halo</th>
          </tr>
        </thead>
        <tbody>
          {statusRows(entity, counts, saved).map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {wordOf(entity, row)}
                {row.records > 0 && isImported(Number(row.key)) && !Object.hasOwn(map, row.key) && (
                  <span className={css.unmapped}>
                    <Warning16Filled aria-hidden="true" />
                    in use, not mapped
                  </span>
                )}
              </th>
              <td data-align="end">
                <RecordsLink tenantId={tenant.id} entity={entity} row={row} />
              </td>
              <td className={css.arrow}>
                <ArrowRight16Regular title="From Commerce to Halo only" />
              </td>
              <td>
                <StatusChoice
                  label={`${wordOf(entity, row)} becomes`}
                  value={map[row.key]}
                  choices={choices}
                  onChange={(to) => onChange(withStatus(map, row.key, to))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const wordOf = (entity: 'quotes' | 'salesOrders', { key }: StatusRow): string =>
  key === '-1' ? 'No status' : statusWord(entity, Number(key))

type RecordsLinkProps = {
  readonly tenantId: number
  readonly entity: 'quotes' | 'salesOrders'
  readonly row: StatusRow
}

function RecordsLink({ tenantId, entity, row }: RecordsLinkProps) {
  if (row.records === 0 || row.key === '-1') return <>{count(row.records)}</>
  return (
    <Link href={`${entityWords[entity].path}?tenant=${tenantId}&status=${row.key}&state=there`}>
      {count(row.records)}
    </Link>
  )
}

type StatusChoiceProps = {
  readonly label: string
  readonly value: number | null | undefined
  readonly choices: readonly Choice[] | null
  readonly onChange: (to: number | null | undefined) => void
}

function StatusChoice({ label, value, choices, onChange }: StatusChoiceProps) {
  const isGone = typeof value === 'number' && !choices?.some(({ id }) => id === value)
  return (
    <Select
      aria-label={label}
      size="small"
      value={value === undefined ? '' : String(value)}
      onChange={(_, { value: picked }) =>
        onChange(picked === '' ? undefined : picked === 'null' ? null : Number(picked))
      }
    >
      <option value="">Not mapped</option>
      <option value="null">Leave Halo's status alone</option>
      {isGone && (
        <option value={String(value)}>
          {choices ? `Status ${value}, no longer in Halo` : `Status ${value}`}
        </option>
      )}
      {choices?.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </Select>
  )
}
