import { Checkbox, Field, Select } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { Tenant } from '../../../app/model/tenant.ts'
import { count } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { GroupTable } from './group-table.tsx'
import { treeOf } from './group-tree.ts'
import css from './mapping.module.css'
import { type HaloChoices, useCategories, useStatusCounts } from './mapping-asks.ts'
import { MappingTab, statusNote } from './mapping-tab.tsx'
import { StatusMapTable } from './status-map.tsx'

const parts = [
  'quoteStatus',
  'groups',
  'defaultGroup',
  'createItemsFromQuotes',
  'setProductSupplier',
] as const

/** What quotes become in Halo: their status, and the products on them. */
export function QuotesTab({ tenant }: { tenant: Tenant }) {
  const counts = useStatusCounts(tenant.id, 'quotes')
  const categories = useCategories(tenant.id)
  const tree = useMemo(() => categories && treeOf(categories), [categories])
  const total = counts.reduce((sum, row) => sum + row.count, 0)
  return (
    <MappingTab
      tenant={tenant}
      label="Quotes"
      parts={parts}
      effect={`The next run goes through ${count(total)} quotes again; a status follows when it next changes in Commerce.`}
    >
      {({ draft, change, choices }) => (
        <>
          <Section title="Status">
            <p className={css.note}>{statusNote}</p>
            <StatusMapTable
              tenant={tenant}
              entity="quotes"
              counts={counts}
              saved={tenant.mapping.quoteStatus}
              map={draft.quoteStatus}
              choices={choices?.quoteStatus ?? null}
              onChange={(quoteStatus) => change({ quoteStatus })}
            />
          </Section>
          <Section title="Products">
            <div className={css.fields}>
              <DefaultGroup
                value={draft.defaultGroup}
                groups={choices?.groups ?? []}
                onChange={(defaultGroup) => change({ defaultGroup })}
              />
              <Checkbox
                label="Create items when importing quotes"
                checked={draft.createItemsFromQuotes}
                onChange={(_, { checked }) => change({ createItemsFromQuotes: checked === true })}
              />
              <Checkbox
                label="Set product supplier"
                checked={draft.setProductSupplier}
                onChange={(_, { checked }) => change({ setProductSupplier: checked === true })}
              />
            </div>
            <p className={css.note}>
              Items that no sync has made before are created for the lines of a quote. The supplier is the
              product's first one in Commerce, found among Halo's suppliers by its name; it costs two more
              lists a run.
            </p>
          </Section>
          <Section title="Product groups">
            <GroupTable
              rows={tree}
              groups={choices?.groups ?? []}
              map={draft.groups}
              onChange={(groups) => change({ groups })}
            />
          </Section>
        </>
      )}
    </MappingTab>
  )
}

type DefaultGroupProps = {
  readonly value: number | null
  readonly groups: HaloChoices['groups']
  readonly onChange: (value: number | null) => void
}

function DefaultGroup({ value, groups, onChange }: DefaultGroupProps) {
  const isElsewhere = value !== null && !groups.some(({ id }) => id === value)
  return (
    <Field label="Default product group" hint="For products whose category has no group.">
      <Select
        value={value === null ? '' : String(value)}
        onChange={(_, { value: picked }) => onChange(picked === '' ? null : Number(picked))}
      >
        <option value="">"Datto Commerce", made when missing</option>
        {isElsewhere && <option value={String(value)}>Group {value}</option>}
        {groups.map(({ id, name }) => (
          <option key={id} value={String(id)}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  )
}
