import type { Mapping } from '../../../app/model/mapping.ts'
import { checkFields } from '../../../app/model/mapping-checks.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { TenantHealth } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { FieldSection } from './field-section.tsx'
import css from './mapping.module.css'
import { useChoices, usePreviewMapping, useSaveMapping } from './mapping-asks.ts'
import { MappingHistory } from './mapping-history.tsx'
import page from './tenant-page.module.css'

type Draft = Pick<Mapping, 'customerFields'>

/** What of a Commerce customer goes into which field of a Halo client. */
export function CustomersTab({ tenant, health }: { tenant: Tenant; health: TenantHealth | undefined }) {
  const saved: Draft = { customerFields: tenant.mapping.customerFields }
  const { draft, isDirty, change, undo, settle, putAside } = useDraft(saved, `customers-${tenant.id}`)
  const { choices, trouble } = useChoices(tenant.id)
  const save = useSaveMapping(tenant.id)
  const preview = usePreviewMapping(tenant.id)
  const clientFields = choices?.clientFields ?? null
  const wrong = checkFields(draft.customerFields, clientFields).filter(({ level }) => level === 'error')
  const customers = health?.records.customers ?? 0
  return (
    <div className={page.stack}>
      {trouble && <Trouble fault={trouble} />}
      <DraftForm
        label="Customers"
        isDirty={isDirty}
        isBusy={save.isBusy || preview.isBusy}
        problem={
          wrong.length > 0 ? `${plural(wrong.length, 'problem')} above must be corrected first.` : undefined
        }
        effect={`This touches ${plural(customers, 'customer')} at the next run.`}
        onSave={() => void save.run(draft).then(({ ok }) => ok && settle(draft))}
        onPreview={(letGo) =>
          void preview.run(draft, () => {
            putAside()
            letGo()
          })
        }
        onUndo={undo}
      >
        <Section title="Fields">
          <p className={css.note}>
            Beyond what every sync brings over, these values go from Commerce into fields of the client in
            Halo. If two rows name the same Halo field, the upper one counts.
          </p>
          <FieldSection
            tenantId={tenant.id}
            rows={draft.customerFields}
            clientFields={clientFields}
            onChange={(customerFields) => change({ customerFields })}
          />
        </Section>
      </DraftForm>
      <MappingHistory tenantId={tenant.id} parts={['customerFields']} />
    </div>
  )
}
