import { Button, Select } from '@fluentui/react-components'
import { ArrowRight16Regular, Lightbulb16Regular } from '@fluentui/react-icons'
import { useEffect, useRef } from 'react'
import { useAddress } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { inherited, suggestedGroup, suggestions, type TreeRow } from './group-tree.ts'
import css from './mapping.module.css'
import type { HaloChoices } from './mapping-asks.ts'

type GroupMap = Readonly<Record<string, number>>
type GroupTableProps = {
  /** null while they are being asked for. */
  readonly rows: readonly TreeRow[] | null
  readonly groups: HaloChoices['groups']
  readonly map: GroupMap
  readonly onChange: (map: Record<string, number>) => void
}

/** Commerce's categories as a tree, and the Halo product group of each. */
export function GroupTable({ rows, groups, map, onChange }: GroupTableProps) {
  if (!rows) return <Skeleton lines={5} />
  if (rows.length === 0)
    return <p className="quiet">No category was read from Commerce yet. The first sync reads them.</p>
  return <Loaded rows={rows} groups={groups} map={map} onChange={onChange} />
}

function Loaded({ rows, groups, map, onChange }: GroupTableProps & { readonly rows: readonly TreeRow[] }) {
  const { frame, wanted, name } = useWantedGroup(groups)
  const fitting = suggestions(rows, groups, map)
  const fits = Object.keys(fitting).length
  return (
    <>
      {wanted !== null && <p className={css.note}>{`Categories that go to "${name}" are marked.`}</p>}
      {fits > 0 && (
        <p className={css.note}>
          {fits === 1 ? 'One category has' : `${count(fits)} categories have`} the name of a group in Halo.{' '}
          <Button size="small" icon={<Lightbulb16Regular />} onClick={() => onChange({ ...map, ...fitting })}>
            Choose those of the same name
          </Button>
        </p>
      )}
      <div ref={frame} className={plain.frame}>
        <table className={`${plain.table} ${css.table}`} aria-label="Product groups">
          <thead>
            <tr>
              <th scope="col">Category in Commerce</th>
              <th scope="col" data-align="end">
                Products
              </th>
              <th scope="col">
                <span className="visually-hidden">Direction</span>
              </th>
              <th scope="col">Product group in Halo</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <GroupRow
                key={row.id}
                row={row}
                groups={groups}
                map={map}
                onChange={onChange}
                isWanted={wanted !== null && map[String(row.id)] === wanted}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** The group that somebody came for from the products by group: `?group=50`. Its first category is scrolled to, else the table. */
function useWantedGroup(groups: HaloChoices['groups']) {
  const { get } = useAddress()
  const frame = useRef<HTMLDivElement>(null)
  const text = get('group')
  const wanted = text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null
  useEffect(() => {
    if (wanted === null) return
    const first = frame.current?.querySelector('[data-wanted]') ?? frame.current
    first?.scrollIntoView({ block: 'center' })
  }, [wanted])
  return { frame, wanted, name: groups.find(({ id }) => id === wanted)?.name ?? `group ${wanted}` }
}

type GroupRowProps = Omit<GroupTableProps, 'rows'> & { readonly row: TreeRow; readonly isWanted: boolean }

function GroupRow({ row, groups, map, onChange, isWanted }: GroupRowProps) {
  const key = String(row.id)
  const own = map[key]
  const suggested = own === undefined ? suggestedGroup(row.name, groups) : null
  const set = (to: number | null): void => {
    const others = Object.entries(map).filter(([id]) => id !== key)
    onChange(Object.fromEntries(to === null ? others : [...others, [key, to]]))
  }
  return (
    <tr data-wanted={isWanted || undefined} style={isWanted ? { background: 'var(--busy-soft)' } : {}}>
      <th scope="row">
        <span className={css.branch} style={{ paddingInlineStart: row.depth * 20 }}>
          {row.name || `Category ${row.id}`}
        </span>
      </th>
      <td data-align="end">{count(row.products)}</td>
      <td className={css.arrow}>
        <ArrowRight16Regular title="From Commerce to Halo only" />
      </td>
      <td>
        <span className={css.chooser}>
          <Select
            size="small"
            aria-label={`${row.name || `Category ${row.id}`} goes to`}
            value={own === undefined ? '' : String(own)}
            onChange={(_, { value }) => set(value === '' ? null : Number(value))}
          >
            <option value="">{withoutOwn(row, groups, map)}</option>
            {own !== undefined && !groups.some(({ id }) => id === own) && (
              <option value={String(own)}>Group {own}</option>
            )}
            {groups.map(({ id, name }) => (
              <option key={id} value={String(id)}>
                {name}
              </option>
            ))}
          </Select>
          {suggested && (
            <Button
              size="small"
              appearance="subtle"
              icon={<Lightbulb16Regular />}
              onClick={() => set(suggested.id)}
            >
              {suggested.name}
            </Button>
          )}
        </span>
      </td>
    </tr>
  )
}

function withoutOwn(row: TreeRow, groups: HaloChoices['groups'], map: GroupMap): string {
  const given = inherited(row, map)
  if (given === null) return 'Default group'
  return `As above: ${groups.find(({ id }) => id === given)?.name ?? `group ${given}`}`
}
