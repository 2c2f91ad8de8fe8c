import { checkFields } from '../../../app/model/mapping-checks.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { TenantHealth } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { FieldSection } from './field-section.tsx'
import css from './mapping.module.css'
import { MappingTab } from './mapping-tab.tsx'

/** What of a Commerce customer goes into which field of a Halo client. */
export function CustomersTab({ tenant, health }: { tenant: Tenant; health: TenantHealth | undefined }) {
  const customers = health?.records.customers ?? 0
  return (
    <MappingTab
      tenant={tenant}
      label="Customers"
      parts={['customerFields']}
      effect={`This touches ${plural(customers, 'customer')} at the next run.`}
      problemOf={({ draft, choices }) => {
        const problems = checkFields(draft.customerFields, choices?.clientFields ?? null)
        const wrong = problems.filter(({ level }) => level === 'error').length
        return wrong > 0 ? `${plural(wrong, 'problem')} above must be corrected first.` : undefined
      }}
    >
      {({ draft, change, choices }) => (
        <Section title="Fields">
          <p className={css.note}>
            Beyond what every sync brings over, these values go from Commerce into fields of the client in
            Halo. If two rows name the same Halo field, the upper one counts.
          </p>
          <FieldSection
            tenantId={tenant.id}
            rows={draft.customerFields}
            clientFields={choices?.clientFields ?? null}
            onChange={(customerFields) => change({ customerFields })}
          />
        </Section>
      )}
    </MappingTab>
  )
}
