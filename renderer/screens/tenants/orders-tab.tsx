import { Checkbox } from '@fluentui/react-components'
import type { Tenant } from '../../../app/model/tenant.ts'
import { count } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { statusWord } from '../../words.ts'
import css from './mapping.module.css'
import { type StatusCount, useStatusCounts } from './mapping-asks.ts'
import { MappingTab, statusNote } from './mapping-tab.tsx'
import { StatusMapTable } from './status-map.tsx'
import { statusRows } from './status-rows.ts'

/** Which sales orders are imported, and what their status becomes in Halo. */
export function OrdersTab({ tenant }: { tenant: Tenant }) {
  const counts = useStatusCounts(tenant.id, 'salesOrders')
  const total = counts.reduce((sum, row) => sum + row.count, 0)
  return (
    <MappingTab
      tenant={tenant}
      label="Sales orders"
      parts={['orderStatus', 'orderStatusesToImport']}
      effect={`The next run goes through ${count(total)} sales orders again; a status follows when it next changes in Commerce.`}
    >
      {({ draft, change, choices }) => (
        <>
          <Section title="Which are imported">
            <ImportChoice
              chosen={draft.orderStatusesToImport}
              counts={counts}
              onChange={(orderStatusesToImport) => change({ orderStatusesToImport })}
            />
          </Section>
          <Section title="Status">
            <p className={css.note}>{statusNote}</p>
            <StatusMapTable
              tenant={tenant}
              entity="salesOrders"
              counts={counts}
              saved={tenant.mapping.orderStatus}
              map={draft.orderStatus}
              choices={choices?.orderStatus ?? null}
              isImported={(status) => draft.orderStatusesToImport.includes(status)}
              onChange={(orderStatus) => change({ orderStatus })}
            />
          </Section>
        </>
      )}
    </MappingTab>
  )
}

type ImportChoiceProps = {
  readonly chosen: readonly number[]
  readonly counts: readonly StatusCount[]
  readonly onChange: (chosen: number[]) => void
}

function ImportChoice({ chosen, counts, onChange }: ImportChoiceProps) {
  const chosenAsMap = Object.fromEntries(chosen.map((status) => [String(status), null]))
  const statuses = statusRows('salesOrders', counts, chosenAsMap)
    .filter(({ key }) => key !== '-1')
    .toSorted((a, b) => Number(a.key) - Number(b.key))
  return (
    <fieldset className={css.choice}>
      <legend className={css.note}>
        Orders in other statuses are skipped. Those already in Halo stay there.
      </legend>
      <div className={css.fields}>
        {statuses.map(({ key, records }) => (
          <Checkbox
            key={key}
            label={`${statusWord('salesOrders', Number(key))} (${count(records)})`}
            checked={chosen.includes(Number(key))}
            onChange={(_, { checked }) => {
              const others = chosen.filter((status) => status !== Number(key))
              onChange((checked === true ? [...others, Number(key)] : others).sort((a, b) => a - b))
            }}
          />
        ))}
      </div>
      {chosen.length === 0 && <p>No status is chosen: no sales order is imported.</p>}
    </fieldset>
  )
}
