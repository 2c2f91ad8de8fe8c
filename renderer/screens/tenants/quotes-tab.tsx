import { Checkbox, Field, Select } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { Mapping } from '../../../app/model/mapping.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { count } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { GroupTable } from './group-table.tsx'
import { treeOf } from './group-tree.ts'
import css from './mapping.module.css'
import {
  type HaloChoices,
  useCategories,
  useChoices,
  usePreviewMapping,
  useSaveMapping,
  useStatusCounts,
} from './mapping-asks.ts'
import { MappingHistory } from './mapping-history.tsx'
import { StatusMapTable } from './status-map.tsx'
import page from './tenant-page.module.css'

type Draft = Pick<
  Mapping,
  'quoteStatus' | 'groups' | 'defaultGroup' | 'createItemsFromQuotes' | 'setProductSupplier'
>
const draftOf = (mapping: Mapping): Draft => ({
  quoteStatus: mapping.quoteStatus,
  groups: mapping.groups,
  defaultGroup: mapping.defaultGroup,
  createItemsFromQuotes: mapping.createItemsFromQuotes,
  setProductSupplier: mapping.setProductSupplier,
})

/** What quotes become in Halo: their status, and the products on them. */
export function QuotesTab({ tenant }: { tenant: Tenant }) {
  const { draft, isDirty, change, undo, settle, putAside } = useDraft(
    draftOf(tenant.mapping),
    `quotes-${tenant.id}`,
  )
  const preview = usePreviewMapping(tenant.id)
  const counts = useStatusCounts(tenant.id, 'quotes')
  const { choices, trouble } = useChoices(tenant.id)
  const save = useSaveMapping(tenant.id)
  const categories = useCategories(tenant.id)
  const tree = useMemo(() => categories && treeOf(categories), [categories])
  const total = counts.reduce((sum, row) => sum + row.count, 0)
  return (
    <div className={page.stack}>
      {trouble && <Trouble fault={trouble} />}
      <DraftForm
        label="Quotes"
        isDirty={isDirty}
        isBusy={save.isBusy || preview.isBusy}
        effect={`The next run goes through ${count(total)} quotes again; a status follows when it next changes in Commerce.`}
        onSave={() => void save.run(draft).then(({ ok }) => ok && settle(draft))}
        onPreview={(letGo) =>
          void preview.run(draft, () => {
            putAside()
            letGo()
          })
        }
        onUndo={undo}
      >
        <Section title="Status">
          <p className={css.note}>
            When a status changes in Commerce, Halo's changes with it. Never the other way round, and a status
            set in Halo stays until Commerce's next change.
          </p>
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
            product's first one in Commerce, found among Halo's suppliers by its name; it costs two more lists
            a run.
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
      </DraftForm>
      <MappingHistory
        tenantId={tenant.id}
        parts={['quoteStatus', 'groups', 'defaultGroup', 'createItemsFromQuotes', 'setProductSupplier']}
      />
    </div>
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
